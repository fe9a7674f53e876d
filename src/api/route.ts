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
import { NeedsScope } from '../accounts/needs.js';
import { formValue } from '../platform/http/form.js';
import { withConfig } from '../platform/http/route-config.js';
import { EtagInterceptor } from './etag.interceptor.js';
import type { ApiScope } from '../domain/roles.js';

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
    withConfig({ forPrograms: true, largestBody: 256 * 1024 }), // two lists of a thousand ids
    UseInterceptors(EtagInterceptor),
  );

/** The body as the route's `body` describes it: what is checked is what the OpenAPI document promises. Throws http.badInput. */
export const ApiBody = createParamDecorator((_: undefined, context: ExecutionContext) => readAs('body', context));

/** The same for the query, as the route's `query` describes it. */
export const ApiQuery = createParamDecorator((_: undefined, context: ExecutionContext) => readAs('query', context));

function readAs(part: 'body' | 'query', context: ExecutionContext): unknown {
  const spec = Reflect.getMetadata(API_ROUTE, context.getHandler()) as ApiRouteSpec;
  const schema = spec[part];
  if (!schema) throw new Error(`the route ${spec.path} describes no ${part}`);
  return formValue(schema, context.switchToHttp().getRequest<FastifyRequest>()[part]);
}
