import { Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { contactText } from '../domain/people/contact-address.js';
import { DomainError } from '../domain/errors/errors.js';
import { Limited, Public } from '../platform/http/access.js';
import { Asked, Form } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { Settings } from '../settings/settings.js';
import { DeviceService } from './device.service.js';
import { ReaderIdentity } from './reader-identity.js';
import { readerProblem } from './reader-problem.js';
import { type ReaderView, ReadingService } from './reading.service.js';

const nextPage = z.enum(['me', 'preferences']).catch('me');
const deviceForm = z.object({ code: z.string().max(4000).catch(''), next: nextPage });
type DeviceForm = z.infer<typeof deviceForm>;

/** Asks, once on each device, for a code to the person's own phone before anything personal is shown or changed. */
@Public()
@Controller('r/:token/device')
export class DeviceController {
  constructor(
    private readonly reading: ReadingService,
    private readonly identity: ReaderIdentity,
    private readonly devices: DeviceService,
    private readonly settings: Settings,
  ) {}

  @Header('x-robots-tag', 'noindex, nofollow, noarchive')
  @Get()
  ask(
    @Param('token') token: string,
    @Asked('next') next: string | undefined,
    @Asked('sent') sent: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    return this.forReader(token, request, async (view) => {
      const form = { code: '', next: nextPage.parse(next) };
      if (await this.identity.isOwn(request, view.personId)) return seeOther(`/r/${token}/${form.next}`);
      return this.show(view, form, sent === '1');
    });
  }

  @Limited(30)
  @Post('send')
  send(@Param('token') token: string, @Form(deviceForm) form: DeviceForm, @Req() request: FastifyRequest) {
    return this.forReader(token, request, (view) =>
      this.orFault(view, form, async () => {
        await this.devices.sendCode(view.personId);
        return seeOther(`/r/${token}/device?next=${form.next}&sent=1`);
      }),
    );
  }

  @Limited(30)
  @Post()
  prove(
    @Param('token') token: string,
    @Form(deviceForm) form: DeviceForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.forReader(token, request, (view) =>
      this.orFault(view, form, async () => {
        this.identity.own(reply, view.personId, await this.devices.prove(view.personId, form.code));
        return seeOther(`/r/${token}/${form.next}`);
      }),
    );
  }

  @Post('forget')
  forget(@Param('token') token: string, @Req() request: FastifyRequest) {
    return this.forReader(token, request, async (view) => {
      // Only from a device of his own: a passed-on link must not lock the person out.
      if (await this.identity.isOwn(request, view.personId)) await this.devices.forget(view.personId);
      return seeOther(`/r/${token}/device`);
    });
  }

  private async show(view: ReaderView, form: DeviceForm, sent: boolean, fault?: DomainError): Promise<PageReply> {
    const contact = await this.devices.codeContact(view.personId);
    const to = contact && { label: contactText[contact.kind], masked: contact.masked };
    const props = { token: view.token, ...form, to, sent, error: fault?.message ?? '' };
    return page('reader/device', props, { status: fault?.status ?? 200, largeType: view.largeType });
  }

  private async orFault(view: ReaderView, form: DeviceForm, work: () => Promise<SeeOther>) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('contact.')) throw error;
      return this.show(view, form, true, error);
    }
  }

  private async forReader(
    token: string,
    request: FastifyRequest,
    work: (view: ReaderView) => Promise<PageReply | SeeOther>,
  ): Promise<PageReply | SeeOther> {
    try {
      const view = await this.reading.byToken(token);
      if (view.needsIdentity && !this.identity.proven(request, token)) return seeOther(`/r/${token}`);
      return await work(view);
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('reading.')) throw error;
      const problem = readerProblem(error.code, error.message, this.settings);
      return page('reader/problem', problem, { status: error.status });
    }
  }
}
