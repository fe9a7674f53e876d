import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../domain/errors/errors.js';
import { Settings } from '../../settings/settings.js';
import { CALLBACK } from './access.js';

export interface Provenance {
  method: string;
  secFetchSite: string | undefined;
  origin: string | undefined;
  referer: string | undefined;
  /** Host names with port under which this system is reached. */
  ownHosts: readonly string[];
}

/**
 * Whether a changing request was made by another site's page. Browsers send Sec-Fetch-Site only to https and localhost; on a
 * plain intranet address Origin tells. A client that sends neither is no browser that could be tricked; the session cookie
 * is SameSite=Lax besides.
 */
export function isCrossSite({ method, secFetchSite, origin, referer, ownHosts }: Provenance): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  if (secFetchSite !== undefined) return secFetchSite !== 'same-origin' && secFetchSite !== 'none';
  const from = origin ?? referer;
  if (from === undefined) return false;
  return !URL.canParse(from) || !ownHosts.includes(new URL(from).host);
}

@Injectable()
export class CrossSiteGuard implements CanActivate {
  private readonly publicHost: string;

  constructor(
    private readonly reflector: Reflector,
    settings: Settings,
  ) {
    this.publicHost = new URL(settings.http.publicUrl).host;
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(CALLBACK, [context.getHandler(), context.getClass()])) return true;
    const { method, headers, host } = context.switchToHttp().getRequest<FastifyRequest>();
    const crossSite = isCrossSite({
      method,
      secFetchSite: one(headers['sec-fetch-site']),
      origin: headers.origin,
      referer: headers.referer,
      ownHosts: [host, this.publicHost],
    });
    if (crossSite) throw new DomainError('http.crossSite');
    return true;
  }
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(',') : header;
