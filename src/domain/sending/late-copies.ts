import type { ScopeEntry } from '../scope/scope.js';

/** Somebody with a copy, as frozen with it. */
export interface Holder {
  copyNumber: number;
  personId: string;
  personName: string;
  postTitle: string;
  unitName: string;
}

export interface ScopeDifference<H extends Holder> {
  /** In scope now and without a copy, in protocol order. */
  added: ScopeEntry[];
  /** With a copy, and not in scope any more. */
  left: H[];
  /** With a copy, in scope through another post now: one copy is enough. */
  moved: { holder: H; now: ScopeEntry }[];
}

/** What has changed in the list since the scope of an edition was frozen (换届、调整). Order is protocol order. */
export function compareScope<H extends Holder>(
  holders: readonly H[],
  inScope: readonly ScopeEntry[],
): ScopeDifference<H> {
  const now = new Map(inScope.map((entry) => [entry.personId, entry]));
  const having = new Set(holders.map(({ personId }) => personId));
  return {
    added: inScope.filter(({ personId }) => !having.has(personId)),
    left: holders.filter(({ personId }) => !now.has(personId)),
    moved: holders.flatMap((holder) => {
      const entry = now.get(holder.personId);
      const same = entry === undefined || (entry.postTitle === holder.postTitle && entry.unitName === holder.unitName);
      return same ? [] : [{ holder, now: entry }];
    }),
  };
}
