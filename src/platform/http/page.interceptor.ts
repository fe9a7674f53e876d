import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { View } from '../view/view.js';
import { PageReply, RawReply, SeeOther } from './page.js';
import { pageContext, wantsFragment } from './request.js';

/** Turns what a controller answered with into the response; anything else passes through. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly view: View) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => this.respond(answer, request, reply)));
  }

  private respond(answer: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    if (answer instanceof PageReply) {
      const { fragment, status, largeType } = answer.options;
      const name = fragment && wantsFragment(request) ? fragment : answer.template;
      const html = this.view.render(name, answer.props, pageContext(request, largeType));
      noStore(reply)
        .code(status ?? 200)
        .type('text/html; charset=utf-8')
        .header('vary', 'HX-Request');
      return html;
    }
    if (answer instanceof SeeOther) {
      // A redirect that fetch follows by itself would put a whole page into htmx's target.
      if (request.headers['hx-request'] === 'true') noStore(reply).code(200).header('hx-redirect', answer.url);
      else noStore(reply).code(303).header('location', answer.url);
      return '';
    }
    if (answer instanceof RawReply) {
      noStore(reply).code(200).headers(answer.headers);
      return typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body);
    }
    return answer;
  }
}

/** Pages are personal and restricted: no cache keeps them. */
export const noStore = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store');
