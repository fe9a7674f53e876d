import { DomainError } from '../../domain/errors/errors.js';
import { cleanInput } from './clean-input.js';

const refusal = (value: unknown): unknown => {
  try {
    return cleanInput(value, 'refuse');
  } catch (error) {
    if (error instanceof DomainError) return error.details.fields ?? error.details.reason;
    throw error;
  }
};
const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);

describe('cleanInput', () => {
  it('drops what cannot be kept from every text and name, however deep', () => {
    expect(cleanInput({ 'na\0me': ['a\0', { b: '\ud800c' }], n: 3, yes: true, none: null }, 'drop')).toEqual({
      ...{ name: ['a', { b: 'c' }], n: 3, yes: true, none: null },
    });
  });

  it('tells a program which field has such a character', () => {
    expect(refusal({ people: [{ name: '张三' }, { name: '李\0四' }] })).toEqual([
      { field: 'people.1.name', message: expect.stringContaining('无法保存的字符') as string },
    ]);
    expect(refusal({ 'a\0': 1 })).toEqual([{ field: '', message: expect.anything() as string }]);
    expect(refusal({ name: '张三𠮷' })).toEqual({ name: '张三𠮷' });
  });

  it('lets no name reach a prototype', () => {
    const cleaned = cleanInput(
      JSON.parse('{"__proto__":{"admin":true},"_\\u0000_proto__":{"admin":true},"a":1}'),
      'drop',
    );
    expect(cleaned).toEqual({ a: 1 });
    expect((cleaned as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuses what is nested deeper than any form, before the stack does', () => {
    expect(refusal(nested(19))).toEqual(nested(19));
    expect(refusal(nested(5000))).toBe('内容嵌套过深');
    expect(() => cleanInput(nested(5000), 'drop')).toThrow('嵌套过深');
  });
});
