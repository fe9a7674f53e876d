import { type ExecutionContext, SetMetadata, type Type, createParamDecorator } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { FastifyRequest } from 'fastify';
import { CALLBACK, PUBLIC } from '../platform/http/access.js';
import type { Actor } from './actor.js';
import type { ApiScope } from './api-scope.js';
import type { Permission } from './permissions.js';

export const NEEDS = 'kuaibao:needs';
export const NEEDS_SCOPE = 'kuaibao:needsScope';

/** The route, or every route of the controller, is for accounts with this permission. */
export const Needs = (permission: Permission) => SetMetadata(NEEDS, permission);

/** The route is for programs whose key has this scope; no session opens it. */
export const NeedsScope = (scope: ApiScope) => SetMetadata(NEEDS_SCOPE, scope);

/** The signed-in account, in a route marked @Needs; the key's name in one marked @NeedsScope. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { signedIn } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!signedIn) throw new Error('@CurrentActor in a route without @Needs');
  return { id: signedIn.id, name: signedIn.name, roles: signedIn.roles };
});

/** Routes that carry none of @Public, @Callback, @Needs and @NeedsScope, as `Controller.method`: they are refused to everybody. */
export function unmarkedRoutes(controllers: readonly Type[]): string[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor' && isRoute(prototype[name]))
      .filter((name) => !isMarked(prototype[name] as object) && !isMarked(controller))
      .map((name) => `${controller.name}.${name}`);
  });
}

const isRoute = (member: unknown): boolean =>
  typeof member === 'function' && Reflect.hasMetadata(PATH_METADATA, member);

const isMarked = (target: object): boolean =>
  [PUBLIC, CALLBACK, NEEDS, NEEDS_SCOPE].some((mark) => Reflect.hasMetadata(mark, target));
