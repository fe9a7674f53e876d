import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorText } from '../../domain/errors/errors.js';
import { randomToken } from '../crypto.js';
import { View } from '../view/view.js';
import { AnsweredForms, pageOfForm } from './answered-forms.js';
import { fieldsOf } from './drafts.js';
import { noStore } from './page.interceptor.js';
import { expectedProblem, type Problem } from './problem.js';
import { pageContext, routePattern, wantsFragment, wantsPage } from './request.js';

/** Where somebody who is not signed in is sent, with the page to come back to. */
const signInPath = '/signin';

/** Shorter ones are typed again faster than they are copied. */
const longText = 20;
const longTexts = (body: unknown): string[] =>
  fieldsOf(body).flatMap(([name, text]) => (text.length > longText && !/password/i.test(name) ? [text] : []));

/** Every failure becomes a page, a fragment (htmx) or problem+json (RFC 9457); never a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(
    private readonly view: View,
    private readonly forms: AnsweredForms,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const expected = expectedProblem(error);
    const number = expected ? null : this.log(error, request);
    if (reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    noStore(reply);
    const problem: Problem = expected ?? {
      status: 500,
      code: 'http.unexpected',
      text: errorText('http.unexpected'),
      faults: [],
    };
    if (!wantsPage(request)) return this.sendJson(problem, number, reply);
    if (problem.code === 'account.signInNeeded' && !wantsFragment(request)) {
      const next = request.method === 'GET' ? request.url : request.returnTo;
      if (next !== undefined) {
        const kept = request.method === 'GET' ? '' : '&kept=1';
        void reply.redirect(`${signInPath}?next=${encodeURIComponent(next)}${kept}`, 303);
        return;
      }
    }
    const render = (path: string, back: string | null, typed: readonly string[]) =>
      this.view.render(
        wantsFragment(request) ? 'problem/_problem' : 'problem/problem',
        { title: number === null ? '无法完成' : '出错了', problem, number, back, typed },
        { ...pageContext(request), path },
      );
    const html = await this.afterForm(request, reply, problem, render);
    if (html !== null) void reply.code(problem.status).type('text/html; charset=utf-8').send(html);
  }

  /**
   * What was typed into the form that failed waits on its page, for somebody who is signed in; for others it stands on this
   * one. @returns null when the answer has been sent as a redirect
   */
  private async afterForm(
    request: FastifyRequest,
    reply: FastifyReply,
    problem: Problem,
    render: (path: string, back: string | null, typed: readonly string[]) => string,
  ): Promise<string | null> {
    const { signedIn } = request;
    const back = pageOfForm(request);
    if (!this.forms.isForm(request)) return render(request.url, null, []);
    try {
      if (signedIn === undefined) return render(request.url, back, longTexts(request.body));
      await this.forms.keepTyped(request, signedIn.id);
      const shown = await this.forms.answer(request, reply, problem.status, (path) => render(path, back, []));
      if ('html' in shown) return shown.html;
      void reply.redirect(shown.shownAt, 303);
      return null;
    } catch (error) {
      // The database itself may be what failed: then the text goes back to whoever typed it.
      this.log(error, request);
      return render(request.url, back, longTexts(request.body));
    }
  }

  private sendJson({ status, code, text, faults }: Problem, number: string | null, reply: FastifyReply): void {
    const body = { type: 'about:blank', status, code, title: text, faults, number: number ?? undefined };
    void reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
  }

  /** @returns the number under which the log has it */
  private log(error: unknown, request: FastifyRequest): string {
    const number = randomToken(6);
    const stack = error instanceof Error ? error.stack : String(error);
    this.logger.error(`${number} ${routePattern(request)}`, stack);
    return number;
  }
}
