import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { rolesText } from '../domain/roles.js';
import { Asked, Form, type FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import type { Actor } from './actor.js';
import { CurrentActor, Needs } from './needs.js';
import { OwnAccountService } from './own-account.service.js';
import { sessionToken } from './session-cookie.js';
import { SessionService } from './session.service.js';

const password = z.string().max(500).default('');
/** Named as secrets are: what was typed is never kept for later. */
const passwordForm = z.object({ _current: password, _next: password, again: password });

/** The field of the form that a refusal is about. */
const refusedField: Readonly<Record<string, string>> = {
  'account.wrongPassword': '_current',
  'account.locked': '_current',
  'account.weakPassword': '_next',
};

const doneText: Readonly<Record<string, string>> = {
  password: '密码已修改，其他地方的登录已退出。',
  sessions: '其他地方的登录已退出。',
};

/** 我的账号: one's own roles, password and sessions. */
@Needs('session.own')
@Controller('me')
export class OwnAccountPages {
  constructor(
    private readonly own: OwnAccountService,
    private readonly sessions: SessionService,
  ) {}

  @Get()
  showOwn(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Asked('done') done: string | undefined,
  ): Promise<PageReply> {
    return this.show(actor, request, [], 200, doneText[done ?? '']);
  }

  @Post('password')
  async changePassword(
    @Form(passwordForm) { _current: current, _next: next, again }: z.infer<typeof passwordForm>,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<PageReply | SeeOther> {
    if (next !== again)
      return this.show(actor, request, [{ field: 'again', message: '两次输入的新密码不一致。' }], 422);
    try {
      await this.own.changePassword(actor.id, current, next, sessionToken(request) ?? '');
    } catch (error) {
      const field = error instanceof DomainError ? refusedField[error.code] : undefined;
      if (!(error instanceof DomainError) || field === undefined) throw error;
      return this.show(actor, request, [{ field, message: error.message }], error.status);
    }
    return seeOther('/me?done=password');
  }

  @Post('sessions/end')
  async endOthers(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<SeeOther> {
    await this.own.endOtherSessions(actor.id, sessionToken(request) ?? '');
    return seeOther('/me?done=sessions');
  }

  private async show(
    actor: Actor,
    request: FastifyRequest,
    faults: FormFault[],
    status: number,
    done?: string,
  ): Promise<PageReply> {
    const sessions = await this.sessions.sessionsOf(actor.id, sessionToken(request) ?? '');
    const roles = actor.roles.map((role) => rolesText[role]).join('、');
    const props = { name: actor.name, roles, faults, sessions, others: sessions.length > 1, done: done ?? '' };
    return page('accounts/me', props, { status });
  }
}
