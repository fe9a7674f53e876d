import type { FastifyRequest } from 'fastify';

/** Whether somebody is signed in, or a program has a key: asked before a large body is taken in. */
export abstract class KnownCaller {
  abstract isKnown(request: FastifyRequest): Promise<boolean>;
}
