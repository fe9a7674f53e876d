import { Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { memberStandsForCode, readerMayKeepFile } from '../domain/issue/secrecy.js';
import type { MemberStep } from '../domain/reading/member.js';
import { attachment } from '../platform/csv-file.js';
import { Limited, Public } from '../platform/http/access.js';
import { Asked, Form } from '../platform/http/form.js';
import { download, page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { EditionPrints, pdfName } from '../rendering/print/edition-prints.js';
import { Settings } from '../settings/settings.js';
import { CodeService, type TypedIn } from './code.service.js';
import { MemberProof } from './member-proof.js';
import { PageMarks } from './page-mark.js';
import { type Press, PressService } from './press.service.js';
import { ReaderIdentity } from './reader-identity.js';
import { readerProblem } from './reader-problem.js';
import { addressee, readerPageView } from './reader-view.js';
import { type ReaderView, ReadingService } from './reading.service.js';

/** Never refused as a form: a programme sends what it likes, and a person is asked once more. */
const pressForm = z
  .object({ page: z.string().max(200).catch(''), blank: z.unknown().optional() })
  .transform(({ page, blank }): Press => ({ page, filled: blank !== undefined && blank !== '' }));
const typedText = z.string().max(4000).catch('');
/** `tail` is null in a form that does not ask for it. */
const codeForm = z.object({ code: typedText, tail: z.string().max(4000).nullable().catch(null) });
type CodeForm = z.infer<typeof codeForm>;

/** Answered as it is, with the time to wait: who guesses without end fills no table with pages kept for him. */
const tooMany = 429;

/** Each costs an SMS. A whole office may share one address, so that other pages only have the general limit. */
const codesPerMinute = 60;

/**
 * Pages for recipients: reading by personal link or SMS code, and 签收. Looking changes nothing; only a POST does. Wrong codes
 * are counted by the service, which lets right ones through.
 */
@Public()
@Controller()
export class ReaderController {
  constructor(
    private readonly reading: ReadingService,
    private readonly codes: CodeService,
    private readonly presses: PressService,
    private readonly marks: PageMarks,
    private readonly identity: ReaderIdentity,
    private readonly member: MemberProof,
    private readonly prints: EditionPrints,
    private readonly settings: Settings,
  ) {}

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('r/:token')
  read(
    @Param('token') token: string,
    @Asked('sent') sent: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.friendly(async () => {
      const view = await this.reading.byToken(token);
      if (request.method === 'GET') await this.reading.recordFetched(view);
      const member = await this.memberStep(request, view);
      // No redirect: behind a form the content policy would not let it leave for WeCom.
      if (member === 'ask') return page('reader/member', { refresh: this.member.ask(request, reply, token) });
      if (view.needsIdentity && !this.identity.proven(request, token)) return this.askIdentity(token, sent, '', 200);
      const shown = readerPageView(view, await this.reading.textOf(view));
      const mark = this.marks.make('issue', token);
      return page('reader/issue', { ...shown, mark, untold: member === 'showUntold' }, { largeType: view.largeType });
    });
  }

  /** The edition's one file, for whoever may see the page and keep it. */
  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('r/:token/issue.pdf')
  file(@Param('token') token: string, @Req() request: FastifyRequest) {
    return this.friendly(async () => {
      const view = await this.reading.byToken(token);
      if (!readerMayKeepFile(view.level) || (await this.isHidden(request, view))) return seeOther(`/r/${token}`);
      const [{ title }, { pdf }] = await Promise.all([this.reading.textOf(view), this.prints.printOf(view.editionId)]);
      return download(pdf, 'application/pdf', attachment(pdfName(title)));
    });
  }

  /** Posted by the page's script once a person has it before him. */
  @HttpCode(204)
  @Post('r/:token/opened')
  async opened(
    @Param('token') token: string,
    @Asked('page') mark: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.presses.opened(token, mark ?? '', this.identity.proof(request));
  }

  @Post('r/:token/acknowledge')
  acknowledge(@Param('token') token: string, @Form(pressForm) press: Press, @Req() request: FastifyRequest) {
    return this.friendly(async () => {
      const member = this.member.proven(request, token);
      const outcome = await this.presses.acknowledge(token, press, this.identity.proof(request), member);
      return seeOther(outcome === 'acknowledged' ? `/r/${token}#acknowledgement` : `/r/${token}/acknowledge`);
    });
  }

  /** Back from WeCom, which says who has the link open. */
  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('r/:token/wecom')
  backFromWecom(
    @Param('token') token: string,
    @Asked() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.friendly(async () => {
      const view = await this.reading.byToken(token);
      const { to, judged } = await this.member.back(request, reply, view, asked);
      if (judged === 'own' && memberStandsForCode(view.level))
        this.identity.remember(reply, token, this.reading.proofFor(token));
      if (judged !== 'other') return seeOther(to);
      // Of somebody who had the account before.
      this.identity.forget(reply, token);
      throw new DomainError('reading.otherMember');
    });
  }

  /** Asks once more after a press that may have been a programme's: a person has to press again, and loses nothing else. */
  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('r/:token/acknowledge')
  askAgain(@Param('token') token: string, @Req() request: FastifyRequest) {
    return this.friendly(async () => {
      const view = await this.reading.byToken(token);
      const hidden = await this.isHidden(request, view);
      const asks = view.asksAcknowledgement && view.acknowledgedAt === null;
      if (hidden || !asks) return seeOther(`/r/${token}#acknowledgement`);
      const { title } = await this.reading.textOf(view);
      const props = { token, issue: title, addressee: addressee(view), mark: this.marks.make('again', token) };
      return page('reader/press-again', props, { largeType: view.largeType });
    });
  }

  /** The form that no person sees. */
  @Post('r/:token/receive')
  decoy(@Param('token') token: string, @Form(pressForm) press: Press, @Req() request: FastifyRequest) {
    return this.friendly(async () => {
      await this.presses.decoy(token, press.page, this.identity.proof(request));
      return seeOther(`/r/${token}/acknowledge`);
    });
  }

  @Limited(codesPerMinute)
  @Post('r/:token/identity/send')
  sendCode(@Param('token') token: string) {
    return this.friendly(async () => {
      const { sentTo } = await this.reading.requestIdentityCode(token);
      return seeOther(`/r/${token}?sent=${encodeURIComponent(sentTo)}`);
    });
  }

  @Post('r/:token/identity')
  prove(
    @Param('token') token: string,
    @Form(codeForm) form: CodeForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.friendly(async () => {
      try {
        const { proof } = await this.codes.confirmIdentity(token, form.code, request.ip);
        this.identity.remember(reply, token, proof);
        return seeOther(`/r/${token}`);
      } catch (error) {
        if (!isAboutCode(error)) throw error;
        return this.askIdentity(token, '', error.message, tellWait(reply, error).status, form.code);
      }
    });
  }

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get('s')
  askCode(@Asked('sent') sent: string | undefined): PageReply {
    return page('reader/code', { sent: sent === '1' });
  }

  /** The code from the SMS. Whoever types it has the person's phone, so the page behind it opens at once. */
  @Post('s')
  async enterCode(
    @Form(codeForm) form: CodeForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageReply | SeeOther> {
    return this.aboutCode(form, reply, async () => {
      const token = await this.codes.tokenForCode(typedIn(form), request.ip);
      this.identity.remember(reply, token, this.reading.proofFor(token));
      return seeOther(`/r/${token}`);
    });
  }

  /** Sends a new one in place of a code that has run out. */
  @Limited(codesPerMinute)
  @Post('s/renew')
  async renewCode(
    @Form(codeForm) form: CodeForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageReply | SeeOther> {
    return this.friendly(() =>
      this.aboutCode(form, reply, async () => {
        await this.codes.renew(typedIn(form), request.ip);
        return seeOther('/s?sent=1');
      }),
    );
  }

  /** What is wrong with a code stands beside it, and nothing that was typed is lost. */
  private async aboutCode(form: CodeForm, reply: FastifyReply, work: () => Promise<SeeOther>) {
    try {
      return await work();
    } catch (error) {
      if (!isAboutCode(error)) throw error;
      const { status } = tellWait(reply, error);
      if (error.code === 'reading.codeExpired') return page('reader/code-expired', { ...form }, { status });
      // After a wrong try the next one is asked for the end of the mobile as well.
      const asksTail = error.code !== 'reading.codeUnreadable' || form.tail !== null;
      return page('reader/code', { ...form, error: error.message, asksTail }, { status, keep: status !== tooMany });
    }
  }

  /** The page itself would first ask who reads. */
  private async isHidden(request: FastifyRequest, view: ReaderView): Promise<boolean> {
    const isUnproven = view.needsIdentity && !this.identity.proven(request, view.token);
    return isUnproven || (await this.memberStep(request, view)) === 'ask';
  }

  /** Whoever typed the code has the person's phone, whatever account he uses in WeCom. */
  private async memberStep(request: FastifyRequest, view: ReaderView): Promise<MemberStep> {
    const byCode = this.identity.proven(request, view.token) && this.member.proven(request, view.token) !== 'own';
    return byCode ? 'show' : this.member.step(request, view);
  }

  private askIdentity(token: string, sent: unknown, error: string, status: number, code = ''): PageReply {
    const sentTo = typeof sent === 'string' && /^\d{3}\*{4}\d{4}$/.test(sent) ? sent : null;
    return page('reader/identity', { token, sentTo, error, code }, { status, keep: status !== tooMany });
  }

  /** A recipient who cannot go on is told whom to call, not sent to a page for the office. */
  private async friendly<Reply>(work: () => Promise<Reply>): Promise<Reply | PageReply> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('reading.')) throw error;
      const { href, issue } = error.details;
      const about = {
        correction: typeof href === 'string' ? href : null,
        issue: typeof issue === 'string' ? issue : null,
      };
      const problem = readerProblem(error.code, error.message, this.settings, about);
      return page('reader/problem', problem, { status: error.status });
    }
  }
}

/** @throws DomainError reading.tailNeeded where the form asks for the end of the mobile, as it does after a wrong try */
function typedIn({ code, tail }: CodeForm): TypedIn {
  if (tail?.trim() === '') throw new DomainError('reading.tailNeeded', { tail: true });
  return { code, tail: tail ?? '' };
}

function isAboutCode(error: unknown): error is DomainError {
  return (
    error instanceof DomainError &&
    (/^reading\.(code|tail)/.test(error.code) || (error.code === 'reading.tooManyTries' && 'seconds' in error.details))
  );
}

/** Seconds (RFC 9110, 10.2.3) until a wrong code is answered at once again. */
function tellWait(reply: FastifyReply, error: DomainError): DomainError {
  if (typeof error.details.seconds === 'number') void reply.header('retry-after', String(error.details.seconds));
  return error;
}
