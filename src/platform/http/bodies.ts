import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { PassThrough } from 'node:stream';
import { DomainError } from '../../domain/errors/errors.js';
import type { KnownCaller } from './known-caller.js';
import { withConfig } from './route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes, where more than a usual form is expected; only of callers who are known, unless `fromAnybody`. */
    largestBody?: number;
    fromAnybody?: boolean;
    /** The body is XML, and reaches the controller as its text in `{ xml }`. */
    takesXml?: boolean;
  }
}

/** A text of some thousand characters, nine bytes each when URL-encoded, and hundreds of ticked boxes. */
export const usualBody = 64 * 1024;

/** A form that may be longer than usual, of somebody who is signed in. */
export const LargestBody = (bytes: number) => withConfig({ largestBody: bytes });

/** What a provider pushes: some hundred reports at once. Its address is secret, and the controller checks it. */
export const PushedBody = () => withConfig({ largestBody: 256 * 1024, fromAnybody: true });

/** A provider calls with XML; the controller reads it, and proves who calls. */
export const XmlBody = () => withConfig({ takesXml: true });

/** Everywhere else XML is refused, as any other type is that nobody reads. */
export function takeXml(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.takesXml) done(null, { xml: String(body) });
    else done(Object.assign(new Error('no XML here'), { statusCode: 415 }));
  });
}

export interface BodyPatience {
  /** For the whole of a usual body; a larger one has the server's patience. */
  bodyMs: number;
}

/** No body is taken in that is larger, or slower, than its route has use for. */
export function limitBodies(fastify: FastifyInstance, callers: KnownCaller, { bodyMs }: BodyPatience): void {
  fastify.addHook('onRoute', (route: RouteOptions) => {
    route.bodyLimit = route.config?.largestBody ?? usualBody;
  });

  fastify.addHook('preParsing', async (request, reply, payload) => {
    const { takesFile, largestBody = usualBody, fromAnybody } = request.routeOptions.config;
    // A file is read by the controller, after the guards.
    if (takesFile || !mayExceed(request, 0)) return payload;
    if (largestBody > usualBody && !fromAnybody && mayExceed(request, usualBody) && !(await callers.isKnown(request))) {
      void reply.header('connection', 'close');
      throw new DomainError('account.signInNeeded');
    }
    if (largestBody > usualBody && !fromAnybody) return payload;
    const timely = payload.pipe(new PassThrough());
    const timer = setTimeout(() => {
      void reply.header('connection', 'close');
      timely.destroy(Object.assign(new Error('the body came too slowly'), { statusCode: 408 }));
    }, bodyMs);
    const settle = () => clearTimeout(timer);
    timely
      .once('end', settle)
      .once('close', settle)
      .on('error', () => undefined); // told to whoever reads, if anybody does
    payload.once('error', (error) => timely.destroy(error)).once('close', settle);
    return timely;
  });

  // Who has his answer and goes on sending: for a while, so that the answer is seen, and no longer.
  fastify.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request;
    if (!raw.complete && !raw.destroyed) {
      const timer = setTimeout(() => raw.complete || raw.destroy(), bodyMs);
      raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}

/** Also a body of unknown length. */
function mayExceed({ headers }: FastifyRequest, bytes: number): boolean {
  const length = Number(headers['content-length'] ?? (headers['transfer-encoding'] === undefined ? 0 : Infinity));
  return length > bytes;
}

/** The text that a route marked @XmlBody was sent; empty for anything else. */
export const xmlOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'xml' in body && typeof body.xml === 'string' ? body.xml : '';
