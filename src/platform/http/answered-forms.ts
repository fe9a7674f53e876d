import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayBeKept } from '../../domain/bulletin/keepable.js';
import { randomToken } from '../crypto.js';
import { Settings } from '../../settings/settings.js';
import { Drafts, fieldsOf } from './drafts.js';
import { keeperOf, KeptPages } from './kept-pages.js';
import { localPath } from './page.js';
import { wantsPage } from './request.js';

const visitorCookie = 'kb_visitor';

/** Path under which a page that answered a form is shown. */
export const shownPath = '/shown';

/**
 * What follows every form that a browser sends, in one place: the page that answers it is shown by a GET, what was typed is
 * kept until the form is taken, and forgotten then.
 */
@Injectable()
export class AnsweredForms {
  constructor(
    private readonly pages: KeptPages,
    private readonly drafts: Drafts,
    private readonly settings: Settings,
  ) {}

  /** A form sent by a browser itself, not by a script of ours or by a program. */
  isForm(request: FastifyRequest): boolean {
    return request.method === 'POST' && request.headers['hx-request'] !== 'true' && wantsPage(request);
  }

  /**
   * Keeps the page for whoever sent the form.
   *
   * @param render makes the HTML, given the path under which it will be shown
   * @returns where it is shown; the HTML itself when it may not be kept
   */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    render: (path: string) => string,
  ): Promise<{ shownAt: string } | { html: string }> {
    const path = `${shownPath}/${KeptPages.newId()}`;
    const at = pageOfForm(request);
    const shownAt = at === null ? path : `${path}?at=${encodeURIComponent(at)}`;
    const html = render(shownAt);
    // What the secrecy gate refuses is not kept anywhere, not even as the answer to it.
    const mayKeep = fieldsOf(request.body).every(([, text]) => mayBeKept(text));
    const id = path.slice(shownPath.length + 1);
    const kept = mayKeep && (await this.pages.keep(id, this.keeper(request, reply), { html, status }));
    return kept ? { shownAt } : { html };
  }

  /** Of a form that could not be taken: the text waits for the page to be opened again. */
  async keepTyped(request: FastifyRequest, accountId: string, fields = fieldsOf(request.body)): Promise<void> {
    await this.drafts.save(accountId, pathOf(request), fields, true);
  }

  /** The form was taken. */
  async taken(request: FastifyRequest): Promise<void> {
    if (request.signedIn !== undefined && this.isForm(request))
      await this.drafts.forget(request.signedIn.id, pathOf(request));
  }

  async fillIn(html: string, request: FastifyRequest): Promise<string> {
    const { signedIn } = request;
    return request.method === 'GET' && signedIn !== undefined ? this.drafts.fillIn(html, signedIn.id) : html;
  }

  /** Whose pages this browser may see, besides those of its account. */
  visitor(request: FastifyRequest): string | null {
    const cookie = request.cookies?.[visitorCookie];
    return cookie === undefined ? null : keeperOf.visitor(cookie);
  }

  private keeper(request: FastifyRequest, reply: FastifyReply): string {
    if (request.signedIn !== undefined) return keeperOf.account(request.signedIn.id);
    const known = this.visitor(request);
    if (known !== null) return known;
    const cookie = randomToken();
    reply.setCookie(visitorCookie, cookie, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.http.secureCookies,
    });
    return keeperOf.visitor(cookie);
  }
}

export const pathOf = (request: FastifyRequest): string => request.url.replace(/[?#].*$/s, '');

/** The page that holds the form that was sent, as the browser says; null when it does not say, or names another site. */
export function pageOfForm(request: FastifyRequest): string | null {
  const { referer } = request.headers;
  if (referer === undefined || !URL.canParse(referer)) return null;
  const from = new URL(referer);
  if (from.host !== request.host) return null;
  // A form on a page that answered another one: where that was.
  if (from.pathname.startsWith(`${shownPath}/`)) return localPath(from.searchParams.get('at'), '') || null;
  return localPath(from.pathname + from.search, '') || null;
}
