const blockSize = 1024 * 1024;

export interface RowsParts {
  blocks: readonly Uint8Array<ArrayBuffer>[];
  firsts: readonly number[];
  ends: readonly number[];
  width: number;
}

/** Rows of cells as bytes: a long table costs what its text costs, not an object for every cell. */
export class PackedRows implements Iterable<string[]> {
  /** Each row lies within one block. */
  private readonly blocks: Buffer<ArrayBuffer>[] = [];
  /** Of the first row in each block. */
  private readonly firsts: number[] = [];
  /** Where each row ends in its block. */
  private readonly ends: number[] = [];
  private width = 0;

  /** What another thread has packed. */
  static from({ blocks, firsts, ends, width }: RowsParts): PackedRows {
    const rows = new PackedRows();
    rows.blocks.push(...blocks.map((block) => Buffer.from(block.buffer, block.byteOffset, block.byteLength)));
    for (const first of firsts) rows.firsts.push(first);
    for (const end of ends) rows.ends.push(end);
    rows.width = width;
    return rows;
  }

  /** For another thread; the blocks may be handed over as they are. */
  parts(): RowsParts {
    return { blocks: this.blocks, firsts: this.firsts, ends: this.ends, width: this.width };
  }

  /** From now on shorter rows are given with blank cells up to this many. */
  padTo(width: number): void {
    this.width = width;
  }

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
    const row = JSON.parse(this.blocks[block]!.toString('utf8', start, end)) as string[];
    while (row.length < this.width) row.push('');
    return row;
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
