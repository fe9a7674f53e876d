import { DomainError } from '../errors/errors.js';

/** 单位、岗位、任职: who holds a post on a day, and which changes are allowed. Days are civil dates in Beijing, `yyyy-mm-dd`. */

export const unitKinds = [
  'party',
  'congress',
  'government',
  'consultative',
  'judicial',
  'military',
  'township',
  'mass',
  'vertical',
  'enterprise',
  'other',
] as const;
export type UnitKind = (typeof unitKinds)[number];

export const postLevels = ['principal', 'deputy', 'staff'] as const;
export type PostLevel = (typeof postLevels)[number];

/** 代理 | 主持工作 */
export const actingKinds = ['acting', 'presiding'] as const;
export type ActingKind = (typeof actingKinds)[number];

export interface Tenure {
  id: string;
  postId: string;
  personId: string;
  startsOn: string;
  /** First day on which the person no longer holds the post. */
  endsOn: string | null;
  acting: boolean;
}

/** When a post exists. */
export interface PostPeriod {
  id: string;
  openedOn: string | null;
  closedOn: string | null;
}

export interface Beginning {
  postId: string;
  personId: string;
  startsOn: string;
  actingKind: ActingKind | null;
}

/** What a change does to tenures; ends come before beginnings. */
export interface TenureSteps {
  ends: { tenureId: string; endsOn: string }[];
  beginnings: Beginning[];
}

/** A period that ends where it begins never was: an entry taken back before or on its first day. */
export const wasNever = (tenure: Tenure): boolean => tenure.endsOn !== null && tenure.endsOn <= tenure.startsOn;

export const inForce = (tenure: Tenure, on: string): boolean =>
  tenure.startsOn <= on && (tenure.endsOn === null || tenure.endsOn > on);

/** Whoever receives for the post that day: its holder, else the newest acting one. */
export function holderOf<T extends Tenure>(tenures: readonly T[], on: string): T | null {
  const now = tenures.filter((tenure) => inForce(tenure, on));
  const newest = (a: T, b: T): T => (b.startsOn > a.startsOn ? b : a);
  const regular = now.filter(({ acting }) => !acting);
  if (regular.length > 0) return regular.reduce(newest);
  return now.length === 0 ? null : now.reduce(newest);
}

export interface Appointment {
  post: PostPeriod;
  /** Of this post. */
  tenures: readonly Tenure[];
  personId: string;
  on: string;
  today: string;
  /** Null appoints the holder; otherwise somebody who stands in. */
  actingKind: ActingKind | null;
  /** With an acting one: the holder leaves the same day, instead of staying beside. */
  endsHolder: boolean;
}

/**
 * A new holder ends the old one and whoever acts; an acting one ends only another who acts, and the holder when told so.
 *
 * @throws DomainError when the day or the post does not allow it
 */
export function planAppointment(wish: Appointment): TenureSteps {
  const { post, personId, on, today, actingKind } = wish;
  if (post.closedOn !== null && post.closedOn <= on) throw new DomainError('list.postClosed', { on: post.closedOn });
  if (post.openedOn !== null && post.openedOn > on) throw new DomainError('list.postNotOpen', { on: post.openedOn });
  const tenures = wish.tenures.filter((tenure) => !wasNever(tenure));
  const rivals = tenures.filter(({ acting }) => acting === (actingKind !== null));
  const later = rivals.find(({ startsOn }) => startsOn > on);
  if (later) throw new DomainError('list.plannedAlready', { on: later.startsOn });
  const leaving = tenures.filter(
    (tenure) => inForce(tenure, on) && (actingKind === null || tenure.acting || wish.endsHolder),
  );
  for (const tenure of leaving) {
    const same = tenure.acting === (actingKind !== null);
    if (same && tenure.personId === personId) throw new DomainError('list.alreadyHolds');
    if (tenure.endsOn !== null && tenure.endsOn <= today)
      throw new DomainError('list.pastTaken', { on: tenure.endsOn });
    // One who was entered for today or later and is replaced for the same day never was; the past stays.
    if (tenure.startsOn === on && on < today) throw new DomainError('list.sameDay', { on });
  }
  return {
    ends: leaving.map(({ id }) => ({ tenureId: id, endsOn: on })),
    beginnings: [{ postId: post.id, personId, startsOn: on, actingKind }],
  };
}

/** The end of one tenure; one that begins today or later may be taken back. */
export function planEnd(tenure: Tenure, on: string, today: string): TenureSteps {
  if (tenure.endsOn !== null && (tenure.endsOn <= today || tenure.endsOn <= on))
    throw new DomainError('list.tenureEnded', { on: tenure.endsOn });
  if (tenure.startsOn >= today && on <= tenure.startsOn)
    return { ends: [{ tenureId: tenure.id, endsOn: tenure.startsOn }], beginnings: [] };
  if (on <= tenure.startsOn) throw new DomainError('list.endBeforeStart', { on: tenure.startsOn });
  return { ends: [{ tenureId: tenure.id, endsOn: on }], beginnings: [] };
}

/** A day before today is entered late, which needs a reason: the list looked otherwise on the days between. */
export function checkDay(on: string, today: string, reason: string): void {
  if (on < today && reason === '') throw new DomainError('list.lateNeedsReason');
}

/**
 * A mistaken entry put right, with a reason. Only here may the past change.
 *
 * @param corrected null strikes the entry: it never was
 * @param others tenures of the same post
 */
export function checkCorrection(corrected: Tenure | null, others: readonly Tenure[], reason: string): void {
  if (reason === '') throw new DomainError('list.correctionNeedsReason');
  if (corrected === null) return;
  if (corrected.endsOn !== null && corrected.endsOn <= corrected.startsOn)
    throw new DomainError('list.endBeforeStart', { on: corrected.startsOn });
  const rival = others.find(
    (other) =>
      other.id !== corrected.id &&
      other.acting === corrected.acting &&
      !wasNever(other) &&
      (corrected.endsOn === null || other.startsOn < corrected.endsOn) &&
      (other.endsOn === null || other.endsOn > corrected.startsOn),
  );
  if (rival) throw new DomainError('list.overlap', { from: rival.startsOn, until: rival.endsOn });
}

/**
 * Several appointments of one day planned together, as in a 换届 or a swap: nothing is ended twice, and nobody is made the
 * holder of one post by two lines.
 */
export function mergeSteps(all: readonly TenureSteps[]): TenureSteps {
  const ends = new Map<string, { tenureId: string; endsOn: string }>();
  for (const end of all.flatMap((steps) => steps.ends)) ends.set(end.tenureId, end);
  return { ends: [...ends.values()], beginnings: all.flatMap(({ beginnings }) => beginnings) };
}
