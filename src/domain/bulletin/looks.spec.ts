import type { Look } from './lines.js';
import { parseBulletinText } from './parse.js';

const plain: Look = { heading: null, bold: false, lead: null, centred: false, red: false, size: 1 };
const bold: Look = { ...plain, bold: true };
const masthead: Look = { ...plain, bold: true, centred: true, red: true, size: 2.5 };

/** Each line as `text` or with its look. */
function read(lines: readonly (string | [string, Look])[]) {
  const texts = lines.map((line) => (typeof line === 'string' ? line : line[0]));
  const result = parseBulletinText(
    texts.join('\n'),
    lines.map((line) => (typeof line === 'string' ? plain : line[1])),
  );
  if (result.kind !== 'bulletin') throw new Error(JSON.stringify(result));
  return result.bulletin;
}

const head = ['第7期', '青陵县人民政府办公室　2025年4月3日'];
const foot = ['本期发：县委常委，副县长。', '责任编辑：李一　审核：王二　签发：张三'];
const body = '近日，县水利局组织巡查，排查隐患31处。';

describe('what a file says of the looks of its lines', () => {
  it.each(['县水利局召开会议，部署防汛工作', '县委主要领导调研，要求加快进度', '东风镇建好路，管好路'])(
    'a bold line with a comma between paragraphs is a headline: %s',
    (headline) => {
      const { sections } = read([
        '青陵政务快报',
        ...head,
        [headline, bold],
        body,
        ['县教体局推进校园安全', bold],
        body,
        ...foot,
      ]);
      expect(sections.flatMap(({ items }) => items.map((item) => item.headline))).toEqual([
        headline,
        '县教体局推进校园安全',
      ]);
    },
  );

  it.each(['青陵之声', '清风', '工作信息交流园地'])('the large red line at the top is the masthead: %s', (name) => {
    const { series, warnings } = read([
      ['青陵县委办公室文件汇编', plain],
      [name, masthead],
      ...head,
      [`县水利局加快工程修复`, bold],
      body,
      ...foot,
    ]);
    expect(series).toBe(name);
    expect(warnings.map(({ code }) => code)).not.toContain('series_guessed');
  });

  it('bold type says nothing where all of the text is bold', () => {
    const lines = ['青陵政务快报', ...head, '县水利局召开会议，部署防汛工作。', body, ...foot];
    const all = parseBulletinText(
      lines.join('\n'),
      lines.map(() => bold),
    );
    const none = parseBulletinText(lines.join('\n'));
    if (all.kind !== 'bulletin' || none.kind !== 'bulletin') throw new Error('no bulletin');
    expect(all.bulletin.sections).toEqual(none.bulletin.sections);
  });

  it.each(['一是加强巡查，', '（一）加强领导', '责任编辑：李一', '报：县委书记，县长。'])(
    'a bold %s begins no item',
    (text) => {
      const bulletin = read([
        '青陵政务快报',
        ...head,
        ['县水利局加快工程修复', bold],
        body,
        [text, bold],
        body,
        ...foot,
      ]);
      expect(bulletin.sections.flatMap(({ items }) => items.map(({ headline }) => headline))).not.toContain(text);
    },
  );
});
