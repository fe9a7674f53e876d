import type { MemberProven } from './press.js';

/**
 * Who has a link open inside WeCom. WeCom can say which member that is; a link that was passed on then counts for nobody. Where
 * it cannot say, what holds outside of WeCom holds: whoever has the link is taken for its addressee.
 */

/** Whom WeCom names. */
export type ReaderBehind =
  | { kind: 'member'; userId: string }
  /** No member of the corporation: an external contact, or somebody without WeCom. */
  | { kind: 'stranger' }
  /** It could not be asked, or named nobody. */
  | { kind: 'untold'; code: string };

/** How the browser says that it is WeCom's own (developer.work.weixin.qq.com/document/path/90315). */
export const isInsideWecom = (userAgent: string | undefined): boolean => /\bwxwork\//i.test(userAgent ?? '');

/** What this browser is known for, on the pages of one copy. */
export type MemberMark =
  /** It was sent to WeCom, and has not come back. */
  | { kind: 'asked'; at: Date }
  /** The same, after WeCom had named somebody else in this browser. */
  | { kind: 'askedAgain'; at: Date }
  /** WeCom named somebody else. */
  | { kind: 'other'; at: Date }
  /** WeCom named this member, by the keyed hash of his account. */
  | { kind: 'own'; at: Date; member: string }
  /** WeCom could not say. */
  | { kind: 'untold'; at: Date };

/** A working day, as for the proof by code. */
export const ownForMs = 12 * 3_600_000;
/** Then WeCom is asked again. */
export const untoldForMs = 10 * 60_000;
/** For how long somebody may be on his way to WeCom and back; its codes live as long. */
export const askedForMs = 5 * 60_000;
/** WeCom's answer takes less than that; whoever opens the link again after it has seen an error page of WeCom's. */
const answersWithinMs = 5000;

export type MemberStep = 'show' | 'showUntold' | 'ask';

/**
 * What a page of a copy does inside WeCom. It never asks twice in a row without an answer, so that nobody is led in a ring.
 *
 * @param addressees keyed hashes of the WeCom accounts that the copy's person has today; without one there is nothing to prove
 */
export function memberStep(mark: MemberMark | null, addressees: readonly string[], now: Date): MemberStep {
  if (addressees.length === 0) return 'show';
  const age = mark === null ? NaN : now.getTime() - mark.at.getTime();
  if (mark === null || !(age >= 0)) return 'ask';
  switch (mark.kind) {
    case 'own':
      return age < ownForMs && addressees.includes(mark.member) ? 'show' : 'ask';
    case 'untold':
      return age < untoldForMs ? 'showUntold' : 'ask';
    // Who goes back from WeCom's page before it answers is still the one it named.
    case 'other':
    case 'askedAgain':
      return 'ask';
    case 'asked':
      return age >= answersWithinMs && age < askedForMs ? 'showUntold' : 'ask';
  }
}

/** How long a browser is known for somebody else's; the addressee who uses it is asked about as ever. */
export const otherForMs = ownForMs;

/** How whoever is sent to WeCom now is known meanwhile. */
export const askedAs = (mark: MemberMark | null): 'asked' | 'askedAgain' =>
  mark?.kind === 'other' || mark?.kind === 'askedAgain' ? 'askedAgain' : 'asked';

/** What the evidence of a press says of whoever pressed; null where WeCom was never asked. */
export function memberProven(mark: MemberMark | null, now: Date): MemberProven | null {
  if (mark === null) return null;
  const age = now.getTime() - mark.at.getTime();
  return mark.kind === 'own' && age >= 0 && age < ownForMs ? 'own' : 'untold';
}

export type ReaderJudged = 'own' | 'other' | 'untold';

/**
 * @param member keyed hash of the account that WeCom named, null when it named none
 * @param sameBrowser it is the browser that was sent to WeCom
 */
export function judgeReader(
  { kind }: ReaderBehind,
  member: string | null,
  addressees: readonly string[],
  sameBrowser: boolean,
): ReaderJudged {
  // Without an account on the list there is nothing to compare with.
  if (kind === 'untold' || addressees.length === 0) return 'untold';
  if (kind === 'stranger' || member === null || !addressees.includes(member)) return 'other';
  // Without a cookie nothing ties the answer to this browser; it may be somebody else's.
  return sameBrowser ? 'own' : 'untold';
}
