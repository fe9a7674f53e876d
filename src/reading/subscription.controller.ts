import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SubscriptionService } from '../distribution/subscriptions/subscription.service.js';
import { DomainError } from '../domain/errors/errors.js';
import { judgePress } from '../domain/reading/press.js';
import { Callback, Limited, Public, TakesFile } from '../platform/http/access.js';
import { Asked, Form, type FormFault, readForm, textField, ticked } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { readUpload } from '../platform/http/upload.js';
import { PageMarks } from './page-mark.js';

const typedForm = z.object({
  publication: z.string().max(40).default(''),
  name: textField(30),
  affiliation: textField(60),
  channel: z.enum(['email', 'sms']).catch('email'),
  address: z.string().max(300).default(''),
  sections: ticked(z.string().max(100)).pipe(z.array(z.string()).max(30)),
});
type Typed = z.infer<typeof typedForm>;

const complete = z.object({
  publication: z.uuid('请选择刊物。'),
  name: z.string().min(1, '请填写姓名或单位名称。'),
});
const codeForm = z.object({ code: z.string().max(4000).default('') });
const sentText = z.string().catch('');
const endForm = z
  .looseObject({ 'List-Unsubscribe': sentText, page: sentText })
  .catch({ 'List-Unsubscribe': '', page: '' });
/** Bytes of a file that a mail program would have no reason to send. */
const mostOneClick = 1024;

const nothing: Typed = { publication: '', name: '', affiliation: '', channel: 'email', address: '', sections: [] };

/** Public pages of voluntary subscription. Nothing here tells whether an address is known; no GET changes anything. */
@Public()
@Controller()
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly marks: PageMarks,
  ) {}

  @Get('subscribe')
  form(): Promise<PageReply> {
    return this.show(nothing, [], 200);
  }

  @Limited(20)
  @Post('subscribe')
  async request(@Body() body: unknown, @Req() request: FastifyRequest): Promise<PageReply | SeeOther> {
    const reading = readForm(typedForm, body);
    if (!reading.ok) return this.show(nothing, reading.faults, 422);
    const typed = reading.value;
    const checked = readForm(complete, typed);
    if (!checked.ok) return this.show(typed, checked.faults, 422);
    try {
      const { publication, ...rest } = typed;
      const { ref } = await this.subscriptions.request({ ...rest, publicationId: publication }, request.ip);
      return seeOther(`/subscribe/code/${ref}`);
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.show(typed, [{ field, message: error.message }], error.status);
    }
  }

  @Get('subscribe/code/:ref')
  askCode(@Param('ref') ref: string): PageReply {
    return page('reader/subscribe-code', { ref, error: '' });
  }

  @Limited(20)
  @Post('subscribe/code/:ref')
  async enterCode(
    @Param('ref') ref: string,
    @Form(codeForm) { code }: z.infer<typeof codeForm>,
  ): Promise<PageReply | SeeOther> {
    try {
      await this.subscriptions.confirmByCode(ref, code);
      return seeOther('/subscribe/done');
    } catch (error) {
      if (!(error instanceof DomainError) || !/\.code(Wrong|Unreadable)$/.test(error.code)) throw error;
      return page('reader/subscribe-code', { ref, code, error: error.message }, { status: error.status });
    }
  }

  /** From the mail. Scanners open every link: only the press confirms. */
  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Limited(60)
  @Get('subscribe/confirm/:token')
  async askConfirm(@Param('token') token: string): Promise<PageReply> {
    const pending = await this.subscriptions.pending(token);
    if (!pending) return page('reader/subscribe-void', {}, { status: 410 });
    const { publication, sections, masked } = pending;
    return page('reader/subscribe-confirm', { token, publication, masked, sections: sections.join('、') });
  }

  @Limited(60)
  @Post('subscribe/confirm/:token')
  async confirm(@Param('token') token: string): Promise<PageReply | SeeOther> {
    if (await this.subscriptions.confirmByLink(token)) return seeOther('/subscribe/done');
    return page('reader/subscribe-void', {}, { status: 410 });
  }

  @Get('subscribe/done')
  done(): PageReply {
    return page('reader/subscribe-done', {});
  }

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Limited(60)
  @Get('u/:token')
  askEnd(@Param('token') token: string, @Asked('ended') ended: string | undefined): Promise<PageReply> {
    return this.ending(token, ended === '1');
  }

  /**
   * One press on the page, by its mark, or one POST of a mail program (RFC 8058, 3.1: the pair List-Unsubscribe=One-Click, as a
   * form or multipart, without cookie, from wherever that program runs, answered without a redirect). Anything else ends
   * nothing, and is asked.
   */
  @Callback()
  @TakesFile()
  @Limited(60)
  @Post('u/:token')
  @HttpCode(200)
  async end(@Param('token') token: string, @Req() request: FastifyRequest): Promise<PageReply> {
    const sent = request.isMultipart() ? (await readUpload(request, mostOneClick)).fields : (request.body ?? {});
    const { 'List-Unsubscribe': asked, page: mark } = endForm.parse(sent);
    const via = asked.trim().toLowerCase() === 'one-click' ? 'oneClick' : this.isPressed(mark, token) ? 'page' : null;
    return this.friendly(async () => {
      if (via !== null) await this.subscriptions.end(token, via);
      return this.ending(token, via !== null);
    });
  }

  private isPressed(mark: string, token: string): boolean {
    const ageMs = this.marks.ageOf(mark, 'unsubscribe', token);
    return ageMs !== null && judgePress({ ageMs, asked: true, decoyed: false }, false) === 'acknowledged';
  }

  private ending(token: string, ended: boolean): Promise<PageReply> {
    return this.friendly(async () => {
      const { publication, masked, state } = await this.subscriptions.byEndToken(token);
      const living = state === 'active' || state === 'confirmed';
      const mark = this.marks.make('unsubscribe', token);
      const props = { token, mark, publication, masked, living, ended: ended && !living };
      // A mail program follows no redirect (RFC 8058, 3.1).
      return page('reader/unsubscribe', props, { keep: false });
    });
  }

  private async friendly(work: () => Promise<PageReply>): Promise<PageReply> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'subscription.notFound') throw error;
      return page('reader/subscribe-void', {}, { status: 404, keep: false });
    }
  }

  private async show(form: Typed, faults: FormFault[], status: number): Promise<PageReply> {
    const publications = await this.subscriptions.openPublications();
    const props = {
      form,
      faults,
      publications: publications.map(({ id, name, sections }) => ({
        ...{ id, name, chosen: id === form.publication || publications.length === 1 },
        sections: sections.map((section, i) => ({
          id: `${id}-${i}`,
          text: section,
          chosen: form.sections.includes(section),
        })),
      })),
    };
    return page('reader/subscribe', props, { status });
  }
}

/** The field of the form that a refusal is about. */
const refusedField: Readonly<Record<string, string>> = {
  'list.contactInvalid': 'address',
  'subscription.closed': 'publication',
  'subscription.tooMany': '',
};
