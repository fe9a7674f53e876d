import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors/errors.js';
import { type ApiScope, boundToPublication, demand, holdsFor, type Permission } from '../domain/roles.js';
import { CALLBACK, PUBLIC } from '../platform/http/access.js';
import { Vault } from '../platform/crypto.js';
import { AnsweredForms, pageOfForm, pathOf } from '../platform/http/answered-forms.js';
import { fieldsOf } from '../platform/http/drafts.js';
import { largestUpload, readUpload } from '../platform/http/upload.js';
import { ApiKeyService } from './api-key.service.js';
import { NEEDS, NEEDS_SCOPE } from './needs.js';
import { PublicationOfRepository } from './publication-of.repository.js';
import { formOwner, sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

/** Deny by default: what is neither @Public nor @Callback needs a session with a permission, or a key with a scope. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
    private readonly targets: PublicationOfRepository,
    private readonly forms: AnsweredForms,
    private readonly vault: Vault,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, places)) return true;
    if (this.reflector.getAllAndOverride<boolean>(CALLBACK, places)) return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const scope = this.reflector.getAllAndOverride<ApiScope | undefined>(NEEDS_SCOPE, places);
    if (scope !== undefined) {
      // RFC 6750 section 3: a refusal says how to ask.
      void context.switchToHttp().getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
      request.signedIn = {
        ...(await this.keys.admit(request.headers.authorization, scope)),
        publications: [],
        permissions: [],
      };
      return true;
    }
    const anyOf = this.reflector.getAllAndOverride<readonly Permission[] | undefined>(NEEDS, places);
    if (anyOf === undefined) throw new DomainError('http.forbidden');
    const token = sessionToken(request);
    const signedIn = token === undefined ? null : await this.sessions.find(token);
    if (!signedIn) {
      await this.keepForm(request);
      throw new DomainError('account.signInNeeded');
    }
    request.signedIn = signedIn;
    demand(signedIn.roles, ...anyOf);
    if (signedIn.publications.length > 0 && boundToPublication(...anyOf)) {
      const target = await this.targets.publicationOf(request.routeOptions.url ?? '', request.params);
      if (!holdsFor(signedIn.publications, target)) throw new DomainError('account.otherPublication');
    }
    return true;
  }

  /** A form that comes after its session has ended waits, for its account alone, until that has signed in again. */
  private async keepForm(request: FastifyRequest): Promise<void> {
    const owner = formOwner(request, this.vault);
    if (owner === null || !this.forms.isForm(request)) return;
    const fields = request.isMultipart() ? fieldsOf(await uploadedFields(request)) : fieldsOf(request.body);
    await this.forms.keepTyped(request, owner, fields);
    const asked = request.routeOptions.url ?? '';
    const hasPage = request.server.hasRoute({ method: 'GET', url: asked });
    request.returnTo = pageOfForm(request) ?? (hasPage ? pathOf(request) : '/');
  }
}

/** Of a form with a box to tick in each line of its page. */
const mostFields = 600;

/** A file cannot be put back into a field, the text beside it can. */
async function uploadedFields(request: FastifyRequest): Promise<Record<string, string | string[]>> {
  try {
    return Object.fromEntries((await readUpload(request, largestUpload, mostFields)).several);
  } catch {
    return {};
  }
}
