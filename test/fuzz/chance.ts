/** Mulberry32: the same numbers for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws from a list without repeating itself before every member has been drawn. */
export class Draw<T> {
  private left: T[] = [];

  constructor(
    private readonly all: readonly T[],
    private readonly next: () => number,
  ) {}

  some(count: number): T[] {
    return Array.from({ length: count }, () => {
      if (this.left.length === 0) this.left = [...this.all];
      return this.left.splice(Math.floor(this.next() * this.left.length), 1)[0]!;
    });
  }
}
