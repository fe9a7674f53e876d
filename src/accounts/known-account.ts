import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Vault } from '../platform/crypto.js';
import { KnownCaller } from '../platform/http/known-caller.js';
import { ApiKeyService } from './api-key.service.js';
import { formOwner, sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

@Injectable()
export class KnownAccount extends KnownCaller {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
    private readonly vault: Vault,
  ) {
    super();
  }

  async isKnown(request: FastifyRequest): Promise<boolean> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.keys.isValid(authorization);
    const token = sessionToken(request);
    if (token !== undefined && (await this.sessions.rolesOf(token)) !== null) return true;
    // A long form that comes after its session has ended is taken in as well: it waits for its owner.
    return formOwner(request, this.vault) !== null;
  }
}
