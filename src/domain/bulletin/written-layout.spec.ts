import { LIST_TRAITS, NOTHING_KNOWN, type PaperLayout, TEXT_TRAITS, type Trait } from './paper-layout.js';
import { type Written, writtenLayout, writtenText } from './written-layout.js';

/** What a person writes about the layout of a paper. */

const known: PaperLayout = {
  ...{ ...NOTHING_KNOWN, series: '青陵快报', number: '第{期号}期(总第{总期号}期)', section: '【{名}】', mark: '' },
  ...{ contentsMark: '◎', headline: 'line', unitPlace: 'end', unit: '({名})', units: ['水利局', '柳河镇'] },
};
const typed = (more: Partial<Record<Trait, string>> = {}): Record<Trait, string> => ({
  ...(Object.fromEntries([...TEXT_TRAITS, ...LIST_TRAITS].map((trait) => [trait, writtenText(known, trait)])) as Record<
    Trait,
    string
  >),
  ...more,
});
const layout = (written: Written): PaperLayout => {
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return written.layout;
};

it('nothing is changed by what is sent as it was shown', () => {
  expect(layout(writtenLayout(typed(), known))).toEqual(known);
});

it('full-width brackets and blanks are the same form', () => {
  const same = typed({ number: '第 {期号} 期（总第{总期号}期）', unit: '（{名}）', units: ' 水利局 \r\n\r\n柳河镇\n' });
  expect(layout(writtenLayout(same, known))).toEqual(known);
});

it.each<[Trait, string, unknown]>([
  ['section', '〖{名}〗', '〖{名}〗'],
  ['section', '{名}', '{名}'],
  ['mark', '（1）', '（1）'],
  ['mark', '3.', '1.'],
  ['mark', '●', '●'],
  ['contentsMark', '无', ''],
  ['mark', '', null],
  ['series', '', null],
  ['headline', 'stop', 'stop'],
  ['unitPlace', '', null],
  ['units', '水利局', ['水利局']],
  ['reviewerLabels', '把 关', ['把关']],
])('%s written as %j is held for the person’s own', (trait, text, value) => {
  const now = layout(writtenLayout(typed({ [trait]: text }), known));
  expect(now).toEqual({ ...known, [trait]: value, byHand: [trait] });
});

it.each<[Trait, string, RegExp]>([
  ['section', '【】', /代表名称/],
  ['section', '{名}和{名}', /代表名称/],
  ['section', '今天的栏目名称写在这里好长好长{名}', /太长/],
  ['number', '第7期', /代表期号/],
  ['mark', '很多字', /稿件前的符号/],
  ['headline', 'everywhere', /选项/],
  ['series', '长'.repeat(61), /60个字/],
  ['units', '长'.repeat(61), /60个字/],
  ['footLines', Array.from({ length: 61 }, (_, at) => `第${at}行`).join('\n'), /60行/],
])('%s written as %j is refused', (trait, text, message) => {
  const written = writtenLayout(typed({ [trait]: text }), known);
  expect(written).toEqual({ ok: false, faults: [{ trait, message: expect.stringMatching(message) as string }] });
});
