const blockSize = 1024 * 1024;

/** Rows of cells as bytes: a long table costs what its text costs, not an object for every cell. */
export class PackedRows implements Iterable<string[]> {
  /** Each row lies within one block. */
  private readonly blocks: Buffer[] = [];
  /** Of the first row in each block. */
  private readonly firsts: number[] = [];
  /** Where each row ends in its block. */
  private readonly ends: number[] = [];

  get length(): number {
    return this.ends.length;
  }

  push(row: readonly string[]): void {
    const bytes = Buffer.from(JSON.stringify(row));
    let [block, start] = [this.blocks.at(-1), this.ends.at(-1) ?? 0];
    if (!block || start + bytes.length > block.length) {
      [block, start] = [Buffer.allocUnsafe(Math.max(blockSize, bytes.length)), 0];
      this.blocks.push(block);
      this.firsts.push(this.ends.length);
    }
    this.ends.push(start + bytes.copy(block, start));
  }

  /** Counted from 0; undefined beyond the last. */
  at(index: number): string[] | undefined {
    const end = this.ends[index];
    if (end === undefined) return undefined;
    let block = this.blocks.length - 1;
    while (this.firsts[block]! > index) block -= 1;
    const start = this.firsts[block] === index ? 0 : this.ends[index - 1]!;
    return JSON.parse(this.blocks[block]!.toString('utf8', start, end)) as string[];
  }

  slice(from = 0, to = this.length): string[][] {
    const rows: string[][] = [];
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index += 1) rows.push(this.at(index)!);
    return rows;
  }

  *[Symbol.iterator](): Iterator<string[]> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index)!;
  }
}
