import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { Vault } from '../platform/crypto.js';
import { Limited, Public } from '../platform/http/access.js';
import { Asked, Form } from '../platform/http/form.js';
import { keeperOf, KeptPages } from '../platform/http/kept-pages.js';
import { localPath, page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { Settings } from '../settings/settings.js';
import { clearSessionCookie, sessionToken, setSignedIn } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { lockMinutes, SignInService } from './sign-in.service.js';

const signInForm = z.object({
  login: z.string().max(100).default(''),
  password: z.string().max(500).default(''),
  next: z.string().default(''),
  kept: z.string().default(''),
});

@Controller()
export class SignInPages {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly pages: KeptPages,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  @Public()
  @Get('signin')
  ask(@Asked('next') next: string | undefined, @Asked('kept') kept: string | undefined): PageReply {
    return this.show({ next: localPath(next, ''), kept: kept === '1' }, '', null, 200);
  }

  @Public()
  @Limited(20)
  @Post('signin')
  async signIn(
    @Form(signInForm) { login, password, next, kept }: z.infer<typeof signInForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageReply | SeeOther> {
    try {
      const account = await this.signIns.signIn(login, password);
      const token = await this.sessions.start(account.id);
      setSignedIn(reply, { token, accountId: account.id }, this.vault, this.settings);
      return seeOther(localPath(next, '/'));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.show({ next: localPath(next, ''), kept: kept === '1' }, login, error.message, error.status);
    }
  }

  /** Public, so that somebody whose session has ended is not asked to sign in before leaving. */
  @Public()
  @Post('signout')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SeeOther> {
    const token = sessionToken(request);
    if (token !== undefined) {
      const account = await this.sessions.find(token);
      if (account !== null) await this.pages.forget(keeperOf.account(account.id));
      await this.sessions.end(token);
    }
    clearSessionCookie(reply);
    return seeOther('/signin');
  }

  /** @param way.kept what he sent without a session waits on the page to which he returns */
  private show(way: { next: string; kept: boolean }, login: string, refusal: string | null, status: number): PageReply {
    const faults = refusal === null ? [] : [{ field: '', message: refusal }];
    return page('accounts/sign-in', { ...way, login, faults, lockMinutes }, { status });
  }
}
