import { fillForms, formActions, type TypedForm } from './fill-form.js';

const typed = (fields: [string, string][], more: Partial<TypedForm> = {}): TypedForm => ({
  ...{ form: '/a', fields, posted: true, savedAt: '10:05' },
  ...more,
});
const form = (inside: string, action = '/a') => `<form method="post" action="${action}">${inside}</form>`;
const filled = (inside: string, fields: [string, string][], more: Partial<TypedForm> = {}) =>
  fillForms(form(inside), [typed(fields, more)]);

it.each<[string, [string, string][], string]>([
  ['<input name="a" value="old">', [['a', 'new']], '<input name="a" value="new">'],
  ['<input name="a">', [['a', 'x "y" <z>']], 'value="x &quot;y&quot; &lt;z&gt;"'],
  ['<input name="a" value="x > y" type="text">', [['a', '$& $1']], 'value="$&amp; $1"'],
  [
    '<textarea name="a">\nold</textarea>',
    [['a', '一\n</textarea><script>']],
    '>\n一\n&lt;/textarea&gt;&lt;script&gt;</textarea>',
  ],
  [
    '<input type="checkbox" name="a" value="1"><input type="checkbox" name="a" value="2" checked>',
    [['a', '1']],
    'value="1" checked>',
  ],
  [
    '<select name="a"><option value="1" selected>一</option><option value="2">二</option></select>',
    [['a', '2']],
    '<option value="2" selected>',
  ],
  [
    '<input name="a"><input name="a">',
    [
      ['a', '1'],
      ['a', '2'],
    ],
    'value="1"><input name="a" value="2"',
  ],
])('puts what was typed back into %s', (inside, fields, expected) => {
  expect(filled(inside, fields)).toContain(expected);
});

it.each<[string, [string, string][]]>([
  ['<input type="hidden" name="revision" value="5">', [['revision', '4']]],
  ['<input type="password" name="a">', [['a', 'x']]],
  ['<input type="file" name="a">', [['a', 'x']]],
  ['<input name="a" value="same">', [['a', 'same']]],
  ['<textarea name="a">\nsame\n</textarea>', [['a', 'same\n']]],
  ['<input name="b">', [['a', 'x']]],
])('leaves %s as it is', (inside, fields) => {
  expect(filled(inside, fields)).toBe(form(inside));
});

it('does not untick or choose for somebody who has only begun to type', () => {
  const inside = '<textarea name="t"></textarea><input type="checkbox" name="c" value="1" checked>';
  const html = filled(inside, [['t', 'x']], { posted: false });
  expect(html).toContain('>\nx</textarea>');
  expect(html).toContain('value="1" checked>');
});

it('never puts the words of one act into the field of another', () => {
  const one = (act: string) => form(`<input name="text" id="${act}"><button name="act" value="${act}">x</button>`);
  const html = fillForms(one('rename') + one('alias'), [
    typed([
      ['text', '新名'],
      ['act', 'alias'],
    ]),
  ]);
  expect(html).toContain('<input name="text" id="rename"><');
  expect(html).toContain('<input name="text" id="alias" value="新名">');
});

it('fills a form by its address alone, says so, and offers to drop it', () => {
  const html = fillForms(form('<input name="a">', '/b') + form('<input name="a">', '/a?x=1#y'), [typed([['a', 'x']])]);
  expect(html.indexOf('value="x"')).toBeGreaterThan(html.indexOf('/a?x=1'));
  expect(html).toContain('10:05');
  expect(html).toContain('formaction="/drafts/discard"');
  expect(formActions(html)).toEqual(['/b', '/a']);
});

it('reads a page of a megabyte in one pass', () => {
  const inside = '<input name="a" value="x"><p>"\'<b>=</p>'.repeat(25_000);
  expect(filled(inside, [['a', 'y']]).match(/value="y"/g)).toHaveLength(1);
});
