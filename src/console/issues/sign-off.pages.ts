import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { Preflight } from '../../dispatch/plan/preflight.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayAct } from '../../domain/issue/issue-state.js';
import { readSendTime } from '../../domain/sending/send-time.js';
import { IssueRepository } from '../../issues/issue.repository.js';
import { SignOffService } from '../../issues/sign-off.service.js';
import { Clock } from '../../platform/clock.js';
import { Form, storedNumber, textField } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { Settings } from '../../settings/settings.js';
import { issueId } from '../ids.js';
import { ScopeOfIssue } from '../scope/scope-of-issue.js';
import { IssueHeadRepository } from '../issue-head/issue-head.repository.js';
import { signOffView } from './sign-off-view.js';

const signOffForm = z.object({
  revision: storedNumber.positive(),
  /** Beijing's clock; empty starts after the time to undo. */
  sendAt: z.string().max(30).default(''),
  /** Why a 特急 issue leaves in quiet time. */
  urgentReason: textField(200),
  /** The approver agrees that the class was lowered. */
  agreesToLevel: z.enum(['yes', '']).default(''),
});

/** 签发 with a page before it that shows everything that becomes final. */
@Needs('issue.read')
@Controller('issues/:id/sign-off')
export class SignOffPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly scopes: ScopeOfIssue,
    private readonly preflight: Preflight,
    private readonly signOffs: SignOffService,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly heads: IssueHeadRepository,
  ) {}

  @Get()
  confirm(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.page(id, actor, { typed: '', reason: '', fault: null });
  }

  @Needs('issue.signOff')
  @Post()
  async signOff(
    @Param('id', issueId) id: string,
    @Form(signOffForm) { revision, sendAt, urgentReason, agreesToLevel }: z.infer<typeof signOffForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const time = sendAt.trim() === '' ? null : readSendTime(sendAt, this.clock.now());
    if (time && 'fault' in time)
      return this.page(id, actor, { typed: sendAt, reason: urgentReason, fault: time.fault });
    if ((await this.preflight.check(id)).blocked) return seeOther(`/issues/${id}/sign-off`);
    await this.signOffs.signOff(id, revision, actor, time?.at, urgentReason, agreesToLevel === 'yes');
    return seeOther(`/issues/${id}/progress`);
  }

  private async page(
    id: string,
    actor: Actor,
    start: { typed: string; reason: string; fault: string | null },
  ): Promise<PageReply> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const preflight = await this.preflight.check(id);
    const scope = await this.scopes.scopeOf(issue, preflight.recipients);
    const refusal = mayAct('signOff', actor, issue)?.reason ?? null;
    const { undoSeconds } = this.settings.delivery;
    const view = signOffView({ issue, scope: scope.view, preflight, refusal, start: { ...start, undoSeconds } });
    const head = await this.heads.headOf(id, actor, 'signOff');
    return page(
      'console/issues/sign-off',
      { ...view, head: { ...head, next: null } },
      start.fault === null ? {} : { status: 422 },
    );
  }
}
