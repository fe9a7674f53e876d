/** One open post with whoever holds it on the day. */
export interface Seat {
  postId: string;
  unitId: string;
  unitName: string;
  /** UnitKind of the unit. */
  bodyKind: string;
  /** PostKind: how boards class the post. */
  unitKind: string;
  postTitle: string;
  level: string;
  tags: readonly string[];
  protocolOrder: number;
  /** Groups that list the post on the day. */
  groupIds: readonly string[];
  liaison: string | null;
  holder: { personId: string; name: string; acting: boolean } | null;
}

/** Ties are broken by id, so that two runs over the same data give the same order. */
export function byProtocol(a: Seat, b: Seat): number {
  return a.protocolOrder - b.protocolOrder || (a.postId < b.postId ? -1 : 1);
}
