import { isStorable, storableText } from './storable-text.js';

describe('storableText', () => {
  it.each([
    ['县委\0办', '县委办'],
    ['\0', ''],
    ['\0\0a\0', 'a'],
    ['a\ud800', 'a'],
    ['\udc00a', 'a'],
    ['\ud842\ud842\udfb7', '\ud842\udfb7'],
    ['\ud842\udfb7\udfb7', '\ud842\udfb7'],
    ['\udfb7\ud842', ''],
  ])('drops what no database keeps from %j', (text, kept) => {
    expect(storableText(text)).toBe(kept);
    expect(isStorable(text)).toBe(false);
    expect(isStorable(kept)).toBe(true);
  });

  it.each(['', '𠮷野家', '👨‍👩‍👧‍👦', 'a\tb\r\nc\fd', '\ufffd\ufeff', '\u0001'])('leaves %j as it is', (text) => {
    expect(storableText(text)).toBe(text);
    expect(isStorable(text)).toBe(true);
  });
});
