import type { PartReport } from '../delivery.js';

/** A part of a message as the provider numbers them; without `report` while nothing was said of it. */
export interface MessagePart {
  reference: string;
  report: Pick<PartReport, 'status' | 'code' | 'reason' | 'reportedAt'> | null;
}

/**
 * What the reports on the parts say of the message: a phone shows it only when it has all of them, and one that failed for good
 * cannot be made up for. Of several that failed the first counts. Null while it cannot be said.
 */
export function joinedReport(parts: readonly MessagePart[]): MessagePart['report'] {
  const reports = parts.flatMap(({ report }) => report ?? []).sort(byTime);
  const failed = reports.find(({ status }) => status === 'failed');
  if (failed) return failed;
  return reports.length === parts.length ? (reports.at(-1) ?? null) : null;
}

const byTime = (a: { reportedAt: Date }, b: { reportedAt: Date }): number => +a.reportedAt - +b.reportedAt;
