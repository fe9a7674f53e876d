import type { Filled } from '../../rendering/slots.js';

/** Bytes of a full line: 76 characters of base64. */
const LINE = 57;
const nothing = Buffer.alloc(0);

/** What is left of a run after some of its bytes went to the personal text before it. */
interface Rest {
  /** Its whole lines, encoded. */
  lines: string;
  /** The bytes after the last whole line. */
  tail: Buffer;
}

/**
 * The text as UTF-8 in base64, in lines of at most 76 characters joined by CRLF. What all copies of a text share is encoded
 * once: a run between two personal values gives up to two bytes to the value before it, so that the rest begins at a
 * multiple of three bytes, and there are three such rests at most.
 */
export function base64Lines(text: string | Filled): string {
  if (typeof text === 'string') return encoded(Buffer.from(text, 'utf8'));
  const { pieces, values } = text;
  const lines: string[] = [];
  let pending: Buffer = nothing;
  runsOf(pieces).forEach((run, place) => {
    const lent = Math.min((3 - (pending.length % 3)) % 3, run.bytes.length);
    if (run.bytes.length - lent < LINE) pending = Buffer.concat([pending, run.bytes]);
    else {
      const { lines: own, tail } = run.after(lent);
      if (pending.length > 0) lines.push(encoded(Buffer.concat([pending, run.bytes.subarray(0, lent)])));
      lines.push(own);
      pending = tail;
    }
    const value = values[pieces[2 * place + 1] ?? ''];
    if (value) pending = Buffer.concat([pending, Buffer.from(value, 'utf8')]);
  });
  if (pending.length > 0) lines.push(encoded(pending));
  return lines.join('\r\n');
}

/** What stands between two personal values. */
class Run {
  readonly bytes: Buffer;
  private readonly rests: Rest[] = [];

  constructor(text: string) {
    this.bytes = Buffer.from(text, 'utf8');
  }

  after(lent: number): Rest {
    return (this.rests[lent] ??= this.encodeAfter(lent));
  }

  private encodeAfter(lent: number): Rest {
    const end = this.bytes.length - ((this.bytes.length - lent) % LINE);
    return { lines: encoded(this.bytes.subarray(lent, end)), tail: this.bytes.subarray(end) };
  }
}

/** Kept for as long as the text they belong to. */
const known = new WeakMap<readonly string[], Run[]>();

function runsOf(pieces: readonly string[]): Run[] {
  let runs = known.get(pieces);
  if (!runs) {
    runs = pieces.filter((_piece, place) => place % 2 === 0).map((piece) => new Run(piece));
    known.set(pieces, runs);
  }
  return runs;
}

function encoded(bytes: Buffer): string {
  if (bytes.length <= LINE) return bytes.toString('base64');
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
}
