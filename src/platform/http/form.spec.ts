import { z } from 'zod';
import { formWords } from './form-words.js';
import { formFaults, isoDay, readForm, textField, ticked } from './form.js';
import { localPath } from './page.js';
import { expectedProblem } from './problem.js';

const schema = z.object({ name: textField(3, '请填写姓名。'), note: textField(5), roles: ticked(z.enum(['a', 'b'])) });

describe('readForm', () => {
  it('trims text, fills what was not sent, and takes one ticked box as a list', () => {
    expect(readForm(schema, { name: ' 张三 ', roles: 'a' })).toEqual({
      ok: true,
      value: { name: '张三', note: '', roles: ['a'] },
    });
  });

  it('names the field and the sentence of every fault, one for each field', () => {
    const reading = readForm(schema, { note: '一二三四五六', roles: ['b'] });
    expect(reading).toEqual({
      ok: false,
      faults: [
        { field: 'name', message: '请填写姓名。' },
        { field: 'note', message: '不能超过5个字。' },
      ],
    });
  });

  it('takes a missing body as an empty form', () => {
    expect(readForm(z.object({ note: textField(5) }), undefined)).toEqual({ ok: true, value: { note: '' } });
  });
});

describe('localPath', () => {
  it.each(['/issues?year=2026#top', '/'])('keeps %s', (path) => expect(localPath(path, '/x')).toBe(path));

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'issues',
    '/a b',
    '',
    undefined,
    '/' + 'a'.repeat(600),
  ])('does not follow %s', (path) => expect(localPath(path, '/x')).toBe('/x'));
});

describe('expectedProblem', () => {
  it('knows nothing of an error that nobody expected', () => {
    expect(expectedProblem(new Error('connect ECONNREFUSED 10.0.0.5'))).toBeNull();
  });

  it('takes the status that a plugin puts on its error, unless it is a fault of ours', () => {
    expect(expectedProblem(Object.assign(new Error('slow'), { statusCode: 429 }))).toMatchObject({
      status: 429,
      code: 'http.tooManyRequests',
    });
    expect(expectedProblem(Object.assign(new Error('broken'), { statusCode: 500 }))).toBeNull();
  });

  it('takes a failed parse as bad input with its fields', () => {
    const { error } = z.object({ n: z.number({ error: '请填数字。' }) }).safeParse({});
    expect(expectedProblem(error)).toMatchObject({
      status: 400,
      code: 'http.badInput',
      faults: [{ field: 'n', message: '请填数字。' }],
    });
  });
});

describe('a fault without a sentence of its own', () => {
  const said = (schema: z.ZodType, value: unknown) => {
    const { error } = z.object({ f: schema }).safeParse({ f: value }, { error: formWords });
    return formFaults(error!)[0]!.message;
  };

  it.each([
    [z.string(), undefined, '请填写。'],
    [z.string(), ['a'], '填写的内容不正确，应为文本。'],
    [z.coerce.number(), 'NaN', '填写的内容不正确，应为数字。'],
    [z.enum(['a', 'b']), 'c', '请从给出的选项中选择。'],
    [z.uuid(), 'x', '格式不正确。'],
    [z.literal('yes'), undefined, '请从给出的选项中选择。'],
    [z.union([z.literal('a'), z.number()]), {}, '填写的内容不正确。'],
  ])('is told as a clerk would (%#)', (schema, value, sentence) => expect(said(schema, value)).toBe(sentence));
});

describe('isoDay', () => {
  it.each([
    ['2026-02-28', '2026-02-28'],
    ['2026-02-31', null],
    ['0000-01-01', null],
    ['1899-12-31', null],
    ['2200-01-01', null],
  ])('takes days that exist: %s', (text, day) => {
    const reading = isoDay.safeParse(text);
    expect(reading.success ? reading.data : null).toBe(day);
  });
});
