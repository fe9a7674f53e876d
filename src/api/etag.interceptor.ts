import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, map, type Observable } from 'rxjs';
import { DomainError } from '../domain/errors/errors.js';
import { sha256Hex } from '../platform/crypto.js';
import { hasAlready } from '../platform/http/entity-tags.js';

/**
 * `version` of the answer, with a digest of all of it, becomes its ETag: who holds a post may change with the day alone.
 * A reader who has it gets 304; a change of an old version gets 412.
 */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => this.tag(answer, request, reply)),
      catchError((error: unknown) => {
        const lost = error instanceof DomainError && error.code.endsWith('hangedMeanwhile');
        throw lost && request.headers['if-match'] !== undefined ? new DomainError('api.stale') : error;
      }),
    );
  }

  private tag(answer: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    void reply.header('cache-control', 'no-store');
    const version = (answer as { version?: unknown } | undefined)?.version;
    if (!Number.isInteger(version)) return answer;
    const etag = `"v${String(version)}-${sha256Hex(JSON.stringify(answer)).slice(0, 12)}"`;
    void reply.header('etag', etag);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || !hasAlready(request.headers['if-none-match'], etag)) return answer;
    void reply.code(304);
    return '';
  }
}
