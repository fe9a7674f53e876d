import { matchSeats, postKey, unitOf } from './roster-match.js';
import type { RosterEntry, SeatMark, StoredList } from './roster-state.js';
import { isSame } from '../text/same-text.js';

/** Rows and posts that are told apart in one go. */
const together = 1000;

interface Crowd {
  rows: number[];
  seats: SeatMark[];
}

/** Which row of a file is which post of the list, by the little that is kept of either. */
export class RosterIndex {
  /** Open posts before. */
  before = 0;
  /** The highest number among them. */
  lastOrder = 0;
  private readonly seats = new Map<string, SeatMark[]>();
  private readonly rows = new Map<string, number[]>();
  private readonly names: (string | null)[] = [];
  private readonly matched: (SeatMark | null)[] = [];

  addSeat({
    unit,
    title,
    postId,
    seat,
    order,
    kind,
    personId,
    name,
  }: SeatMark & { unit: string; title: string }): void {
    this.before += 1;
    this.lastOrder = Math.max(this.lastOrder, order);
    add(this.seats, postKey(unit, title), { postId, seat, order, kind, personId, name });
  }

  /** In the order of the file. */
  addRow({ unit, post, name }: Pick<RosterEntry, 'unit' | 'post' | 'name'>): void {
    add(this.rows, postKey(unit, post), this.names.length);
    this.names.push(name);
    this.matched.push(null);
  }

  /** One row and one post of the same title are one; where there are more of either, the people decide. */
  async match(list: Pick<StoredList, 'seats'>, entry: (index: number) => RosterEntry): Promise<void> {
    let crowd: Crowd = { rows: [], seats: [] };
    for (const [key, rows] of this.rows) {
      const seats = this.seats.get(key);
      if (!seats) continue;
      if (rows.length === 1 && seats.length === 1) {
        this.matched[rows[0]!] = seats[0]!;
        continue;
      }
      crowd.rows.push(...rows);
      crowd.seats.push(...seats);
      if (crowd.rows.length + crowd.seats.length < together) continue;
      await this.tellApart(crowd, list, entry);
      crowd = { rows: [], seats: [] };
    }
    await this.tellApart(crowd, list, entry);
    this.rows.clear();
  }

  /** Null: the row's post is new. */
  seatOf(index: number): SeatMark | null {
    return this.matched[index] ?? null;
  }

  nameOf(index: number): string | null {
    return this.names[index] ?? null;
  }

  /** Whoever holds the row's post stays. */
  keepsHolder(index: number): boolean {
    const [name, holder] = [this.nameOf(index), this.seatOf(index)?.name ?? null];
    return name !== null && holder !== null && isSame(holder, name);
  }

  /** Posts that no row speaks of, in protocol order, with their units. */
  unmatched(): (SeatMark & { unit: string })[] {
    const spoken = new Set(this.matched);
    const left: (SeatMark & { unit: string })[] = [];
    for (const [key, marks] of this.seats)
      for (const mark of marks) if (!spoken.has(mark)) left.push({ ...mark, unit: unitOf(key) });
    return left.sort((a, b) => a.order - b.order);
  }

  /** Seats of a title that are taken. */
  numbersOf(unit: string, title: string): readonly number[] {
    return (this.seats.get(postKey(unit, title)) ?? []).map(({ seat }) => seat);
  }

  /** Names of the units of these posts. */
  *unitsOf(postIds: ReadonlySet<string>): Iterable<string> {
    if (postIds.size === 0) return;
    for (const [key, marks] of this.seats) if (marks.some(({ postId }) => postIds.has(postId))) yield unitOf(key);
  }

  private async tellApart(
    { rows, seats }: Crowd,
    list: Pick<StoredList, 'seats'>,
    entry: (index: number) => RosterEntry,
  ): Promise<void> {
    if (rows.length === 0) return;
    const marks = new Map(seats.map((mark) => [mark.postId, mark]));
    const found = matchSeats(rows.map(entry), await list.seats([...marks.keys()]));
    found.forEach((seat, at) => (this.matched[rows[at]!] = seat && marks.get(seat.postId)!));
  }
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
