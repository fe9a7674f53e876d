import type { IssueDraft } from './issue-form.js';
import { differences, merge, type Side } from './issue-merge.js';
import { keyed } from './issue-working-draft.js';

const item = (headline: string, body = `${headline}的正文`) => ({ headline, unitName: '', author: '', body });
const draft = (sections: [string, ReturnType<typeof item>[]][], more: Partial<IssueDraft> = {}): IssueDraft =>
  keyed({
    ...{ revision: '1', number: '14', serialNumber: '', issuedOn: '2025-04-03', issuer: '县政府办', level: 'public' },
    ...{ levelReason: '', urgency: 'normal', scope: '县委常委', editorName: '', reviewerName: '', approverName: '' },
    sections: sections.map(([name, items]) => ({ name, items })),
    ...more,
  });
/** As the form would leave it: the keys stay with their items. */
const edited = (from: IssueDraft, change: (draft: IssueDraft) => void): IssueDraft => {
  const copy = structuredClone(from);
  change(copy);
  return keyed(copy);
};
/** As another person stored it: keys come from the content. */
const stored = (from: IssueDraft, change: (draft: IssueDraft) => void): IssueDraft => {
  const copy = structuredClone(from);
  change(copy);
  copy.revision = '2';
  for (const section of copy.sections) {
    delete section.key;
    for (const one of section.items) delete one.key;
  }
  return keyed(copy);
};
const base = draft([
  ['要闻', [item('一'), item('二')]],
  ['经济', [item('三')]],
]);
const shape = ({ sections }: IssueDraft) =>
  sections.map(({ name, items }) => [name, ...items.map(({ headline }) => headline)]);
const suggested = (mine: IssueDraft, theirs: IssueDraft, from: IssueDraft | null = base) =>
  merge(from, mine, theirs, (difference) => difference.suggested);
const all = (mine: IssueDraft, theirs: IssueDraft, side: Side) => merge(base, mine, theirs, () => side);
const body = (one: IssueDraft, headline: string) =>
  one.sections.flatMap(({ items }) => items).find((found) => found.headline === headline)?.body;

it('finds no difference between a draft and the same text stored', () => {
  expect(
    differences(
      base,
      base,
      stored(base, () => undefined),
    ),
  ).toEqual([]);
});

it('keeps what each has changed alone', () => {
  const mine = edited(base, (d) => (d.sections[0]!.items[0]!.body = '我改的'));
  const theirs = stored(base, (d) => {
    d.sections[1]!.items[0]!.body = '他改的';
    d.issuer = '县委办';
  });
  expect(differences(base, mine, theirs).map(({ id, suggested: side }) => [id.replace(/\d/, 'n'), side])).toEqual([
    ['head.issuer', 'theirs'],
    ['item.n', 'mine'],
    ['item.n', 'theirs'],
  ]);
  const both = suggested(mine, theirs);
  expect([body(both, '一'), body(both, '三'), both.issuer, both.revision]).toEqual(['我改的', '他改的', '县委办', '2']);
});

it('puts both texts of one item side by side, and takes the one that is chosen', () => {
  const mine = edited(base, (d) => (d.sections[0]!.items[1]!.body = '我的第二条'));
  const theirs = stored(base, (d) => (d.sections[0]!.items[1]!.body = '他的第二条'));
  expect(differences(base, mine, theirs)).toEqual([
    { id: 'item.1', field: 'item', mine: '二\n我的第二条', theirs: '二\n他的第二条', suggested: 'mine' },
  ]);
  expect(body(all(mine, theirs, 'theirs'), '二')).toBe('他的第二条');
  expect(body(all(mine, theirs, 'mine'), '二')).toBe('我的第二条');
});

it('knows an item again whose headline and text were both rewritten', () => {
  const theirs = stored(base, (d) => (d.sections[0]!.items[1] = item('另一个标题')));
  const mine = edited(base, (d) => (d.sections[0]!.items[1]!.body = '我改的'));
  expect(shape(suggested(mine, theirs))).toEqual([
    ['要闻', '一', '二'],
    ['经济', '三'],
  ]);
});

it.each<[string, (d: IssueDraft) => void, (d: IssueDraft) => void, string[][]]>([
  [
    'both added one',
    (d) => d.sections[0]!.items.push(item('我加')),
    (d) => d.sections[0]!.items.unshift(item('他加')),
    [
      ['要闻', '他加', '一', '二', '我加'],
      ['经济', '三'],
    ],
  ],
  [
    'they deleted one that I left alone',
    () => undefined,
    (d) => d.sections[0]!.items.splice(0, 1),
    [
      ['要闻', '二'],
      ['经济', '三'],
    ],
  ],
  [
    'they deleted one that I changed',
    (d) => (d.sections[0]!.items[0]!.body = '改'),
    (d) => d.sections[0]!.items.splice(0, 1),
    [
      ['要闻', '一', '二'],
      ['经济', '三'],
    ],
  ],
  [
    'I deleted one that they left alone',
    (d) => d.sections[0]!.items.splice(0, 1),
    () => undefined,
    [
      ['要闻', '二'],
      ['经济', '三'],
    ],
  ],
  [
    'they moved one, I wrote',
    (d) => (d.sections[1]!.items[0]!.body = '改'),
    (d) => d.sections[0]!.items.reverse(),
    [
      ['要闻', '二', '一'],
      ['经济', '三'],
    ],
  ],
  [
    'they renamed a section',
    (d) => (d.sections[1]!.items[0]!.body = '改'),
    (d) => (d.sections[1]!.name = '经济运行'),
    [
      ['要闻', '一', '二'],
      ['经济运行', '三'],
    ],
  ],
  [
    'they added a section',
    () => undefined,
    (d) => d.sections.push({ name: '民生', items: [item('四')] }),
    [
      ['要闻', '一', '二'],
      ['经济', '三'],
      ['民生', '四'],
    ],
  ],
  [
    'I moved one',
    (d) => d.sections[0]!.items.reverse(),
    (d) => (d.issuer = '改'),
    [
      ['要闻', '二', '一'],
      ['经济', '三'],
    ],
  ],
])('does as both would have wanted when %s', (_, my, their, expected) => {
  const result = suggested(
    edited(base, (d) => void my(d)),
    stored(base, (d) => void their(d)),
  );
  expect(shape(result)).toEqual(expected);
});

it('loses nothing of either when it is not known where both began', () => {
  const mine = edited(base, (d) => d.sections[0]!.items.push(item('我加')));
  const theirs = stored(base, (d) => d.sections[1]!.items.push(item('他加')));
  const both = shape(suggested(mine, theirs, null)).flat();
  expect(both).toEqual(expect.arrayContaining(['一', '二', '三', '我加', '他加']));
});

it('gives back one side as a whole', () => {
  const mine = edited(base, (d) => {
    d.sections[0]!.items.reverse();
    d.number = '15';
  });
  const theirs = stored(base, (d) => {
    d.sections[1]!.items.push(item('他加'));
    d.sections[0]!.items[0]!.body = '他改';
    d.number = '16';
  });
  const [a, b] = [all(mine, theirs, 'mine'), all(mine, theirs, 'theirs')];
  expect([shape(a), a.number, body(a, '一')]).toEqual([shape(mine), '15', '一的正文']);
  expect([shape(b), b.number, body(b, '一')]).toEqual([shape(theirs), '16', '他改']);
});

it('merges two hundred items in which every second one was changed', () => {
  const many = draft([['长', Array.from({ length: 200 }, (_, i) => item(`第${i}条`))]]);
  const mine = edited(many, (d) => d.sections[0]!.items.forEach((one, i) => i % 2 === 0 && (one.body = `我${i}`)));
  const theirs = stored(many, (d) => d.sections[0]!.items.forEach((one, i) => i % 2 === 1 && (one.body = `他${i}`)));
  const both = suggested(mine, theirs, many);
  expect(both.sections[0]!.items.map((one) => one.body)).toEqual(
    Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? `我${i}` : `他${i}`)),
  );
});
