import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { damaged, FileFault, tooLarge } from './file-fault.js';

export type Attributes = Readonly<Record<string, string>>;

/** Gets a part of a file as it is read; names come without their prefix, which any program may choose. */
export interface PartReader {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
  /** A character that XML does not know, or one that is none. @returns false where that is no matter of a single cell */
  badCharacter?(): boolean;
  /** True when nothing more is wanted. */
  done?(): boolean;
}

/** A worksheet nests 8 deep, extensions some more. */
const deepest = 64;
/** A cell holds 32,767 characters (ECMA-376), each of which may be written as `&#x20BB7;` or `_x0000_`. */
const longestBetweenTags = 1_000_000;
/** Fifty thousand rows of sixty columns have six million. */
const mostElements = 10_000_000;

const badCharacter = /^(?:malformed character entity|disallowed character)\.$/;

/**
 * @throws FileFault when it is not well formed, has a document type, or is made to fill the memory
 */
export function readPart(pieces: Iterable<Uint8Array>, reader: PartReader): void {
  const parser = new SaxesParser({ position: false });
  let [depth, quiet, elements] = [0, 0, 0];
  parser.on('opentag', ({ name, attributes }) => {
    [depth, quiet, elements] = [depth + 1, 0, elements + 1];
    if (depth > deepest) throw damaged();
    if (elements > mostElements) throw tooLarge();
    reader.open(localName(name), attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    [depth, quiet] = [depth - 1, 0];
    reader.close?.(localName(name));
  });
  const text = (content: string): void => reader.text?.(content);
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('doctype', () => {
    throw damaged();
  });
  parser.on('error', (error) => {
    if (!badCharacter.test(error.message) || reader.badCharacter?.() !== true) throw damaged(error);
  });
  for (const content of decodedParts(pieces)) {
    if (quiet > longestBetweenTags) throw tooLarge();
    quiet += content.length;
    parser.write(content);
    if (reader.done?.()) return;
  }
  parser.close();
}

function* decodedParts(pieces: Iterable<Uint8Array>): Iterable<string> {
  let decoder: TextDecoder | null = null;
  for (const piece of pieces) {
    decoder ??= decoderFor(piece);
    yield decoder.decode(piece, { stream: true });
  }
  if (decoder === null) throw damaged();
  yield decoder.decode();
}

function decoderFor(start: Uint8Array): TextDecoder {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le');
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be');
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(Buffer.from(start.subarray(0, 200)).toString('latin1'));
  try {
    return new TextDecoder(declared?.[1] ?? 'utf-8');
  } catch {
    throw new FileFault('encoding');
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute that has a prefix, whichever it is: `r:id`. */
export const prefixed = (attributes: Attributes, name: string): string | undefined =>
  attributes[Object.keys(attributes).find((key) => key.endsWith(`:${name}`)) ?? ''];

/** xsd:boolean, and what older programs write. */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && ['1', 'true', 'on', 't'].includes(value.trim().toLowerCase());
