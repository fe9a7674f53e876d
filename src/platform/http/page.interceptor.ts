import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, from, lastValueFrom, type Observable, of } from 'rxjs';
import { View } from '../view/view.js';
import type { AnsweredForms } from './answered-forms.js';
import { PageReply, RawReply, SeeOther } from './page.js';
import { type Presses, takePage } from './presses.js';
import { pageContext, wantsFragment } from './request.js';

/** Turns what a controller answered with into the response; anything else passes through. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly view: View,
    private readonly forms: AnsweredForms,
    private readonly presses: Presses,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const isForm = this.forms.isForm(request);
    if (!isForm) takePage(request); // a script of ours sends the same form
    const answers = isForm ? from(this.once(request, next)) : next.handle();
    return answers.pipe(
      concatMap((answer: unknown) =>
        answer instanceof PageReply || answer instanceof SeeOther || answer instanceof RawReply
          ? from(this.respond(answer, request, reply))
          : of(answer),
      ),
    );
  }

  /** A page as the answer means that nothing was done yet, or nothing that one could be led to. */
  private async once(request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const press = await this.presses.begin(request);
    if (press === null) return lastValueFrom(next.handle());
    if ('leadsTo' in press) return new SeeOther(press.leadsTo);
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      if (answer instanceof SeeOther) await this.presses.done(press.key, answer.url);
      else await this.presses.undone(press.key);
      return answer;
    } catch (error) {
      await this.presses.undone(press.key);
      throw error;
    }
  }

  private async respond(
    answer: PageReply | SeeOther | RawReply,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    if (answer instanceof PageReply) return this.page(answer, request, reply);
    await this.forms.taken(request);
    if (answer instanceof SeeOther) {
      // A redirect that fetch follows by itself would put a whole page into htmx's target.
      if (request.headers['hx-request'] === 'true') noStore(reply).code(200).header('hx-redirect', answer.url);
      else noStore(reply).code(303).header('location', answer.url);
      return '';
    }
    noStore(reply).code(answer.status).headers(answer.headers);
    return typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body);
  }

  private async page(answer: PageReply, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { fragment, status = 200, largeType, keep = true } = answer.options;
    const name = fragment && wantsFragment(request) ? fragment : answer.template;
    const render = (path: string) => {
      const html = this.view.render(name, answer.props, { ...pageContext(request, largeType), path });
      return request.signedIn === undefined ? html : this.presses.mark(html);
    };
    noStore(reply).header('vary', 'HX-Request');
    const shown =
      keep && this.forms.isForm(request)
        ? await this.forms.answer(request, reply, status, render)
        : { html: await this.forms.fillIn(render(request.url), request) };
    if ('shownAt' in shown) {
      reply.code(303).header('location', shown.shownAt);
      return '';
    }
    reply.code(status).type('text/html; charset=utf-8');
    return shown.html;
  }
}

/** Pages are personal and restricted: no cache keeps them. */
export const noStore = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store');
