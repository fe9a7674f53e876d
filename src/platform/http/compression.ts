import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export type Coding = 'br' | 'gzip';

/** Below this the answer fits into one packet anyway. */
const smallest = 1024;

const compressible = /^(?:text\/(?!event-stream)|application\/(?:problem\+)?json|image\/svg\+xml)/;

/** The better of ours that Accept-Encoding allows (RFC 9110 section 12.5.3), or null. */
export function chosenCoding(accept: string | undefined): Coding | null {
  const weights = new Map<string, number>();
  for (const part of (accept ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, q === undefined ? 1 : Number(q.slice(2)) || 0);
  }
  const weight = (coding: Coding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = weight('br') >= weight('gzip') ? 'br' : 'gzip';
  return weight(best) > 0 ? best : null;
}

type Packers = Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>>;

const packers: Packers = {
  gzip: promisify(gzip),
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/**
 * Another site that makes a browser ask for a page with chosen words in it could learn from the compressed lengths what else
 * stands there (BREACH). Such an answer goes out as it is; what our own pages or an address typed in ask for is compressed.
 */
function mayBeProbed({ method, url, headers }: FastifyRequest): boolean {
  const reflects = method !== 'GET' || url.includes('?');
  const site = headers['sec-fetch-site'];
  return reflects && !url.startsWith('/assets/') && site !== 'same-origin' && site !== 'none';
}

/** What is sent from one and the same buffer each time, such as a style sheet, is compressed once. */
export function packedOnce(pack: Packers): Packers {
  const once = (coding: Coding) => {
    const known = new WeakMap<Buffer, Promise<Buffer>>();
    return (body: Buffer): Promise<Buffer> => {
      const made = known.get(body) ?? pack[coding](body);
      known.set(body, made);
      return made;
    };
  };
  return { gzip: once('gzip'), br: once('br') };
}

/** Compresses pages, files of the pages and JSON; streams and pictures pass untouched. */
export function compressAnswers(fastify: FastifyInstance): void {
  const packed = packedOnce(packers);
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    if (!compressible.test(String(reply.getHeader('content-type') ?? ''))) return payload;
    const vary = reply.getHeader('vary');
    // Also of an answer that stays as it is: a cache must not give it, or another one, to everybody.
    void reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
    // A strong tag names these bytes and no others.
    const strong = /^"/.test(String(reply.getHeader('etag') ?? ''));
    if (Buffer.byteLength(payload) < smallest || strong || mayBeProbed(request)) return payload;
    const coding = chosenCoding(request.headers['accept-encoding']);
    if (coding === null) return payload;
    void reply.header('content-encoding', coding).removeHeader('content-length');
    return packed[coding](typeof payload === 'string' ? Buffer.from(payload) : payload);
  });
}
