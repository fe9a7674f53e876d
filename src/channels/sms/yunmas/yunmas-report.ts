import type { PartReport } from '../../../domain/delivery.js';
import { readBeijingTime } from '../beijing-time.js';
import { carrierReason } from '../carrier-reason.js';
import { domesticNumber } from '../domestic-number.js';
import { asList, digestOf, digitsOf, type Fields, type Push, readPush, textOf } from '../push.js';
import type { Reply } from '../../channel.js';
import type { ReportFields } from './settings.js';

/**
 * The platform's number of one message: a group is all that travelled in one call. Only the number's last four digits stand in
 * it, so that it may be shown; what travels together differs in them.
 */
export const partReference = (msgGroup: string, number: string): string => `${msgGroup}/${number.slice(-4)}`;

const platformOk = 'CM:0000';
/** Not yet the carrier's last word: `CM:3000` waits for it, and the platform's own ok only says that the gateway has it. */
const underWay = /^(?:CM:3000|ACCEPTD)$/;

/**
 * A push of delivery reports: one object or a list of them. Nothing in it is signed and nothing of ours is echoed: it is believed as
 * far as its group is of a message we sent. Arrived means both the platform's ok and the carrier's DELIVRD; the ok alone is
 * given to what the gateway merely took. Null for a body that holds no object.
 */
export function readYunmasReports(body: unknown, now: Date, fields: ReportFields): Push<PartReport> | null {
  return readPush(numberByNumber(asList(body), fields.mobile), (row) => {
    const at = (name: keyof ReportFields) => textOf(row[fields[name]]);
    const [group, number] = [at('msgGroup'), domesticNumber(at('mobile') ?? '')];
    // A number of so many digits has lost its last ones when the JSON was read: it would name another group.
    const unsafe = typeof row[fields.msgGroup] === 'number' && !Number.isSafeInteger(row[fields.msgGroup]);
    if (!group || unsafe) return `${fields.msgGroup} 不是文字`;
    if (number === null) return `${fields.mobile} 不是手机号码`;
    const [status, code] = [at('reportStatus')?.toUpperCase(), at('errorCode')?.toUpperCase() ?? ''];
    if (!status) return `${fields.reportStatus} 不是文字`;
    const delivered = status === platformOk && code === 'DELIVRD';
    if (underWay.test(status) || underWay.test(code)) return null;
    if (status === platformOk && (code === '' || code === platformOk)) return null;
    if (!delivered && code === 'DELIVRD') return `${fields.reportStatus} 与 ${fields.errorCode} 互相矛盾`;
    const word = code || status;
    return {
      provider: 'yunmas',
      reference: partReference(group, number),
      status: delivered ? 'delivered' : 'failed',
      code: word,
      reason: delivered ? '' : carrierReason(word),
      reportedAt: readBeijingTime(at('receiveDate')) ?? now,
    };
  });
}

/**
 * What people sent back: rows of mobile, smsContent, sendTime, addSerial, without a number of their own.
 *
 * @param addSerial the account's own digits, which tell no messages apart
 */
export function readYunmasReplies(body: unknown, addSerial: string): Push<Reply> | null {
  return readPush(asList(body), (row) => {
    const [mobile, content] = [domesticNumber(textOf(row.mobile, 30) ?? ''), textOf(row.smsContent, 2000)];
    if (row.mobile === undefined) return 'mobile 不是文字';
    if (content === undefined) return 'smsContent 不是文字';
    if (mobile === null) return null;
    const time = textOf(row.sendTime);
    const sentTo = digitsOf(row.addSerial);
    return {
      provider: 'yunmas',
      sequenceId: digestOf(mobile, time ?? '', content),
      mobile,
      content,
      sentTo: sentTo === addSerial ? '' : sentTo,
      writtenAt: readBeijingTime(time),
    };
  });
}

/** Public receivers answer with what they were given. */
export const echo = (body: unknown): object => (typeof body === 'object' && body !== null ? body : {});

/** One report may be about several numbers, in a list or joined by commas. */
function numberByNumber(rows: unknown, field: string): unknown {
  if (!Array.isArray(rows)) return rows;
  return (rows as unknown[]).flatMap((row) => {
    if (typeof row !== 'object' || row === null) return [row];
    const own = row as Fields;
    const numbers: unknown = own[field] ?? own[`${field}s`];
    const each: readonly unknown[] =
      typeof numbers === 'string'
        ? withoutBlanks(numbers.split(/[,，;]/))
        : Array.isArray(numbers)
          ? (numbers as unknown[])
          : [numbers];
    return each.map((number) => ({ ...own, [field]: number }));
  });
}

/** A list may end with a comma; what holds nothing else is left to be odd. */
function withoutBlanks(texts: readonly string[]): readonly string[] {
  const filled = texts.filter((text) => text.trim() !== '');
  return filled.length > 0 ? filled : [''];
}
