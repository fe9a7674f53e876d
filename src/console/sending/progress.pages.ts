import { Controller, Get, type MessageEvent, Param, Post, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { heldDecisions, HeldService } from '../../dispatch/acts/held.service.js';
import { Progress } from '../../dispatch/after/progress.js';
import { channelKinds } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { ClockCheck } from '../../platform/clock-check.js';
import { Asked, Form, storedNumber } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { View } from '../../platform/view/view.js';
import { actNote } from '../act-note.js';
import { attentionView } from './attention-view.js';
import { AttentionRepository } from './attention.repository.js';
import { IssueHeadRepository } from '../issue-head/issue-head.repository.js';
import { issueId } from '../ids.js';
import { progressMessages, type ProgressTick } from './progress-stream.js';
import { isSettled, liveProgress } from './progress-view.js';
import { startView } from './start-view.js';

/** Without a code: all that failed. */
const retryForm = z.object({ code: z.string().min(1).max(100).optional() });
const accountForm = z.object({ account: z.string().min(1).max(40) });
const settleForm = z.object({ deliveryId: z.uuid(), decision: z.enum(heldDecisions) });
/** All of one channel and reason; `seen` is how many the page showed. */
const settleAllForm = z.object({
  channel: z.enum(channelKinds),
  code: z.string().min(1).max(100).optional(),
  seen: storedNumber.positive(),
  decision: z.enum(heldDecisions),
});

const heldShown = 100;

/** How far the sending is, and what waits for a person. */
@Needs('issue.read')
@Controller('issues/:id')
export class ProgressPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly progress: Progress,
    private readonly attention: AttentionRepository,
    private readonly dispatch: DispatchService,
    private readonly held: HeldService,
    private readonly clocks: ClockCheck,
    private readonly view: View,
    private readonly heads: IssueHeadRepository,
  ) {}

  @Get('progress')
  async show(
    @Param('id', issueId) id: string,
    @Asked('did') did: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const edition = await this.edition(id);
    const [progress, failures, heldGroups, held, clockWarning] = await Promise.all([
      this.progress.progressOf(edition.id),
      this.attention.failures(edition.id),
      this.attention.heldGroups(edition.id),
      this.attention.held(edition.id, heldShown),
      this.clocks.look(),
    ]);
    const live = liveProgress(progress);
    const may = { act: mayDo(actor.roles, 'dispatch.control'), reopen: mayDo(actor.roles, 'channel.control') };
    const maySignOff = mayDo(actor.roles, 'issue.signOff');
    const start = startView(edition, maySignOff, progress.now, { atStart: null, ifNow: null });
    const attention = attentionView({ issueId: id, channels: live.channels, failures, heldGroups, held, may });
    return page('console/sending/progress', {
      id,
      head: await this.heads.headOf(id, actor, 'progress'),
      heading: edition.content.title,
      live,
      attention,
      mayAct: may.act,
      start,
      maySendNow: maySignOff && (start?.maySendNow ?? progress.ahead !== null),
      clockWarning,
      note: actNote(did),
    });
  }

  @Sse('progress/stream')
  async stream(@Param('id', issueId) id: string): Promise<Observable<MessageEvent>> {
    const edition = await this.edition(id);
    return progressMessages(() => this.tick(edition.id));
  }

  @Needs('dispatch.control')
  @Post('retry')
  async retry(
    @Param('id', issueId) id: string,
    @Form(retryForm) { code }: z.infer<typeof retryForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { again } = await this.dispatch.retryFailed((await this.edition(id)).id, code ?? null, actor);
    return seeOther(`/issues/${id}/progress?did=retried-${again}`);
  }

  @Needs('dispatch.control')
  @Post('pause')
  async pause(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.dispatch.pause((await this.edition(id)).id, actor);
    return seeOther(`/issues/${id}/progress`);
  }

  @Needs('dispatch.control')
  @Post('resume')
  async resume(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.dispatch.resume((await this.edition(id)).id, actor);
    return seeOther(`/issues/${id}/progress`);
  }

  @Needs('dispatch.control')
  @Post('cancel-rest')
  async cancelRest(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    const { cancelled } = await this.dispatch.cancelRest((await this.edition(id)).id, actor);
    return seeOther(`/issues/${id}/progress?did=cancelled-${cancelled}`);
  }

  @Needs('dispatch.control')
  @Post('settle')
  async settle(
    @Param('id', issueId) id: string,
    @Form(settleForm) { deliveryId, decision }: z.infer<typeof settleForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { settled } = await this.held.settle((await this.edition(id)).id, { deliveryId }, decision, 1, actor);
    return seeOther(`/issues/${id}/progress?did=settled-${settled}`);
  }

  @Needs('dispatch.control')
  @Post('settle-all')
  async settleAll(
    @Param('id', issueId) id: string,
    @Form(settleAllForm) { channel, code, seen, decision }: z.infer<typeof settleAllForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const which = { channel, code: code ?? null };
    const { settled } = await this.held.settle((await this.edition(id)).id, which, decision, seen, actor);
    return seeOther(`/issues/${id}/progress?did=settled-${settled}`);
  }

  @Needs('channel.control')
  @Post('reopen-account')
  async reopen(
    @Param('id', issueId) id: string,
    @Form(accountForm) { account }: z.infer<typeof accountForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.dispatch.reopenAccount(account, actor);
    return seeOther(`/issues/${id}/progress`);
  }

  private async tick(editionId: string): Promise<ProgressTick> {
    const progress = await this.progress.progressOf(editionId);
    return {
      html: this.view.render('console/sending/_progress', liveProgress(progress)),
      finished: isSettled(progress),
    };
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}
