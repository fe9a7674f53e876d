import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import type { ApiScope, Permission } from '../domain/roles.js';
import { CALLBACK, PUBLIC } from '../platform/http/access.js';
import { NEEDS, NEEDS_SCOPE, PART_NEEDS } from './needs.js';

/** One route as the decorators of its controller have it: what the router answers and whom the guard lets in. */
export interface Route {
  method: string;
  /** As the router knows it: `/issues/:id/board`. */
  path: string;
  /** `Controller.method` */
  handler: string;
  /** The method itself, for what other decorators say of it. */
  member: object;
  /** Of several permissions one is enough; none where no account is asked for. */
  needs: readonly Permission[];
  /** For a part of what the route does. */
  partNeeds: Permission | null;
  scope: ApiScope | null;
  /** Whoever comes, or a provider that the handler itself proves. */
  open: 'public' | 'callback' | null;
  /** The answer goes on until somebody leaves. */
  streams: boolean;
}

/** Every route of the controllers; one with several paths stands there once for each. */
export function routesOf(controllers: readonly Type[]): Route[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const member = prototype[name];
      if (typeof member !== 'function' || name === 'constructor' || !Reflect.hasMetadata(PATH_METADATA, member))
        return [];
      return pathsOf(controller).flatMap((start) =>
        pathsOf(member).map((end) => ({
          ...routeOf(controller, member),
          path: `/${[start, end].filter(Boolean).join('/')}`,
          handler: `${controller.name}.${name}`,
        })),
      );
    });
  });
}

function routeOf(controller: Type, member: object): Omit<Route, 'path' | 'handler'> {
  const marked = <T>(key: string): T | null =>
    ((Reflect.getMetadata(key, member) ?? Reflect.getMetadata(key, controller)) as T | undefined) ?? null;
  return {
    method: RequestMethod[marked<number>(METHOD_METADATA)!]!,
    member,
    needs: marked<readonly Permission[]>(NEEDS) ?? [],
    partNeeds: marked<Permission>(PART_NEEDS),
    scope: marked<ApiScope>(NEEDS_SCOPE),
    open: marked<boolean>(PUBLIC) ? 'public' : marked<boolean>(CALLBACK) ? 'callback' : null,
    streams: marked<boolean>(SSE_METADATA) === true,
  };
}

/** Nest takes one path or several. */
const pathsOf = (target: object): string[] =>
  [(Reflect.getMetadata(PATH_METADATA, target) ?? '') as string | string[]]
    .flat()
    .map((path) => path.replace(/^\/|\/$/g, ''));

/** Who may use the route, in a word: `public`, `callback`, `key:groups.read`, permissions; `nobody` where nothing is marked. */
export function accessTo({ open, scope, needs, partNeeds }: Route): string {
  if (open !== null) return open;
  if (scope !== null) return `key:${scope}`;
  if (needs.length === 0) return 'nobody';
  return needs.join('|') + (partNeeds === null ? '' : `+${partNeeds}`);
}

/** One line for each route, by address: `METHOD PATH PERMISSION HANDLER`. */
export function routeLines(routes: readonly Route[]): string[] {
  const byAddress = (a: Route, b: Route): number =>
    a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1;
  return [...routes]
    .sort(byAddress)
    .map((route) => `${route.method} ${route.path} ${accessTo(route)} ${route.handler}`);
}
