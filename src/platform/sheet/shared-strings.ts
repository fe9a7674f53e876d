import { unescaped } from './cell-text.js';
import { tooLarge } from '../office-file/file-fault.js';
import { readPart } from '../office-file/xml-part.js';
import type { ZipArchive } from '../office-file/zip-archive.js';

/** Characters of all of them, and how many. */
const largest = 40_000_000;
const most = 2_000_000;
/** A text of 32,767 characters has no more runs than characters. */
const mostRuns = 32_767;

/** Texts that cells refer to by number; of those with a character that is none, only which they are. */
export interface SharedStrings {
  texts: string[];
  broken: ReadonlySet<number>;
}

/**
 * The text of a `si` or `is` element: its `t` elements, with and without runs of formats. How it is read aloud (`rPh`, of
 * Japanese) is no part of it.
 */
export class RichText {
  private parts: string[] = [];
  private aloud = false;
  private within = false;

  open(name: string): void {
    if (name === 'rPh') this.aloud = true;
    if (name === 't') this.within = true;
  }

  close(name: string): void {
    if (name === 'rPh') this.aloud = false;
    if (name === 't') this.within = false;
  }

  text(text: string): void {
    if (!this.within || this.aloud) return;
    this.parts.push(text);
    if (this.parts.length > mostRuns) throw tooLarge();
  }

  /** The text, which begins anew. */
  take(): string {
    const text = unescaped(this.parts.join(''));
    this.parts = [];
    return text;
  }
}

export function readStrings(zip: ZipArchive, part: string | null): SharedStrings {
  const texts: string[] = [];
  const broken = new Set<number>();
  if (part === null) return { texts, broken };
  const rich = new RichText();
  let length = 0;
  readPart(zip.pieces(part), {
    open: (name) => rich.open(name),
    text: (text) => rich.text(text),
    close(name) {
      rich.close(name);
      if (name !== 'si') return;
      const text = rich.take();
      length += text.length;
      texts.push(text);
      if (length > largest || texts.length > most) throw tooLarge();
    },
    badCharacter() {
      broken.add(texts.length);
      return true;
    },
  });
  return { texts, broken };
}
