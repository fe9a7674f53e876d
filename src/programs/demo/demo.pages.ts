import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccountService } from '../../accounts/account.service.js';
import { setSignedIn } from '../../accounts/session-cookie.js';
import { SessionService } from '../../accounts/session.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { rolesText } from '../../domain/roles.js';
import { Audit } from '../../platform/audit.js';
import { Vault } from '../../platform/crypto.js';
import { Public } from '../../platform/http/access.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { Settings } from '../../settings/settings.js';
import { DemoStage } from './demo-stage.js';
import { roster } from './staff.js';

/** The way in without passwords, one press for each role. Served by the demo alone, which listens on this machine only. */
@Public()
@Controller('demo')
export class DemoPages {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly vault: Vault,
    private readonly settings: Settings,
    private readonly stage: DemoStage,
  ) {}

  @Get()
  look(): PageReply {
    return page('demo/start', {
      stage: this.stage.text,
      seats: roster.map(({ login, name, roles, task }) => ({
        ...{ login, name, task },
        roles: roles.map((role) => rolesText[role]).join('、'),
      })),
    });
  }

  @Post('seat/:login')
  async sit(@Param('login') login: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<SeeOther> {
    const account = (await this.accounts.listAccounts()).find((one) => one.login === login && !one.disabledAt);
    if (!account || !roster.some((seat) => seat.login === login)) throw new DomainError('account.notFound');
    const token = await this.sessions.start(account.id);
    setSignedIn(reply, { token, accountId: account.id }, this.vault, this.settings);
    await this.audit.record(account.id, 'account.signedIn', `account:${account.id}`, { demo: true });
    return seeOther('/');
  }
}
