import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

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

/** Reads it in a process of its own; see printed-pages.mjs. */
export async function printedPages(pdf: Uint8Array): Promise<PrintedPages> {
  const program = join(import.meta.dirname, 'printed-pages.mjs');
  const reading = promisify(execFile)(process.execPath, ['--no-warnings', program], { maxBuffer: 64 * 1024 * 1024 });
  reading.child.stdin!.end(pdf);
  return JSON.parse((await reading).stdout) as PrintedPages;
}
