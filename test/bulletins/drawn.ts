import { numbersOf } from '../fuzz/chance.js';

/** What two issues of one paper have in common, by the name under which it was drawn. */
export type PaperDraws = ReadonlyMap<string, unknown>;

/** Seeded draws, and what was drawn from the tables by name. */
export class Chance {
  private readonly next: () => number;
  readonly drawn: string[] = [];
  readonly paper = new Map<string, unknown>();

  /** `earlier`: what was drawn for an earlier issue of the same paper. */
  constructor(
    seed: number,
    private readonly earlier: PaperDraws = new Map(),
  ) {
    this.next = numbersOf(seed);
  }

  yes(share: number): boolean {
    return this.next() < share;
  }

  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  one<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(this.between(0, left.length - 1), 1)[0]!,
    );
  }

  /** Drawn once for a paper: its later issues have the same. */
  ofPaper<T>(what: string, draw: () => T): T {
    const value = this.earlier.has(what) ? (this.earlier.get(what) as T) : draw();
    this.paper.set(what, value);
    return value;
  }

  /** Draws a form by name; the first one is the plain form and comes in half of all draws. */
  form<T>(kind: string, table: Record<string, T>, plain = 0.5): T {
    const names = Object.keys(table);
    const name = this.ofPaper(kind, () => (this.yes(plain) ? names[0]! : this.one(names)));
    this.drawn.push(`${kind}: ${name}`);
    return table[name]!;
  }
}
