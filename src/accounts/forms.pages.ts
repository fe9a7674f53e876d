import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { LargestBody } from '../platform/http/bodies.js';
import { Public } from '../platform/http/access.js';
import { AnsweredForms, pageOfForm, shownPath } from '../platform/http/answered-forms.js';
import { Drafts, fieldsOf } from '../platform/http/drafts.js';
import { Asked, Form, Search } from '../platform/http/form.js';
import { keeperOf, KeptPages } from '../platform/http/kept-pages.js';
import { localPath, ownHtml, type RawReply, seeOther, type SeeOther } from '../platform/http/page.js';
import type { Actor } from './actor.js';
import { CurrentActor, Needs } from './needs.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

const formPath = z.string().regex(/^\/[\w/.:-]{1,300}$/);
const draftOf = z.object({ form: formPath });
const discarded = z.object({ draft: formPath });

/** Pages that answered a form, and text that is being typed. */
@Controller()
export class FormsPages {
  constructor(
    private readonly pages: KeptPages,
    private readonly drafts: Drafts,
    private readonly forms: AnsweredForms,
    private readonly sessions: SessionService,
  ) {}

  /** Open to whoever has the cookie it was kept for; of an account only while a session of it lasts. */
  @Public()
  @Get(`${shownPath.slice(1)}/:id`)
  async shown(
    @Param('id') id: string,
    @Asked('at') at: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<RawReply | SeeOther> {
    const found = await this.pages.find(id.slice(0, 100));
    const token = sessionToken(request);
    const account = token === undefined ? null : await this.sessions.find(token);
    const mine = [this.forms.visitor(request), account && keeperOf.account(account.id)];
    if (found !== null && mine.includes(found.keeper)) return ownHtml(found.page.html, found.page.status);
    if (found !== null && account === null && found.keeper.startsWith('account:'))
      return seeOther(`/signin?next=${encodeURIComponent(request.url)}`);
    // Too old: the page on which the form stood, where what was typed waits.
    const back = localPath(at, '');
    if (back === '') throw new DomainError('http.notFound');
    return seeOther(back);
  }

  /** While somebody types; any call keeps his session open. */
  @LargestBody(4 * 1024 * 1024)
  @Needs('session.own')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Post('drafts')
  async save(
    @Search(draftOf) { form }: z.infer<typeof draftOf>,
    @Body() body: unknown,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.drafts.save(actor.id, form, fieldsOf(body), false);
  }

  @LargestBody(4 * 1024 * 1024)
  @Needs('session.own')
  @Post('drafts/discard')
  async discard(
    @Form(discarded) { draft }: z.infer<typeof discarded>,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.drafts.forget(actor.id, draft);
    return seeOther(pageOfForm(request) ?? '/');
  }
}
