import { numbersOf } from '../fuzz/chance.js';

/** Seeded draws, and what was drawn from the tables by name. */
export class Chance {
  private readonly next: () => number;
  readonly drawn: string[] = [];

  constructor(seed: number) {
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

  /** Draws a form by name; the first one is the plain form and comes in half of all draws. */
  form<T>(kind: string, table: Record<string, T>, plain = 0.5): T {
    const names = Object.keys(table);
    const name = this.yes(plain) ? names[0]! : this.one(names);
    this.drawn.push(`${kind}: ${name}`);
    return table[name]!;
  }
}
