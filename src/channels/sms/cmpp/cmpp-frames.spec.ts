import { bytesOf, vectors } from '../../../../test/cmpp-vectors.js';
import { FrameError, FrameReader } from './cmpp-frames.js';

const stream = bytesOf(vectors.stream.hex);
/** Reads the stream cut at these places. */
const commandsAt = (cuts: readonly number[]): number[] => {
  const reader = new FrameReader();
  return [...cuts, stream.length].flatMap((to, at, all) =>
    [...reader.read(stream.subarray(at === 0 ? 0 : all[at - 1], to))].map(({ command }) => command),
  );
};

describe('a stream of packets', () => {
  it('is read as computed', () => expect(commandsAt(vectors.stream.cuts)).toEqual(vectors.stream.commands));

  it('is the same however the network cuts it', () => {
    for (let at = 0; at <= stream.length; at++) expect(commandsAt([at])).toEqual(vectors.stream.commands);
    for (const step of [1, 2, 3, 5, 7, 12, 13])
      expect(commandsAt(Array.from({ length: Math.floor(stream.length / step) }, (_, n) => n * step))).toEqual(
        vectors.stream.commands,
      );
  });

  it('gives each packet bytes of its own', () => {
    const [first, ...others] = [...new FrameReader().read(Buffer.concat([stream, stream]))];
    const before = first!.body.toString('hex');
    for (const { body } of others) body.fill(0);
    expect(first!.body.toString('hex')).toBe(before);
  });

  it.each([...vectors.badFrames, '00001001000000050000000100', '0000000c8000ffff00000001', '0000000cffffffff00000001'])(
    'ends at %s, and stays ended',
    (hex) => {
      const reader = new FrameReader();
      const read = (bytes: Buffer) => [...reader.read(bytes)];
      expect(read(stream)).toHaveLength(4);
      expect(() => read(Buffer.concat([bytesOf(hex), Buffer.alloc(12)]))).toThrow(FrameError);
      expect(() => read(stream)).toThrow(FrameError);
    },
  );

  it('takes whatever else the standard has', () => {
    const { hex, ok, no } = vectors.cancel[0]!;
    const all = Buffer.concat([hex, ok, no, vectors.query.hex, vectors.query.resp].map(bytesOf));
    expect([...new FrameReader().read(all)].map(({ body }) => body.length)).toEqual([8, 1, 1, 27, 51]);
  });

  it('reads the longest packet there may be, and none that is a byte longer', () => {
    const packet = Buffer.alloc(4096);
    packet.writeUInt32BE(4096, 0);
    packet.writeUInt32BE(5, 4);
    expect([...new FrameReader().read(packet)][0]!.body).toHaveLength(4084);
    packet.writeUInt32BE(4097, 0);
    expect(() => [...new FrameReader().read(packet)]).toThrow(FrameError);
  });
});
