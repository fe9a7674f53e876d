import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../platform/settings.js';
import { sessionHours } from './session.service.js';

const name = 'kb_session';

export const sessionToken = (request: FastifyRequest): string | undefined => request.cookies[name];

export function setSessionCookie(reply: FastifyReply, token: string, settings: Settings): void {
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
