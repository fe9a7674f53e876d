import { createHash } from 'node:crypto';
import { bodyOf, bytesOf, vectors } from '../../../../test/cmpp-vectors.js';
import { contentsOf } from './cmpp-content.js';
import {
  answerTo,
  authenticatorIsmg,
  authenticatorSource,
  command,
  connectPacket,
  deliverAnswer,
  type CmppVersion,
  packet,
  readConnectAnswer,
  readSubmitAnswer,
  submitPacket,
} from './cmpp-packet.js';

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
const submits = (version: CmppVersion, text: string, first: number, reference: number, more: object = {}) => {
  const { headed, contents } = contentsOf(text, reference);
  return contents.map((content, at) =>
    submitPacket(version, first + at, {
      ...{ serviceId: 'GOVBULL', spId: '900001', srcId: '1065000017', numbers: ['13800138000'] },
      ...{ parts: contents.length, part: at + 1, headed, content },
      ...more,
    }),
  );
};

describe('CONNECT', () => {
  it.each(vectors.connect)('is as computed for $sp at $ts', ({ sp, secret, ts, ver, seq, hex, unpadded }) => {
    const account = { spId: sp, secret, padsSpId: true };
    expect(connectPacket(account, ts, ver, seq).toString('hex')).toBe(hex);
    if (unpadded) expect(authenticatorSource({ ...account, padsSpId: false }, ts).toString('hex')).toBe(unpadded);
  });

  it.each(vectors.connectResp)(
    'is answered in version $v with status $status',
    ({ v, status, hex, authSource, secret }) => {
      const answer = readConnectAnswer(bodyOf(hex))!;
      expect(answer).toMatchObject({ version: v, status });
      const proof = status === 0 ? authenticatorIsmg(v, 0, bytesOf(authSource), secret) : Buffer.alloc(16);
      expect(answer.authenticator.equals(proof)).toBe(true);
    },
  );

  it('is not answered by anything of another length', () => {
    for (const length of [0, 1, 17, 19, 20, 22]) expect(readConnectAnswer(Buffer.alloc(length))).toBeNull();
  });
});

describe('SUBMIT', () => {
  it.each(vectors.submitShort)('is as computed in version $v', ({ v, seq, text, hex }) =>
    expect(submits(v, text, seq, 0).map((bytes) => bytes.toString('hex'))).toEqual([hex]),
  );

  it.each(vectors.submitLong)('is as computed in version $v for a long text', ({ v, ref, text, parts, hex }) => {
    expect(submits(v, text, 3, ref).map((bytes) => bytes.toString('hex'))).toEqual(hex);
    const bytesOfText = contentsOf(text, ref).contents.map((content) => (content.length - 6) / 2);
    expect(bytesOfText).toEqual(parts);
  });

  it.each(vectors.submitGroup)('is as computed in version $v for several numbers', ({ v, seq, dest, hex }) =>
    expect(submits(v, '测试', seq, 0, { numbers: dest })[0]!.toString('hex')).toBe(hex),
  );

  it.each(vectors.digests.submit)(
    'has the digest that was computed in version $v',
    ({ v, text, seq, bytes, md5: digest }) => {
      const [made] = submits(v, text, seq, 0, { srcId: '106500001' });
      expect([made!.length, md5(made!)]).toEqual([bytes, digest]);
    },
  );

  it('has the digests that were computed for two parts', () => {
    const made = submits(2, `【某县政务】${'汛'.repeat(74)}`, 3, 0x2a, { srcId: '106500001' });
    expect(made.map((bytes) => ({ bytes: bytes.length, md5: md5(bytes) }))).toEqual(
      vectors.digests.parts.map(({ bytes, md5: digest }) => ({ bytes, md5: digest })),
    );
  });

  it('holds no content above 140 bytes and cuts no character, whatever the text', () => {
    for (let length = 1; length < 700; length += 7)
      for (const letter of ['汛', 'a', '😀', '汛😀']) {
        const { contents } = contentsOf(letter.repeat(length), 255);
        expect(contents.every((content) => content.length <= 140)).toBe(true);
        const text = contents
          .map((content) => content.subarray(contents.length > 1 ? 6 : 0))
          .map((bytes) => new TextDecoder('utf-16be', { fatal: true }).decode(bytes))
          .join('');
        expect(text).toBe(letter.repeat(length));
      }
  });

  it('refuses what does not fit a field rather than shift all that follows', () =>
    expect(() => submits(2, '文', 1, 0, { srcId: '1'.repeat(22) })).toThrow(RangeError));

  it.each(vectors.submitResp)('is answered in version $v with $result', ({ v, hex, msgId, result }) => {
    expect(readSubmitAnswer(v, bodyOf(hex))).toEqual({ messageId: msgId, result });
    expect(readSubmitAnswer(v === 2 ? 3 : 2, bodyOf(hex))).toBeNull();
  });
});

describe('what keeps the link', () => {
  it('is as computed', () => {
    const { active, activeResp, terminate, terminateResp } = vectors.link;
    expect(packet(command.activeTest, 61).toString('hex')).toBe(active);
    expect(packet(answerTo(command.activeTest), 61, Buffer.from([0])).toString('hex')).toBe(activeResp);
    expect(packet(command.terminate, 62).toString('hex')).toBe(terminate);
    expect(packet(answerTo(command.terminate), 62).toString('hex')).toBe(terminateResp);
  });

  it.each([...vectors.mo, ...vectors.report.map((one) => ({ ...one, msgId: outerOf(one.hex) }))])(
    'answers DELIVER $seq in version $v',
    ({ v, seq, msgId, resp }) => expect(deliverAnswer(v, seq, msgId).toString('hex')).toBe(resp),
  );
});

function outerOf(hex: string): string {
  return bodyOf(hex).readBigUInt64BE(0).toString();
}
