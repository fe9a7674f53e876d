import type { FastifyRequest } from 'fastify';
import type { PageContext } from '../view/helpers.js';
import type { Role } from '../../domain/roles.js';

/** Set on the request by the session guard. */
export interface SignedIn {
  id: string;
  name: string;
  roles: readonly Role[];
  /** Ids of the publications for which the roles hold; empty: all. */
  publications: readonly string[];
  permissions: readonly string[];
  /** Every page says that the system is on trial. */
  trial?: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    signedIn?: SignedIn;
    /** Where somebody whose session has ended goes on after signing in: the form that he sent is kept there. */
    returnTo?: string;
  }
}

export const largeTypeCookie = 'kb_type';

/** @param largeType where the device has no choice of its own */
export function pageContext(request: FastifyRequest, largeType = false): PageContext {
  const chosen = request.cookies?.[largeTypeCookie];
  return {
    account: request.signedIn ? { ...request.signedIn, trial: request.signedIn.trial === true } : null,
    largeType: chosen === undefined ? largeType : chosen === 'large',
    path: request.url,
  };
}

/** htmx wants a part of the page; with type `full` it replaces the whole body. */
export function wantsFragment(request: FastifyRequest): boolean {
  return request.headers['hx-request'] === 'true' && request.headers['hx-request-type'] !== 'full';
}

/** Browsers name text/html in Accept; programs do not. */
export function wantsPage(request: FastifyRequest): boolean {
  return request.headers['hx-request'] === 'true' || (request.headers.accept ?? '').includes('text/html');
}

/** The route's pattern: the address itself may hold a personal link, which stays out of logs. */
export function routePattern(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions?.url ?? '(no route)'}`;
}
