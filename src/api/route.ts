import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ApiScope } from '../accounts/api-scope.js';
import { NeedsScope } from '../accounts/needs.js';
import { DomainError } from '../domain/errors.js';
import { withConfig } from '../platform/http/route-config.js';
import { EtagInterceptor } from './etag.interceptor.js';

export const API_ROUTE = 'kuaibao:apiRoute';

/** One operation of the interface: what the router, the guard and the OpenAPI document all go by. */
export interface ApiRouteSpec {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Under /api/v1, with `:id` for parameters. */
  path: string;
  scope: ApiScope;
  /** Chinese sentence. */
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Null answers 204 without content. */
  answer: z.ZodType | null;
  /** 200 unless given; 204 where `answer` is null. */
  status?: number;
  /** The change needs If-Match with the ETag that was read (RFC 9110 section 13.1.1). */
  ifMatch?: boolean;
}

const methods = {
  get: RequestMethod.GET,
  post: RequestMethod.POST,
  put: RequestMethod.PUT,
  delete: RequestMethod.DELETE,
} as const;

export const apiRoot = 'api/v1';

export const ApiRoute = (spec: ApiRouteSpec): MethodDecorator =>
  applyDecorators(
    RequestMapping({ path: `${apiRoot}/${spec.path}`, method: methods[spec.method] }),
    NeedsScope(spec.scope),
    SetMetadata(API_ROUTE, spec),
    HttpCode(spec.status ?? (spec.answer === null ? 204 : 200)),
    withConfig({ forPrograms: true }),
    UseInterceptors(EtagInterceptor),
  );

/** The version in If-Match, `"v7-…"`; what else the ETag says of is not what a change counts against. Throws api.ifMatchNeeded without one: a blind change would undo somebody else's. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  const version = /^(?:W\/)?"v(\d{1,9})(?:-[0-9a-f]{12})?"$/.exec(header ?? '')?.[1];
  if (version === undefined) throw new DomainError('api.ifMatchNeeded');
  return Number(version);
});
