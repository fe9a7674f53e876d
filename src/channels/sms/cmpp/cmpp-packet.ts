import { createHash } from 'node:crypto';

/**
 * Packets of China Mobile's Point to Point protocol, CMPP 2.0 and 3.0 (QB-GF-028-2003): big-endian, texts padded with zero bytes. The two
 * differ in the width of numbers and results and in what stands at the end.
 */
export type CmppVersion = 2 | 3;

export const command = {
  connect: 1,
  terminate: 2,
  submit: 4,
  deliver: 5,
  query: 6,
  cancel: 7,
  activeTest: 8,
} as const;
export const isAnswer = (id: number): boolean => id >= 0x8000_0000;
export const answerTo = (id: number): number => (0x8000_0000 | id) >>> 0;

export interface Frame {
  command: number;
  sequence: number;
  body: Buffer;
}

export const headerBytes = 12;

export function packet(id: number, sequence: number, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([u32(headerBytes + body.length), u32(id), u32(sequence), body]);
}

export interface CmppAccount {
  /** 企业代码, six digits as a rule. */
  spId: string;
  secret: string;
  /** Ids shorter than six are padded with zero bytes before they are hashed; some gateways do not. */
  padsSpId: boolean;
}

/** What CONNECT offers: the version in two half bytes. */
export type OfferedVersion = 0x20 | 0x30;

/** @param stamp month to second, ten digits; it travels as a number and loses its leading zero */
export function connectPacket(account: CmppAccount, stamp: string, offered: number, sequence: number): Buffer {
  const body = [
    octets(account.spId, 6),
    authenticatorSource(account, stamp),
    Buffer.from([offered]),
    u32(Number(stamp)),
  ];
  return packet(command.connect, sequence, Buffer.concat(body));
}

export function authenticatorSource({ spId, secret, padsSpId }: CmppAccount, stamp: string): Buffer {
  return md5(octets(spId, padsSpId ? 6 : spId.length), Buffer.alloc(9), Buffer.from(secret + stamp, 'latin1'));
}

export interface ConnectAnswer {
  /** By the length of the answer: a gateway may be fixed to one version, whatever was offered and whatever it states. */
  version: CmppVersion;
  status: number;
  authenticator: Buffer;
}

/** Null for a body of neither version. */
export function readConnectAnswer(body: Buffer): ConnectAnswer | null {
  if (body.length === 18) return { version: 2, status: body[0]!, authenticator: body.subarray(1, 17) };
  if (body.length === 21) return { version: 3, status: body.readUInt32BE(0), authenticator: body.subarray(4, 20) };
  return null;
}

/** What proves that the gateway knows the secret too. */
export function authenticatorIsmg(version: CmppVersion, status: number, source: Buffer, secret: string): Buffer {
  return md5(result(version, status), source, Buffer.from(secret, 'latin1'));
}

export interface Submit {
  serviceId: string;
  spId: string;
  /** The number phones show: access number and digits of ours behind it, at most 21. */
  srcId: string;
  numbers: readonly string[];
  parts: number;
  part: number;
  /** Whether `content` begins with a header that joins parts. */
  headed: boolean;
  /** At most 140 bytes, in UCS-2. */
  content: Buffer;
}

const ucs2Format = 8;
/** Asks for a report; of normal level; the fee is the sender's, free of charge for who receives. */
const [wantsReport, level, feeOfSp, feeType, feeCode] = [1, 0, 2, '01', '0'];

export function submitPacket(version: CmppVersion, sequence: number, submit: Submit): Buffer {
  const width = numberWidth(version);
  const typeOfNumber = version === 3 ? Buffer.from([0]) : Buffer.alloc(0);
  const body = [
    Buffer.alloc(8),
    Buffer.from([submit.parts, submit.part, wantsReport, level]),
    octets(submit.serviceId, 10),
    Buffer.from([feeOfSp]),
    octets('', width),
    typeOfNumber,
    Buffer.from([0, submit.headed ? 1 : 0, ucs2Format]),
    octets(submit.spId, 6),
    octets(feeType, 2),
    octets(feeCode, 6),
    octets('', 17),
    octets('', 17),
    octets(submit.srcId, 21),
    Buffer.from([submit.numbers.length]),
    ...submit.numbers.map((number) => octets(number, width)),
    typeOfNumber,
    Buffer.from([submit.content.length]),
    submit.content,
    Buffer.alloc(version === 3 ? 20 : 8),
  ];
  return packet(command.submit, sequence, Buffer.concat(body));
}

/** Message ids have 64 bits, more than a number holds: they are decimal texts. Null for a body of another length. */
export function readSubmitAnswer(version: CmppVersion, body: Buffer): { messageId: string; result: number } | null {
  if (body.length !== (version === 3 ? 12 : 9)) return null;
  return { messageId: idAt(body, 0), result: version === 3 ? body.readUInt32BE(8) : body[8]! };
}

export function deliverAnswer(version: CmppVersion, sequence: number, messageId: string): Buffer {
  const id = Buffer.alloc(8);
  id.writeBigUInt64BE(BigInt(messageId));
  return packet(answerTo(command.deliver), sequence, Buffer.concat([id, result(version, 0)]));
}

export const numberWidth = (version: CmppVersion): number => (version === 3 ? 32 : 21);
export const idAt = (bytes: Buffer, at: number): string => bytes.readBigUInt64BE(at).toString();

/** @throws RangeError for a text that does not fit its field */
export function octets(text: string, width: number): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length > width) throw new RangeError(`${bytes.length} bytes for a field of ${width}`);
  return Buffer.concat([bytes, Buffer.alloc(width - bytes.length)]);
}

/** Up to the first zero byte. */
export function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end === -1 ? bytes.length : end).trim();
}

const result = (version: CmppVersion, value: number): Buffer => (version === 3 ? u32(value) : Buffer.from([value]));
const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
