import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { Vault } from '../platform/crypto.js';
import { Limited, Public } from '../platform/http/access.js';
import { Form, type FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { Settings } from '../settings/settings.js';
import { OneTimeLinkService } from './one-time-link.service.js';
import { SessionService } from './session.service.js';
import { setSignedIn } from './session-cookie.js';

const setupForm = z.object({ password: z.string().max(500).optional(), again: z.string().max(500).optional() });

/** One-time links: opening one shows a page with a button, and only the button spends it. */
@Public()
@Controller('once/:token')
export class OncePages {
  constructor(
    private readonly links: OneTimeLinkService,
    private readonly sessions: SessionService,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  @Limited(60)
  @Get()
  look(@Param('token') token: string): Promise<PageReply> {
    return this.show(token, [], 200);
  }

  @Limited(20)
  @Post()
  async spend(
    @Param('token') token: string,
    @Form(setupForm) { password, again }: z.infer<typeof setupForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageReply | SeeOther> {
    if (password !== again) return this.show(token, [{ field: 'again', message: '两次输入的密码不一致。' }], 422);
    try {
      const account = await this.links.spend(token, password ?? null);
      const session = await this.sessions.start(account.id);
      setSignedIn(reply, { token: session, accountId: account.id }, this.vault, this.settings);
      return seeOther('/');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'account.weakPassword') throw error;
      return this.show(token, [{ field: 'password', message: error.message }], error.status);
    }
  }

  private async show(token: string, faults: FormFault[], status: number): Promise<PageReply> {
    const { purpose, account } = await this.links.look(token);
    const { name, login } = account;
    const action = `/once/${token}`;
    return page(
      purpose === 'setup' ? 'accounts/set-up' : 'accounts/enter',
      { action, name, login, faults },
      { status },
    );
  }
}
