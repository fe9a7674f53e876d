import { fieldData, fieldSources, fieldTypes, fitted, readFields, type TemplateField } from './wechat-fields.js';

describe('what is said of a template’s fields', () => {
  it('is read in its order', () => {
    expect(readFields('thing1=issue, character_string12=number,time3=sent')).toEqual([
      { name: 'thing1', type: 'thing', source: 'issue' },
      { name: 'character_string12', type: 'character_string', source: 'number' },
      { name: 'time3', type: 'time', source: 'sent' },
    ]);
  });

  it.each([
    ['', /不是“字段=内容”/],
    ['thing1', /不是“字段=内容”/],
    ['thing=issue', /不是“字段=内容”/],
    ['first=issue', /不是“字段=内容”/],
    ['thing1=title', /不是“字段=内容”/],
    ['thing1=toString', /不是“字段=内容”/],
    ['thing1=issue,,thing2=act', /不是“字段=内容”/],
    ['phrase1=summary', /phrase1是phrase类型的字段，不能填summary/],
    ['time1=date', /不能填date/],
    ['thing1=issue,thing1=act', /thing1写了两次/],
    [Array.from({ length: 11 }, (_, i) => `thing${i}=issue`).join(','), /最多10个字段/],
  ])('is refused: %j', (text, why) => {
    expect(readFields(text)).toMatch(why);
  });
});

describe('a text in a field', () => {
  it.each([
    ['thing', '王楼镇统筹推进防汛备汛和安全生产各项工作落实', '王楼镇统筹推进防汛备汛和安全生产各项工…'],
    ['thing', '两行\n文字\t在这里', '两行 文字 在这里'],
    ['thing', '👍🏽收到㐂龘', '🏽收到㐂龘'],
    ['thing', '', '无'],
    ['phrase', '待签收', '待签收'],
    ['phrase', '第2次催阅', '第次催阅'],
    ['phrase', '请您尽快查阅并签收', '请您尽快查'],
    ['phrase', '12', '无'],
    ['character_string', '第12期 (A-3)', '12(A-3)'],
    ['character_string', '更正', '-'],
    ['number', '000012', '000012'],
    ['number', '待定', '0'],
    ['time', '2026年1月2日 11:04', '2026年1月2日 11:04'],
  ] as const)('%s of %j is %j', (type, text, expected) => {
    expect(fitted(type, text)).toBe(expected);
  });

  it('is never longer than its type allows, empty, or of more than a line', () => {
    const most = { thing: 20, phrase: 5, character_string: 32, number: 32 } as const;
    for (const text of ['', ' ', '\u0000', '龘'.repeat(99), 'a'.repeat(99), '9'.repeat(99), '😀'.repeat(9), '\u202e\n'])
      for (const [type, length] of Object.entries(most)) {
        const value = fitted(type as keyof typeof most, text);
        expect([...value].length).toBeLessThanOrEqual(length);
        expect(value).not.toBe('');
        expect(value).not.toMatch(/\p{Cc}/u);
      }
  });
});

it('is filled from the message, with the time at which it leaves', () => {
  const fields = readFields('thing1=issue,time2=sent,phrase3=state') as TemplateField[];
  const values = {
    issue: '快报第12期',
    number: '12',
    summary: '',
    act: '',
    state: '催阅',
    date: '',
    office: '',
    copyNumber: '',
  };
  expect(fieldData(fields, values, '2026年1月2日 11:04')).toEqual({
    thing1: { value: '快报第12期' },
    time2: { value: '2026年1月2日 11:04' },
    phrase3: { value: '催阅' },
  });
});

it('every source has a field that takes it', () => {
  for (const types of Object.values(fieldSources)) expect(types.every((type) => fieldTypes.includes(type))).toBe(true);
});
