import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.js';
import { rolesText } from '../domain/issue-state.js';
import { CALLBACK, PUBLIC } from '../platform/http/access.js';
import { NEEDS } from './needs.js';
import { mayDo, type Permission, rolesWith } from './permissions.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** Deny by default: what is neither @Public nor @Callback needs a session, and a permission that its account has. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, places)) return true;
    if (this.reflector.getAllAndOverride<boolean>(CALLBACK, places)) return true;

    const permission = this.reflector.getAllAndOverride<Permission | undefined>(NEEDS, places);
    if (permission === undefined) throw new DomainError('http.forbidden');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = sessionToken(request);
    const signedIn = token === undefined ? null : await this.sessions.find(token);
    if (!signedIn) throw new DomainError('account.signInNeeded');
    request.signedIn = signedIn;
    if (!mayDo(signedIn.roles, permission)) {
      throw new DomainError('account.needsRole', { roles: rolesWith(permission).map((role) => rolesText[role]) });
    }
    return true;
  }
}
