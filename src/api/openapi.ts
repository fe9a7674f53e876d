import type { Type } from '@nestjs/common';
import { z } from 'zod';
import { API_ROUTE, apiRoot, type ApiRouteSpec } from './route.js';
import { apiScopes } from '../domain/roles.js';

export interface ApiOperation extends ApiRouteSpec {
  /** `Controller.method`, unique. */
  id: string;
}

export function operationsOf(controllers: readonly Type[]): ApiOperation[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const member = prototype[name];
      if (name === 'constructor' || typeof member !== 'function') return [];
      const spec = Reflect.getMetadata(API_ROUTE, member) as ApiRouteSpec | undefined;
      return spec ? [{ ...spec, id: `${controller.name.replace(/Api$/, '')}.${name}` }] : [];
    });
  });
}

/** The OpenAPI 3.1 document of the operations; schemas come from the same zod types that check the requests. */
export function openApi(operations: readonly ApiOperation[], server: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = `/${operation.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'kuaibao', version: '1', description: '发送名单接口：单位、岗位、人员、分组、自愿订阅。' },
    servers: [{ url: `${server}/${apiRoot}` }],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: '接口密钥 kb_…，由安全管理员发放。' } },
      schemas: { Problem: problem },
    },
    paths,
  };
}

function describeOperation({ id, path, scope, summary, query, body, answer, status, ifMatch }: ApiOperation): object {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name!, 'path', true, { type: 'string' }));
  const fields = query ? schemaOf(query, 'input') : {};
  const required = (fields.required ?? []) as string[];
  const asked = Object.entries((fields.properties ?? {}) as Record<string, object>).map(([name, schema]) =>
    parameter(name, 'query', required.includes(name), schema),
  );
  const matched = ifMatch ? [parameter('If-Match', 'header', true, { type: 'string' })] : [];
  const success =
    answer === null
      ? { 204: { description: '已完成' } }
      : { [status ?? 200]: json('成功', schemaOf(answer, 'output')) };
  return {
    operationId: id,
    summary,
    description: `权限：${scope}（${apiScopes[scope]}）`,
    parameters: [...named, ...asked, ...matched],
    requestBody: body ? { required: true, ...json('', schemaOf(body, 'input')) } : undefined,
    responses: {
      ...success,
      default: {
        description: '未完成',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const parameter = (name: string, place: string, required: boolean, schema: object) => ({
  name,
  in: place,
  required,
  schema,
});
const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } });

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(type, { io, unrepresentable: 'any' }) };
  // The document names its dialect once for all.
  delete schema.$schema;
  return schema;
}

/** RFC 9457, as problem.filter.ts sends it. */
const problem = {
  type: 'object',
  required: ['type', 'status', 'code', 'title', 'faults'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: '稳定的错误代码，如 api.stale' },
    title: { type: 'string', description: '给人看的说明' },
    faults: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};
