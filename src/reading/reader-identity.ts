import { Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../platform/settings.js';
import { ReadingService } from './reading.service.js';

const cookieName = 'kb_reader';

/** A working day: somebody who reads in the morning and signs in the evening proves himself once. */
const proofSeconds = 12 * 3600;

/** Remembers, in a cookie of this one copy's pages, that the person has proven who he is. */
@Injectable()
export class ReaderIdentity {
  constructor(
    private readonly reading: ReadingService,
    private readonly settings: Settings,
  ) {}

  proof(request: FastifyRequest): string | undefined {
    return request.cookies[cookieName];
  }

  proven(request: FastifyRequest, token: string): boolean {
    const proof = this.proof(request);
    return proof !== undefined && this.reading.identityProven(token, proof);
  }

  remember(reply: FastifyReply, token: string, proof: string): void {
    reply.setCookie(cookieName, proof, {
      path: `/r/${token}`,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.http.secureCookies,
      maxAge: proofSeconds,
    });
  }
}
