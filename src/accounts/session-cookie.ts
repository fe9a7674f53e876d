import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Vault } from '../platform/crypto.js';
import type { Settings } from '../settings/settings.js';
import { sessionHours } from './session.service.js';

const name = 'kb_session';

export const sessionToken = (request: FastifyRequest): string | undefined => request.cookies[name];

/** Outlives the session: a form that comes after its end still has an owner. It opens nothing. */
const ownerName = 'kb_owner';
const ownerDays = 30;

/** @returns the account that was last signed in in this browser */
export function formOwner(request: FastifyRequest, vault: Vault): string | null {
  try {
    return vault.open(request.cookies?.[ownerName] ?? '');
  } catch {
    return null;
  }
}

function setOwnerCookie(reply: FastifyReply, accountId: string, vault: Vault, settings: Settings): void {
  reply.setCookie(ownerName, vault.seal(accountId), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.http.secureCookies,
    maxAge: ownerDays * 86_400,
  });
}

function setSessionCookie(reply: FastifyReply, token: string, settings: Settings): void {
  reply.setCookie(name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.http.secureCookies,
    maxAge: sessionHours * 3600,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(name, { path: '/' });
}

/** After signing in. */
export function setSignedIn(
  reply: FastifyReply,
  { token, accountId }: { token: string; accountId: string },
  vault: Vault,
  settings: Settings,
): void {
  setSessionCookie(reply, token, settings);
  setOwnerCookie(reply, accountId, vault, settings);
}
