import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { ReminderRepository } from '../../dispatch/acts/reminder.repository.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { DomainError } from '../../domain/errors/errors.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { Form } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { BoardRepository } from './board.repository.js';
import { issueId } from '../ids.js';

const remindForm = z.object({ seen: z.coerce.number().int().min(0) });

/** Most people the page lists; all are reminded. */
const peopleShown = 1000;

/** 催阅: first the exact list, then the sending. */
@Needs('dispatch.remind')
@Controller('issues/:id/remind')
export class RemindPages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly dispatch: DispatchService,
    private readonly reminders: ReminderRepository,
    private readonly board: BoardRepository,
  ) {}

  @Get()
  async confirm(@Param('id', issueId) id: string): Promise<PageReply> {
    const edition = await this.edition(id);
    // Before the list: whoever reminds while it is read makes the two differ, never the other way.
    const seen = await this.reminders.count(edition.id);
    const [due, totals] = await Promise.all([
      this.dispatch.remindable(edition.id, peopleShown),
      this.board.totals(edition.id),
    ]);
    const people = due.first.map((copy) => ({
      unit: copy.unitName,
      post: copy.postTitle,
      name: copy.personName,
      channel: channelText[copy.channel],
      round: copy.round,
    }));
    return page('console/sending/remind', {
      id,
      seen,
      heading: edition.content.title,
      people,
      total: due.people,
      cut: due.people > people.length,
      unreached: totals.unreached,
    });
  }

  @Post()
  async remind(
    @Param('id', issueId) id: string,
    @Form(remindForm) { seen }: z.infer<typeof remindForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { reminded } = await this.dispatch.remind((await this.edition(id)).id, actor, seen);
    return seeOther(`/issues/${id}/board?reminded=${reminded}`);
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}
