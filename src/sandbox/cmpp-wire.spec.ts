import { vectors } from '../../test/cmpp-vectors.js';
import { messageIdAt, readPart, readSubmit, replyParts, splitPackets } from './cmpp-wire.js';

/** The gateway's own reading, held against packets of an independent program. */
describe('the stand-in for a gateway', () => {
  it.each(vectors.msgId)('numbers messages as computed: $hex', ({ mo, d, h, mi, s, gw, seq, dec, hex }) => {
    const two = (n: number) => String(n).padStart(2, '0');
    const id = messageIdAt(new Date(`2026-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}:${two(s)}+08:00`), gw, seq);
    expect([id.toString(), id.toString(16).padStart(16, '0')]).toEqual([dec, hex]);
  });

  it.each(vectors.submitLong)('reads a long text in version $v', ({ v, hex, text }) => {
    const { packets } = splitPackets(Buffer.from(hex.join(''), 'hex'))!;
    const read = packets.map(({ body }) => readSubmit(v, body)!);
    expect(read).toMatchObject(
      [1, 2].map((part) => ({ parts: 2, part, srcId: '1065000017', numbers: ['13800138000'] })),
    );
    expect(read.map((one) => readPart(one).text).join('')).toBe(text);
  });

  it.each(['1', '已阅', '阅'.repeat(70), '阅'.repeat(71), `${'a'.repeat(66)}😀${'阅'.repeat(200)}`])(
    'sends %s as phones do',
    (text) => {
      const parts = replyParts(text, 300);
      expect(parts.every(({ content }) => content.length <= 140)).toBe(true);
      const bytes = parts.map(({ headed, content }) => content.subarray(headed ? 6 : 0));
      const read = new TextDecoder(parts[0]!.format === 8 ? 'utf-16be' : 'ascii').decode(Buffer.concat(bytes));
      expect([read, parts.length]).toEqual([text, text.length <= 70 ? 1 : Math.ceil(text.length / 67)]);
    },
  );
});
