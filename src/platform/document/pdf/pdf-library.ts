import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.min.mjs';

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const characterMap = /^[\w-]+\.bcmap$/;

/** Gives out tables of characters that lie in the package, and nothing else: no font, no address. */
class CharacterMaps {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    if (!characterMap.test(filename)) throw new Error('not given out');
    return new Uint8Array(await readFile(join(folder, 'cmaps', filename)));
  }
}

/**
 * Loads pdf.js into this thread, which is given up afterwards. It finds no canvas, which only drawing needs, and says nothing:
 * what it would say may hold words of the file.
 */
export async function loadPdfjs(): Promise<typeof Pdfjs> {
  const nothing = class {};
  Object.assign(globalThis, { DOMMatrix: nothing, ImageData: nothing, Path2D: nothing });
  const silent = () => undefined;
  Object.assign(console, { log: silent, info: silent, warn: silent, error: silent });
  Object.assign(process, { getBuiltinModule: undefined });
  await import('pdfjs-dist/legacy/build/pdf.worker.min.mjs');
  return import('pdfjs-dist/legacy/build/pdf.min.mjs');
}

/** Pictures are never unpacked, scripts and forms of XFA never run, nothing is fetched. */
export const carefully = {
  isEvalSupported: false,
  enableXfa: false,
  useSystemFonts: false,
  disableFontFace: true,
  useWasm: false,
  useWorkerFetch: false,
  maxImageSize: 1,
  stopAtErrors: false,
  verbosity: 0,
  // The maps lie in the package: an address must be given all the same.
  cMapUrl: './',
  cMapPacked: true,
  BinaryDataFactory: CharacterMaps,
} as const;
