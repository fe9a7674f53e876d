import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What stands on the pages of a PDF; places in points from the left and lower edge, lines from the upper one down. */
export interface PrintedPages {
  title: string;
  author: string;
  /** Whether the file says that it is PDF/A-2b. */
  pdfa: boolean;
  /** PostScript names of the embedded fonts, with the sign of a subset: ABCDEF+NotoSerifSC-Regular */
  fonts: string[];
  pages: { text: string; lines: { text: string; x: number; y: number; size: number }[] }[];
}

export const printedPages = (pdf: Uint8Array): PrintedPages =>
  JSON.parse(
    execFileSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'printed-pages.mjs')], {
      input: pdf,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as PrintedPages;
