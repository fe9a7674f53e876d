import { channelKinds, deliveryPurposes } from '../domain/delivery.js';
import { type Carry, secrecyLevels } from '../domain/issue/secrecy.js';
import { compose, type RenditionOf, restore, templateVersion } from './compose.js';
import { fill, type Rendition } from './slots.js';
import { seedEdition, seedOffice, seedPerson, withHeadlines } from './testing/seed-edition.js';

const carries: Carry[] = ['fullText', 'digest', 'notice', 'neutralNotice', 'nothing'];
const marked = {
  publication: '某某内参',
  number: 8713,
  serialNumber: 9924,
  date: '2031-12-29',
  headline: '标题甲乙丙',
  body: '将批而未供土地处置工作',
  unit: '自然资源局',
  signer: '范晓宇',
  scope: '各乡（镇）政府',
};
const { publication, number, serialNumber, date } = marked;
const edition = withHeadlines(marked.headline, seedEdition({ publication, number, serialNumber, date }));

type Composed = [what: RenditionOf, level: string, rendition: Rendition];

/** Every message that can be composed at all. */
const composed: Composed[] = [];
for (const level of secrecyLevels)
  for (const channel of channelKinds)
    for (const carry of carries)
      for (const purpose of deliveryPurposes) {
        const what = { channel, carry, purpose, round: purpose === 'initial' ? 0 : 1 };
        try {
          composed.push([what, level, compose({ ...edition, level }, what, seedOffice)]);
        } catch {
          // refused, see the first test
        }
      }
const textOf = (rendition: Rendition) => JSON.stringify(fill(rendition, seedPerson));

it('composes what the level lets the channel carry, or less, and refuses everything else', () => {
  const possible = composed.map(([{ channel, carry }, level]) => `${level} ${channel} ${carry}`);
  expect([...new Set(possible)].sort()).toEqual(
    [
      'public email fullText',
      'public email digest',
      'public email notice',
      'public email neutralNotice',
      'public sms digest',
      'public sms notice',
      'public wecom digest',
      'public wecom notice',
      'public wecom neutralNotice',
      'public wechat digest',
      'public wechat notice',
      'public wechat neutralNotice',
      'internal email fullText',
      'internal email digest',
      'internal email notice',
      'internal email neutralNotice',
      'internal sms notice',
      'internal wecom notice',
      'internal wecom neutralNotice',
      'internal wechat notice',
      'internal wechat neutralNotice',
      'workSecret email neutralNotice',
    ].sort(),
  );
});

it.each(composed)('%j of a %s issue holds nothing beyond its carry', ({ carry }, _level, rendition) => {
  const { headline, body, unit, signer, scope } = marked;
  const forbidden: Partial<Record<Carry, string[]>> = {
    digest: [body, signer, scope],
    notice: [headline, body, unit, signer, scope],
    neutralNotice: [headline, body, unit, signer, scope, publication, '8713', '9924', '2031', '12月29日', '内部'],
  };
  const text = textOf(rendition);
  for (const word of forbidden[carry] ?? []) expect(text).not.toContain(word);
});

it.each(composed)('%j of a %s issue leads the reader to the page and leaves no slot open', ({ channel }, _level, r) => {
  const text = textOf(r);
  expect(text).toContain(channel === 'sms' ? seedPerson.code : seedPerson.link);
  expect(text).not.toMatch(/\p{Co}/u);
});

it.each(composed)('%j of a %s issue keeps two recipients apart', (_what, _level, rendition) => {
  const other = {
    ...seedPerson,
    name: '钱乙',
    copyNumber: 99,
    link: 'https://kb.yanjin.gov.cn/r/other',
    code: '5555544444',
  };
  const text = JSON.stringify(fill(rendition, other));
  for (const own of [seedPerson.name, '000014', seedPerson.link, seedPerson.code]) expect(text).not.toContain(own);
});

it('names publication and number in a notice', () => {
  for (const [{ carry }, , rendition] of composed.filter(([{ carry }]) => carry !== 'neutralNotice')) {
    expect([carry, textOf(rendition).includes(publication), textOf(rendition).includes('8713')]).toEqual([
      carry,
      true,
      true,
    ]);
  }
});

it('never says the same twice: initial, resends and rounds of reminders all differ', () => {
  const occasions = [
    { purpose: 'initial', round: 0 },
    { purpose: 'resend', round: 1 },
    { purpose: 'resend', round: 2 },
    ...[1, 2, 3, 4].map((round) => ({ purpose: 'reminder', round }) as const),
  ] as const;
  for (const [level, channel, carry] of [
    ['public', 'email', 'fullText'],
    ['internal', 'email', 'notice'],
    ['workSecret', 'email', 'neutralNotice'],
    ['public', 'wecom', 'digest'],
    ['internal', 'wecom', 'notice'],
  ] as const) {
    const all = occasions.map(
      (occasion) => compose({ ...edition, level }, { channel, carry, ...occasion }, seedOffice).slotted,
    );
    const titles = all.map((content) =>
      content.kind === 'email' ? content.subject : content.kind === 'wecom' && content.title,
    );
    const texts = all.map((content) =>
      content.kind === 'email' ? content.text : content.kind === 'wecom' && content.description,
    );
    expect(new Set(titles).size).toBe(occasions.length);
    expect(new Set(texts).size).toBe(occasions.length);
  }
});

it('takes slots out of the content before composing', () => {
  const sly = withHeadlines('标题\uE002\uE000', seedEdition({ editorName: '李\uE003勉' }));
  const what = { channel: 'email', carry: 'fullText', purpose: 'initial', round: 0 } as const;
  const { html } = fill(compose(sly, what, seedOffice), seedPerson) as { html: string };
  expect(html).toContain('>标题<');
  expect(html).toContain('责任编辑：李勉');
});

describe('a stored rendition', () => {
  const sms = { channel: 'sms', carry: 'digest', purpose: 'initial', round: 0 } as const;

  it('survives JSON', () => {
    const what = { channel: 'email', carry: 'fullText', purpose: 'initial', round: 0 } as const;
    const rendition = compose(edition, what, seedOffice);
    const stored = JSON.parse(JSON.stringify(rendition.slotted)) as typeof rendition.slotted;
    expect(textOf(restore(stored, what, seedOffice))).toBe(textOf(rendition));
  });

  it('of an SMS follows a corrected template code and signature, and keeps its variables', () => {
    const { slotted } = compose(edition, sms, seedOffice);
    const mended = {
      ...seedOffice,
      signName: '新签名',
      smsTemplates: { ...seedOffice.smsTemplates, digest: 'SMS_NEW' },
    };
    const message = fill(restore(slotted, sms, mended), seedPerson);
    expect(message).toMatchObject({ signName: '新签名', templateCode: 'SMS_NEW' });
    expect(message.kind === 'sms' && message.text.startsWith('【新签名】某某内参第8713期')).toBe(true);
  });

  it('tells by its version which templates made it', () => {
    const full = templateVersion({ channel: 'email', carry: 'fullText', purpose: 'initial', round: 0 }, seedOffice);
    const notice = templateVersion({ channel: 'email', carry: 'notice', purpose: 'initial', round: 0 }, seedOffice);
    expect(full).toMatch(/^[0-9a-f]{64}$/);
    expect(notice).not.toBe(full);
    expect(templateVersion(sms, { ...seedOffice, publicUrl: 'https://other' })).not.toBe(
      templateVersion(sms, seedOffice),
    );
  });
});
