import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { beijingTime } from './beijing-time.js';

/** CMPP as a gateway reads and writes it, apart from the client's own, so that an error there cannot hide here. */

export interface GatewayPacket {
  command: number;
  sequence: number;
  body: Buffer;
}

export type Speaks = 2 | 3;

export function writePacket(command: number, sequence: number, ...fields: (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(fields.map((field) => Buffer.from(field)));
  const head = Buffer.alloc(12);
  head.writeUInt32BE(12 + body.length, 0);
  head.writeUInt32BE(command >>> 0, 4);
  head.writeUInt32BE(sequence, 8);
  return Buffer.concat([head, body]);
}

/** Whole packets at the beginning of what came, and the rest. Null for what is no packet. */
export function splitPackets(bytes: Buffer): { packets: GatewayPacket[]; rest: Buffer } | null {
  const packets: GatewayPacket[] = [];
  let rest = bytes;
  while (rest.length >= 12) {
    const length = rest.readUInt32BE(0);
    if (length < 12 || length > 4096) return null;
    if (rest.length < length) break;
    packets.push({
      command: rest.readUInt32BE(4),
      sequence: rest.readUInt32BE(8),
      body: rest.subarray(12, length),
    });
    rest = rest.subarray(length);
  }
  return { packets, rest };
}

export interface GatewayAccount {
  spId: string;
  secret: string;
  /** Whether ids shorter than six digits are padded before they are hashed. */
  padsSpId?: boolean;
}

export interface CmppFiled extends GatewayAccount {
  serviceId: string;
  /** Access number; what follows it is the sender's. */
  srcId: string;
  /** Text of the signature that is bound to the access number, without brackets. */
  signName: string;
  /** The version offered, always one of the two, or 2.0 alone: a higher offer is refused with status 4. */
  speaks?: 'offered' | Speaks | 'only2';
  mostLinks?: number;
  perSecond?: number;
  /** The gateway tests a link that often. */
  heartbeatMs?: number;
  /** Reports in the width of the other version, as gateways do that mix them. */
  mixesReports?: boolean;
}

/** One link of the sender's. */
export interface GatewayLink {
  socket: Socket;
  speaks: Speaks;
  nextSequence: () => number;
  /** What was answered to which sequence: the same again is the same message. */
  answered: Map<number, Buffer>;
}

/** The status a CONNECT is answered with, and what the answer's own proof is made from. */
export function judgeConnect(
  account: GatewayAccount,
  body: Buffer,
): { status: number; offered: number; proof: Buffer } {
  if (body.length !== 27) return { status: 1, offered: 0x20, proof: Buffer.alloc(16) };
  const [spId, proof, offered] = [field(body, 0, 6), body.subarray(6, 22), body[22]!];
  const stamp = String(body.readUInt32BE(23)).padStart(10, '0');
  const id = Buffer.alloc(account.padsSpId === false ? account.spId.length : 6);
  id.write(account.spId, 'latin1');
  const hash = createHash('md5').update(id).update(Buffer.alloc(9)).update(account.secret).update(stamp).digest();
  const status = spId !== account.spId ? 2 : proof.equals(hash) ? 0 : 3;
  return { status, offered, proof };
}

export function connectAnswer(speaks: Speaks, sequence: number, status: number, proof: Buffer, secret: string): Buffer {
  const said = speaks === 3 ? Buffer.from([0, 0, 0, status]) : Buffer.from([status]);
  const own = createHash('md5').update(said).update(proof).update(secret).digest();
  return writePacket(0x80000001, sequence, said, status === 0 ? own : Buffer.alloc(16), [speaks === 3 ? 0x30 : 0x20]);
}

export interface Submitted {
  parts: number;
  part: number;
  serviceId: string;
  headed: boolean;
  format: number;
  spId: string;
  srcId: string;
  numbers: string[];
  content: Buffer;
  wantsReport: boolean;
}

/** Null where the lengths do not agree. */
export function readSubmit(speaks: Speaks, body: Buffer): Submitted | null {
  const width = speaks === 3 ? 32 : 21;
  const more = speaks === 3 ? 1 : 0;
  let at = 8;
  const bytes = (length: number) => body.subarray(at, (at += length));
  const text = (length: number) => field(bytes(length), 0, length);
  const [parts = 0, part = 0, report] = bytes(4);
  const serviceId = text(10);
  bytes(1 + width + more);
  const [, headed, format = 0] = bytes(3);
  const spId = text(6);
  bytes(2 + 6 + 17 + 17);
  const srcId = text(21);
  const [count = 0] = bytes(1);
  const numbers = Array.from({ length: count }, () => text(width));
  bytes(more);
  const [length = 0] = bytes(1);
  const content = bytes(length);
  if (content.length !== length || body.length !== at + (speaks === 3 ? 20 : 8)) return null;
  return {
    parts,
    part,
    serviceId,
    headed: headed === 1,
    format,
    spId,
    srcId,
    numbers,
    content,
    wantsReport: report === 1,
  };
}

/** What a phone makes of one part: where it belongs in its message, and its text. */
export function readPart({ headed, content, format }: Pick<Submitted, 'headed' | 'content' | 'format'>) {
  const head = headed ? content.subarray(0, 1 + content[0]!) : Buffer.alloc(0);
  const text = content.subarray(head.length);
  return {
    reference: headed ? head[3]! : -1,
    total: headed ? head[4]! : 1,
    number: headed ? head[5]! : 1,
    text: format === 8 ? new TextDecoder('utf-16be').decode(text) : text.toString('latin1'),
  };
}

export const submitAnswer = (speaks: Speaks, sequence: number, id: bigint, result: number): Buffer =>
  writePacket(0x80000004, sequence, id8(id), speaks === 3 ? [0, 0, 0, result] : [result]);

/** A report on one part, in the body of a DELIVER. */
export function reportDeliver(
  speaks: Speaks,
  sequence: number,
  about: { id: bigint; outer: bigint; state: string; minute: string; number: string; srcId: string; serviceId: string },
  reportWidth = speaks === 3 ? 32 : 21,
): Buffer {
  const { id, state, minute, number } = about;
  const content = Buffer.concat([
    id8(id),
    padded(state, 7),
    padded(minute, 10),
    padded(minute, 10),
    padded(number, reportWidth),
    Buffer.alloc(4),
  ]);
  return deliver(speaks, sequence, { ...about, to: about.srcId, from: number, report: 1, format: 0, content });
}

/** One part of what a phone sends. */
export interface ReplyPart {
  headed: boolean;
  format: 0 | 8;
  content: Buffer;
}

/** As a phone sends it: plain letters and digits as such, all else as UCS-2, what is longer in parts with six bytes in front. */
export function replyParts(text: string, reference: number): ReplyPart[] {
  if (/^[\x20-\x7e]{0,159}$/.test(text)) return [{ headed: false, format: 0, content: Buffer.from(text, 'latin1') }];
  const bytes = Buffer.from(text, 'utf16le').swap16();
  if (bytes.length <= 140) return [{ headed: false, format: 8, content: bytes }];
  const total = Math.ceil(bytes.length / 134);
  return Array.from({ length: total }, (_, at) => ({
    headed: true,
    format: 8,
    content: Buffer.concat([
      Buffer.from([5, 0, 3, reference % 256, total, at + 1]),
      bytes.subarray(at * 134, (at + 1) * 134),
    ]),
  }));
}

export function replyDeliver(
  speaks: Speaks,
  sequence: number,
  reply: { outer: bigint; to: string; from: string; serviceId: string; part: ReplyPart },
): Buffer {
  return deliver(speaks, sequence, { ...reply, ...reply.part, report: 0 });
}

function deliver(
  speaks: Speaks,
  sequence: number,
  what: {
    outer: bigint;
    to: string;
    from: string;
    serviceId: string;
    report: number;
    format: number;
    headed?: boolean;
    content: Buffer;
  },
): Buffer {
  return writePacket(
    5,
    sequence,
    id8(what.outer),
    padded(what.to, 21),
    padded(what.serviceId, 10),
    [0, what.headed ? 1 : 0, what.format],
    padded(what.from, speaks === 3 ? 32 : 21),
    speaks === 3 ? [0] : [],
    [what.report, what.content.length],
    what.content,
    Buffer.alloc(speaks === 3 ? 20 : 8),
  );
}

/** Month, day, hour, minute and second in Beijing, gateway, and a number that wraps at 16 bits. */
export function messageIdAt(at: Date, gateway: number, n: number): bigint {
  const [month, day, hour, minute, second] = beijingTime(at.toISOString()).slice(5).split(/\D/).map(BigInt);
  return (
    (month! << 60n) |
    (day! << 55n) |
    (hour! << 50n) |
    (minute! << 44n) |
    (second! << 38n) |
    (BigInt(gateway) << 16n) |
    BigInt(n % 65_536)
  );
}

function id8(id: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(id);
  return bytes;
}

function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(text, 'latin1');
  return bytes;
}

const field = (bytes: Buffer, at: number, length: number): string =>
  bytes.toString('latin1', at, at + length).replace(/\0.*$/s, '');
