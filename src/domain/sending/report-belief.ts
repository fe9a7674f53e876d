import type { DeliveryReport } from '../delivery.js';

/** A try of a delivery, as far as a report about it can be held against it. */
export interface Tried {
  /** With which provider. */
  provider: string;
  startedAt: Date;
}

/** What is kept of a report that is believed. */
export interface BelievedReport extends DeliveryReport {
  /** What the provider gave as the time, where that cannot be; `reportedAt` is then the time of receipt. */
  givenAt: Date | null;
}

/** Clocks of providers and ours differ by minutes, not by more. */
export const clockMarginMs = 10 * 60_000;

/**
 * Pushes of reports are not signed, so they are held against what is known: the provider must have been given the message. That
 * it arrived counts from any provider that tried; that it failed or waits only from the one that tried last, for of an earlier
 * one it says nothing any more. Null for a report that is about nothing of ours.
 *
 * @param tries in the order they were made
 */
export function believed(report: DeliveryReport, tries: readonly Tried[], receivedAt: Date): BelievedReport | null {
  const own = tries.filter(({ provider }) => provider === report.provider);
  const first = own[0];
  if (!first || (report.status !== 'delivered' && tries.at(-1) !== own.at(-1))) return null;
  const at = report.reportedAt.getTime();
  const plausible = at >= first.startedAt.getTime() - clockMarginMs && at <= receivedAt.getTime() + clockMarginMs;
  return plausible
    ? { ...report, givenAt: null }
    : { ...report, reportedAt: receivedAt, givenAt: Number.isNaN(at) ? null : report.reportedAt };
}

/** Wrong keys nobody is made to wait for: an operator mistypes one. */
const freeTries = 3;
const longestWaitMs = 10_000;

/** How long the answer to the n-th wrong key from one peer is held back, in milliseconds. */
export function waitAfterWrongKey(n: number): number {
  return n <= freeTries ? 0 : Math.min(longestWaitMs, 250 * 2 ** Math.min(n - freeTries - 1, 10));
}
