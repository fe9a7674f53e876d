import { beijingDate, chineseDate } from '../calendar.js';

/** Whom a 签收单 lists: who gets paper, everybody who has not acknowledged, or all. Subscribers are never asked for a signature. */
export const paperLists = ['paper', 'unacknowledged', 'all'] as const;
export type PaperList = (typeof paperLists)[number];

/** A copy whose signature came back. */
export interface SignedCopy {
  copyNumber: number;
  /** When it was sent: with the edition, or late. */
  sentAt: Date;
}

/**
 * Why a day cannot stand beside signatures; null when it can. Nobody signs before his copy was sent, after today, or after the issue was
 * taken back.
 *
 * @param day `yyyy-mm-dd`
 */
export function signedOnFault(
  day: string,
  { copies, now, withdrawnAt }: { copies: readonly SignedCopy[]; now: Date; withdrawnAt: Date | null },
): string | null {
  if (day > beijingDate(now)) return '签收日期不能晚于今天。';
  if (withdrawnAt !== null && day > beijingDate(withdrawnAt))
    return `本期已于${chineseDate(beijingDate(withdrawnAt))}撤回，签收日期不能晚于那一天。`;
  const early = copies.find(({ sentAt }) => day < beijingDate(sentAt));
  if (early === undefined) return null;
  return `签收日期不能早于发送的日期：第${early.copyNumber}份是${chineseDate(beijingDate(early.sentAt))}发送的。`;
}

/** On paper stands a day without a time: the act counts as of its end, or as of now while the day is not over. */
export function signedAt(day: string, now: Date): Date {
  const end = new Date(`${day}T23:59:59.999+08:00`);
  return end < now ? end : now;
}

export const scanKinds = ['pdf', 'jpeg', 'png'] as const;
export type ScanKind = (typeof scanKinds)[number];

export const scanType: Record<ScanKind, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' };

/** Bytes: some thirty pages of a scanner, or one photograph. */
export const largestScan = 10 * 1024 * 1024;
/** Of one sheet. */
export const mostScans = 20;

/** ISO 32000-1, 7.5.2; ISO 10918-1, annex B (SOI and the marker after it); PNG (W3C), 5.2. */
const beginnings: readonly (readonly [ScanKind, string])[] = [
  ['pdf', '255044462d'],
  ['jpeg', 'ffd8ff'],
  ['png', '89504e470d0a1a0a'],
];

/** What a file is by its first bytes, whatever it is called; null for anything else. */
export function scanKindOf(bytes: Uint8Array): ScanKind | null {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return beginnings.find(([, beginning]) => start.startsWith(beginning))?.[0] ?? null;
}
