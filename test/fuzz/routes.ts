import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import { z } from 'zod';
import type { ApiScope } from '../../src/accounts/api-scope.js';
import { NEEDS, NEEDS_SCOPE } from '../../src/accounts/needs.js';
import type { Permission } from '../../src/accounts/permissions.js';
import { API_ROUTE, type ApiRouteSpec } from '../../src/api/route.js';
import { CALLBACK } from '../../src/platform/http/access.js';
import { web } from '../../src/web.js';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the router knows it: `/issues/:id/board`. */
  path: string;
  needs: Permission | null;
  scope: ApiScope | null;
  callback: boolean;
  /** JSON Schemas of what the API takes. */
  body: Schema | null;
  query: Schema | null;
}

export interface Schema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  minimum?: number;
}

/** Every route of every controller; a stream is left out, because its answer does not end. */
export function allRoutes(): Route[] {
  return web.controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor')
      .map((name) => prototype[name])
      .filter((member): member is object => typeof member === 'function' && Reflect.hasMetadata(PATH_METADATA, member))
      .filter((member) => Reflect.getMetadata(SSE_METADATA, member) !== true)
      .map((member) => routeOf(controller, member));
  });
}

function routeOf(controller: Type, member: object): Route {
  const own = <T>(key: string): T | null =>
    (Reflect.getMetadata(key, member) ?? Reflect.getMetadata(key, controller) ?? null) as T | null;
  const spec = own<ApiRouteSpec>(API_ROUTE);
  const path = [controller, member].map((place) =>
    String(Reflect.getMetadata(PATH_METADATA, place) ?? '').replace(/^\/|\/$/g, ''),
  );
  return {
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, member) as number] as Route['method'],
    path: `/${path.filter(Boolean).join('/')}`,
    needs: own<Permission>(NEEDS),
    scope: own<ApiScope>(NEEDS_SCOPE),
    callback: own<boolean>(CALLBACK) === true,
    body: spec?.body ? schemaOf(spec.body) : null,
    query: spec?.query ? schemaOf(spec.query) : null,
  };
}

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;

/** A value that fits. */
export function sampleOf(schema: Schema, id: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!, id);
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, type]) => [name, sampleOf(type, id)]));
  if (schema.type === 'array') return schema.items ? [sampleOf(schema.items, id)] : [];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  if (schema.format === 'uuid') return id;
  return schema.format === 'date' ? '2025-04-03' : '某县某局';
}
