import { clipCharacters, clipUtf8, digestLine, smsParts } from './message-text.js';

const han = (count: number): string => '汉'.repeat(count);

describe('smsParts', () => {
  it.each<[string, string, number[]]>([
    ['nothing', '', [0]],
    ['70', han(70), [70]],
    ['71', han(71), [67, 4]],
    ['134', han(134), [67, 67]],
    ['135', han(135), [67, 67, 1]],
    ['160', han(160), [67, 67, 26]],
    ['68 and an emoji', `${han(68)}😀`, [70]],
    ['69 and an emoji', `${han(69)}😀`, [67, 4]],
    ['an emoji across the border', `${han(66)}😀${han(40)}`, [66, 42]],
    ['159 ASCII characters', 'a'.repeat(159), [67, 67, 25]],
  ])('%s', (_name, text, lengths) => {
    const parts = smsParts(text);
    expect(parts.map((part) => part.length)).toEqual(lengths);
    expect(parts.join('')).toBe(text);
  });

  it('counts a Windows line end once and composes accents', () => {
    expect(smsParts(`${han(69)}\r\n`)).toHaveLength(1);
    expect(smsParts('e\u0301')).toEqual(['é']);
  });
});

describe('clipUtf8', () => {
  it('leaves room for the ellipsis and never breaks a character', () => {
    const clipped = clipUtf8(han(80), 128);
    expect(clipped).toHaveLength(42);
    expect(Buffer.byteLength(clipped)).toBe(126);
    expect(clipped.endsWith('汉…')).toBe(true);
  });

  it('keeps a text that just fits', () => {
    expect(clipUtf8(han(42), 126)).toBe(han(42));
    expect(clipUtf8(han(42), 125)).toBe(`${han(40)}…`);
  });

  it('keeps a family together or leaves it out', () => {
    const family = '👨‍👩‍👧';
    expect(clipUtf8(`汉${family}汉`, 20)).toBe('汉…');
    expect(clipUtf8(`汉${family}汉汉`, 3 + Buffer.byteLength(family) + 3)).toBe(`汉${family}…`);
  });

  it('never exceeds any limit', () => {
    for (let limit = 0; limit < 40; limit += 1) {
      expect(Buffer.byteLength(clipUtf8('a汉é😀字b汉汉汉汉', limit))).toBeLessThanOrEqual(limit);
    }
  });
});

describe('clipCharacters', () => {
  it('counts an emoji as one', () => {
    expect(clipCharacters('汉😀汉', 3)).toBe('汉😀汉');
    expect(clipCharacters('汉😀汉字', 3)).toBe('汉😀…');
    expect(clipCharacters('汉字', 0)).toBe('');
  });
});

describe('digestLine', () => {
  const headline = '王楼镇统筹推进老旧大棚改造与特色产业培育';

  it('names the first item and counts them all', () => {
    const line = digestLine([headline, ...Array.from({ length: 7 }, () => '其他')], 11);
    expect(line).toBe('王楼镇统筹推进…等8条');
  });

  it.each<[string[], number, string]>([
    [['短标题', '乙'], 20, '短标题等2条'],
    [[headline], 8, '王楼镇统筹推进…'],
    [['', ' 第二\n条 '], 20, '第二 条等2条'],
    [['', ''], 20, '共2条'],
    [[], 20, ''],
  ])('%p in %d', (headlines, max, line) => {
    expect(digestLine(headlines, max)).toBe(line);
  });

  it('stays within any limit', () => {
    for (let max = 0; max < 30; max += 1) {
      expect([...digestLine([headline, '乙', '丙'], max)].length).toBeLessThanOrEqual(max);
    }
  });
});
