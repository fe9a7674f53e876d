import { base64Lines } from './patched-base64.js';

const decoded = (lines: string) => Buffer.from(lines.replaceAll('\r\n', ''), 'base64').toString('utf8');
const joined = (pieces: readonly string[], values: Record<string, string>) =>
  pieces.map((piece, place) => (place % 2 === 0 ? piece : (values[piece] ?? ''))).join('');

describe('base64Lines', () => {
  const pieces = [
    '尊敬的',
    'name',
    `：${'防汛'.repeat(90)}a`,
    'link',
    `。${'x'.repeat(300)}`,
    'name',
    '',
    'link',
    '终',
  ];

  it.each([0, 1, 2, 3, 4, 19, 56, 57, 58, 200])('writes every personal value of %d bytes in its place', (length) => {
    for (const name of ['', '王', '欧阳😀']) {
      const values = { name, link: 'l'.repeat(length) };
      const lines = base64Lines({ pieces, values });
      expect(decoded(lines)).toBe(joined(pieces, values));
      for (const line of lines.split('\r\n')) expect(line).toMatch(/^[A-Za-z0-9+/]{1,76}={0,2}$/);
      expect(Math.max(...lines.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    }
  });

  it('pads nowhere but at the end', () => {
    const lines = base64Lines({ pieces, values: { name: '甲', link: 'ab' } });
    expect(lines.indexOf('=') === -1 || lines.indexOf('=') >= lines.length - 2).toBe(true);
  });

  it('gives two people nothing of each other', () => {
    base64Lines({ pieces, values: { name: '甲', link: 'https://first' } });
    expect(decoded(base64Lines({ pieces, values: { name: '乙乙', link: 'https://second/' } }))).not.toContain('first');
  });

  it.each(['', 'abc', 'a'.repeat(57), 'a'.repeat(58), '汉'.repeat(100)])(
    'writes a text without personal values: %#',
    (text) => expect(decoded(base64Lines(text))).toBe(text),
  );
});
