import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { sha256Hex } from '../crypto.js';

export interface Asset {
  bytes: Buffer;
  type: string;
  /** Start of the content's hash; part of the address, so that a browser may keep the file for ever. */
  version: string;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The few files that pages load, held in memory: own style and script, and htmx out of its npm package. */
export class Assets {
  private readonly files = new Map<string, Asset>();

  constructor(folder: string) {
    for (const name of readdirSync(folder)) if (types[extname(name)]) this.add(name, join(folder, name));
    this.add('htmx.js', createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'));
  }

  get(name: string): Asset | undefined {
    return this.files.get(name);
  }

  /** @throws Error for a file that is not there, so that a page cannot ask for one */
  url(name: string): string {
    const asset = this.files.get(name);
    if (!asset) throw new Error(`no asset named ${name}`);
    return `/assets/${name}?v=${asset.version}`;
  }

  private add(name: string, file: string): void {
    const bytes = readFileSync(file);
    this.files.set(name, { bytes, type: types[extname(name)]!, version: sha256Hex(bytes).slice(0, 12) });
  }
}
