import { z } from 'zod';
import { type Route as KnownRoute, routesOf } from '../../src/accounts/routes.js';
import { API_ROUTE, type ApiRouteSpec } from '../../src/api/route.js';
import { controllers } from '../../src/programs/web.js';

export interface Route extends KnownRoute {
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
  return routesOf(controllers)
    .filter(({ streams }) => !streams)
    .map((route) => {
      const spec = Reflect.getMetadata(API_ROUTE, route.member) as ApiRouteSpec | undefined;
      return {
        ...route,
        body: spec?.body ? schemaOf(spec.body) : null,
        query: spec?.query ? schemaOf(spec.query) : null,
      };
    });
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
