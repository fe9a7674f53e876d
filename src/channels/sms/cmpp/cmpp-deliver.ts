import { readBeijingTime } from '../beijing-time.js';
import { type CmppVersion, idAt, numberWidth, textIn } from './cmpp-packet.js';

/** What a gateway delivers: a report on a message of ours, or what somebody sent. */
export interface Deliver {
  /** Of this packet; what is answered names it. A report names the message in `report`. */
  messageId: string;
  /** Where it was sent: our number with the digits behind it. */
  to: string;
  from: string;
  report: DeliverReport | null;
  /** Empty of a report. */
  text: string;
  /** Where the text is a part of a longer one. */
  part: { reference: number; total: number; number: number } | null;
}

export interface DeliverReport {
  /** As in the answer to the SUBMIT. */
  messageId: string;
  /** `DELIVRD`, or the carrier's word. */
  state: string;
  number: string;
  /** To the minute. */
  doneAt: Date | null;
}

/** Null for a body that is none of this version. */
export function readDeliver(version: CmppVersion, body: Buffer): Deliver | null {
  const width = numberWidth(version);
  const fixed = 8 + 21 + 10 + 3 + width + (version === 3 ? 1 : 0) + 2;
  const tail = version === 3 ? 20 : 8;
  const length = body[fixed - 1];
  if (length === undefined || body.length !== fixed + length + tail) return null;
  const content = body.subarray(fixed, fixed + length);
  const common = {
    messageId: idAt(body, 0),
    to: textIn(body.subarray(8, 29)),
    from: textIn(body.subarray(42, 42 + width)),
  };
  if (body[fixed - 2] === 1) {
    const report = readReport(content);
    return report && { ...common, report, text: '', part: null };
  }
  const headed = body[40] === 1 ? headOf(content) : { part: null, length: 0 };
  return { ...common, report: null, text: decodeText(body[41]!, content.subarray(headed.length)), part: headed.part };
}

/** Gateways mix the widths of the versions: the report's own length tells, 60 or 71 bytes, whatever the link speaks. */
function readReport(content: Buffer): DeliverReport | null {
  const width = content.length - 39;
  if (width !== 21 && width !== 32) return null;
  const [done] = [textIn(content.subarray(25, 35))];
  return {
    messageId: idAt(content, 0),
    state: textIn(content.subarray(8, 15)).toUpperCase(),
    doneAt: readBeijingTime(`20${done}00`),
    number: textIn(content.subarray(35, 35 + width)),
  };
}

/** The user data header (3GPP TS 23.040, 9.2.3.24): an 8 or 16 bit reference, among other elements. */
function headOf(content: Buffer): { part: Deliver['part']; length: number } {
  const length = 1 + (content[0] ?? 0);
  let part: Deliver['part'] = null;
  for (let at = 1; at + 2 <= Math.min(length, content.length);) {
    const [element, size] = [content[at]!, content[at + 1]!];
    const value = content.subarray(at + 2, Math.min(at + 2 + size, length));
    if (element === 0 && value.length === 3) part = { reference: value[0]!, total: value[1]!, number: value[2]! };
    if (element === 8 && value.length === 4)
      part = { reference: value.readUInt16BE(0), total: value[2]!, number: value[3]! };
    at += 2 + size;
  }
  return { part, length };
}

const gb18030 = new TextDecoder('gb18030');

/** Formats: 8 UCS-2 (surrogates as UTF-16 has them), 15 GBK, of which GB18030 is the whole, 4 bytes, else ASCII. */
export function decodeText(format: number, bytes: Buffer): string {
  if (format === 8)
    return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  if (format === 15) return gb18030.decode(bytes);
  return format === 4 ? '' : bytes.toString('latin1');
}
