import { fieldData, readFields, type TemplateField } from '../domain/sending/wechat-fields.js';
import type { WechatContent } from './message.js';
import { fill, splitAtSlots } from './slots.js';
import { seedEdition, seedHeadlines, seedOffice, seedPerson } from './testing/seed-edition.js';
import { composeWechat } from './wechat.js';
import type { Occasion } from './wording.js';

const fields = readFields(
  'thing1=issue,thing2=summary,thing3=act,phrase4=state,number5=number,date6=date,character_string7=copyNumber,thing8=office',
) as TemplateField[];

function sent(what: Partial<Occasion>): Record<string, string> {
  const occasion: Occasion = { carry: 'digest', purpose: 'initial', round: 0, ...what };
  const { values } = fill(
    splitAtSlots(composeWechat(seedEdition(), occasion, seedOffice.officeName)),
    seedPerson,
  ) as WechatContent;
  return Object.fromEntries(Object.entries(fieldData(fields, values, '')).map(([name, { value }]) => [name, value]));
}

describe('a notice of the official account', () => {
  it('says what has come out, with headlines where the class allows them', () => {
    const first = sent({});
    expect(first.thing1).toMatch(/第\d+期$/);
    expect(first.thing2).toMatch(/等\d+条$/);
    expect(first).toMatchObject({
      thing3: '请点开查阅并签收',
      phrase4: '待签收',
      thing8: expect.any(String) as string,
    });
    expect(first.number5).toMatch(/^\d+$/);
    expect(first.character_string7).toMatch(/^\d{6}$/);
  });

  it.each([
    [{ carry: 'notice' }, '已印发', '待签收'],
    [{ carry: 'notice', purpose: 'reminder', round: 1 }, '尚未收到您的签收', '催阅'],
    [{ carry: 'notice', purpose: 'reminder', round: 2 }, '第2次提醒，尚未收到签收', '催阅'],
    [{ carry: 'notice', purpose: 'withdrawal', round: 1 }, '已撤回，请勿使用、转发先前的内容', '已撤回'],
    [{ carry: 'notice', subscriber: true }, '已印发', '待查阅'],
  ] as const)('says nothing of what stands in it otherwise: %j', (what, summary, state) => {
    const said = sent(what);
    expect([said.thing2, said.phrase4]).toEqual([summary, state]);
    for (const headline of seedHeadlines) expect(JSON.stringify(said)).not.toContain(headline.slice(0, 6));
  });

  it('keeps mark and number whatever the publication is called', () => {
    const { thing1 } = sent({ carry: 'notice', purpose: 'reminder', round: 2 });
    expect(thing1).toMatch(/^【再次催阅】.*第\d+期$/);
  });

  it('names nothing in a neutral notice', () => {
    const said = JSON.stringify(sent({ carry: 'neutralNotice' }));
    expect(said).toContain('有新件待阅');
    expect(said).not.toMatch(/第\d+期/);
  });
});
