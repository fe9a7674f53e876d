import { type ExecutionContext, SetMetadata, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';
import type { ApiScope, Permission } from '../domain/roles.js';

export const NEEDS = 'kuaibao:needs';
export const PART_NEEDS = 'kuaibao:partNeeds';
export const NEEDS_SCOPE = 'kuaibao:needsScope';

/** The route, or every route of the controller, is for accounts with this permission, or with one of several. */
export const Needs = (...anyOf: readonly Permission[]) => SetMetadata(NEEDS, anyOf);

/** A part of what the route does needs this as well; its handler asks, see demand. */
export const PartNeeds = (permission: Permission) => SetMetadata(PART_NEEDS, permission);

/** The route is for programs whose key has this scope; no session opens it. */
export const NeedsScope = (scope: ApiScope) => SetMetadata(NEEDS_SCOPE, scope);

/** The signed-in account, in a route marked @Needs; the key's name in one marked @NeedsScope. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { signedIn } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!signedIn) throw new Error('@CurrentActor in a route without @Needs');
  return { id: signedIn.id, name: signedIn.name, roles: signedIn.roles, publications: signedIn.publications };
});
