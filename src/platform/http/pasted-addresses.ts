import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { meantAddress } from '../../domain/reading/pasted-address.js';

/** Leads who looks at a page to the address that was meant; what is sent is taken where it was meant to go. */
export class PastedAddresses {
  private readonly mended = new WeakSet<object>();

  /** For Fastify's rewriteUrl, before it looks for a route. */
  read(request: Pick<IncomingMessage, 'url'>): string {
    const given = request.url ?? '/';
    // Whole addresses are for proxies, but a server takes them too (RFC 9112 section 3.2.2).
    const local = given.replace(/^https?:\/\/[^/?#]*(?=$|[/?#])/i, '');
    const target = local === '' ? '/' : local;
    const meant = meantAddress(target);
    if (meant !== null) this.mended.add(request);
    return meant ?? target;
  }

  lead(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const looks = request.method === 'GET' || request.method === 'HEAD';
      if (!looks || !this.mended.has(request.raw)) return done();
      void reply.header('cache-control', 'no-store').redirect(request.raw.url!, 303);
    });
  }
}
