import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { Preflight } from '../dispatch/preflight.js';
import { DomainError } from '../domain/errors.js';
import { mayAct } from '../domain/issue-state.js';
import { IssueRepository } from '../issues/issue.repository.js';
import { SignOffService } from '../issues/sign-off.service.js';
import { Form } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { issueId } from './ids.js';
import { ScopeOfIssue } from './scope-of-issue.js';
import { signOffView } from './sign-off-view.js';

const signOffForm = z.object({ revision: z.coerce.number().int().positive() });

/** 签发 with a page before it that shows everything that becomes final. */
@Needs('issue.read')
@Controller('issues/:id/sign-off')
export class SignOffPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly scopes: ScopeOfIssue,
    private readonly preflight: Preflight,
    private readonly signOffs: SignOffService,
  ) {}

  @Get()
  async confirm(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const issue = await this.issues.load(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const [scope, preflight] = await Promise.all([this.scopes.of(issue), this.preflight.check(id)]);
    const refusal = mayAct('signOff', actor, issue)?.reason ?? null;
    return page('console/sign-off', signOffView({ issue, scope: scope.view, preflight, refusal }));
  }

  @Needs('issue.signOff')
  @Post()
  async signOff(
    @Param('id', issueId) id: string,
    @Form(signOffForm) { revision }: z.infer<typeof signOffForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    if ((await this.preflight.check(id)).blocked) return seeOther(`/issues/${id}/sign-off`);
    await this.signOffs.signOff(id, revision, actor);
    return seeOther(`/issues/${id}/progress`);
  }
}
