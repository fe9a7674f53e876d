import { canonicalJson, canonicalPieces } from './canonical-json.js';

describe('canonicalJson', () => {
  it('does not depend on the order in which an object was built', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, 1], c: '字' } })).toBe('{"a":{"c":"字","d":[2,1]},"b":1}');
    expect(canonicalJson({ a: { c: '字', d: [2, 1] }, b: 1 })).toBe(canonicalJson({ b: 1, a: { d: [2, 1], c: '字' } }));
  });

  it('tells apart what differs', () => {
    const texts = [[1, 2], [2, 1], [12], ['1', 2], { a: null }, {}, null, '', [], 0, false].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is unchanged by a trip through storage', () => {
    const text = canonicalJson({ at: new Date(0), none: undefined, list: [{ y: 1, x: -0 }], quote: '"\n\u2028' });
    expect(text).toContain('"at":"1970-01-01T00:00:00.000Z"');
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });

  it('is the same text in pieces', () => {
    const long = { b: [], a: { list: [{ y: 1, x: '"' }, [1, 2], null, 'z'], none: undefined, at: new Date(0) }, c: {} };
    const pieces = [...canonicalPieces(long)];
    expect(pieces.join('')).toBe(canonicalJson(long));
    expect(pieces.length).toBeGreaterThan(10);
    expect(() => [...canonicalPieces({ deep: [new Set([1])] })]).toThrow(TypeError);
  });

  it.each([NaN, Infinity, 1n, () => 1, [undefined], new Map([[1, 2]]), { deep: new Set([1]) }])(
    'refuses what JSON would lose (%p)',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});
