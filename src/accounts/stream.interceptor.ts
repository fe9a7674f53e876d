import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { NEEDS } from './needs.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { whileAllowed } from './while-allowed.js';
import { type Permission, mayDo } from '../domain/roles.js';

/**
 * The guard looks once, a stream lasts: it ends with the session, the account or the role that opened it. The browser then
 * asks again, is refused by the guard, and stops.
 */
@Injectable()
export class StreamInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const places = [context.getHandler(), context.getClass()];
    const anyOf = this.reflector.getAllAndOverride<readonly Permission[] | undefined>(NEEDS, places);
    const token = sessionToken(context.switchToHttp().getRequest<FastifyRequest>());
    const streams = this.reflector.get<boolean | undefined>(SSE_METADATA, context.getHandler()) === true;
    if (!streams || anyOf === undefined || token === undefined) return next.handle();
    return whileAllowed(next.handle(), async () => {
      const roles = await this.sessions.rolesOf(token);
      return roles !== null && mayDo(roles, ...anyOf);
    });
  }
}
