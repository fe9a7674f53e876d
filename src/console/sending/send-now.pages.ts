import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { Progress } from '../../dispatch/after/progress.js';
import { DomainError } from '../../domain/errors/errors.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { Clock } from '../../platform/clock.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { issueId } from '../ids.js';
import { liveProgress } from './progress-view.js';
import { startView } from './start-view.js';

/** 现在发送: what waits, until when and why, before it is sent ahead of its time. */
@Needs('issue.signOff')
@Controller('issues/:id/send-now')
export class SendNowPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly progress: Progress,
    private readonly dispatch: DispatchService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async confirm(@Param('id', issueId) id: string): Promise<PageReply> {
    const edition = await this.editions.validOf(id);
    if (!edition) throw new DomainError('dispatch.notSignedOff');
    const start = startView(edition, true, this.clock.now(), { atStart: null, ifNow: null });
    const progress = await this.progress.progressOf(edition.id);
    if (!start?.maySendNow && !progress.ahead) throw new DomainError('dispatch.alreadyPlanned');
    return page('console/sending/send-now', {
      id,
      heading: edition.content.title,
      waits: start ? [start.text] : liveProgress(progress).waits,
      canUndo: start !== null,
    });
  }

  @Post()
  async send(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.dispatch.sendNow(id, actor);
    return seeOther(`/issues/${id}/progress`);
  }
}
