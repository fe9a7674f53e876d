import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { KnownCaller } from '../platform/http/known-caller.js';
import { ApiKeyService } from './api-key.service.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

@Injectable()
export class KnownAccount extends KnownCaller {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
  ) {
    super();
  }

  async isKnown(request: FastifyRequest): Promise<boolean> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.keys.isValid(authorization);
    const token = sessionToken(request);
    return token !== undefined && (await this.sessions.rolesOf(token)) !== null;
  }
}
