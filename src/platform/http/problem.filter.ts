import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorText } from '../../domain/errors.js';
import { randomToken } from '../crypto.js';
import { View } from '../view/view.js';
import { noStore } from './page.interceptor.js';
import { expectedProblem, type Problem } from './problem.js';
import { pageContext, routePattern, wantsFragment, wantsPage } from './request.js';

/** Where somebody who is not signed in is sent, with the page to come back to. */
const signInPath = '/signin';

/** Every failure becomes a page, a fragment (htmx) or problem+json (RFC 9457); never a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly view: View) {}

  catch(error: unknown, host: ArgumentsHost): void {
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
    if (problem.code === 'account.signInNeeded' && request.method === 'GET' && !wantsFragment(request)) {
      void reply.redirect(`${signInPath}?next=${encodeURIComponent(request.url)}`, 303);
      return;
    }
    const name = wantsFragment(request) ? 'problem/_problem' : 'problem/problem';
    const html = this.view.render(
      name,
      { title: number === null ? '无法完成' : '出错了', problem, number },
      pageContext(request),
    );
    void reply.code(problem.status).type('text/html; charset=utf-8').send(html);
  }

  private sendJson({ status, code, text, faults }: Problem, number: string | null, reply: FastifyReply): void {
    const body = { type: 'about:blank', status, code, title: text, faults, ...(number === null ? {} : { number }) };
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
