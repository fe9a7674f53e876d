import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { AmendmentRepository } from '../../organisation/amendment.repository.js';
import { AmendmentService } from '../../organisation/amendment.service.js';
import { Form, Search } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { recordId } from '../ids.js';
import { paging, readPage } from '../paging.js';
import { mayDo } from '../../domain/roles.js';

const perPage = 50;
const search = z.object({ show: z.enum(['open', 'answered']).catch('open'), page: z.string().optional() });
const answerForm = z.object({
  state: z.enum(['done', 'declined']),
  answer: z.string().trim().max(500).default(''),
});
const stateText = { open: '待处理', done: '已更正', declined: '未采纳' };

/** What people ask to have put right about them. */
@Needs('list.read')
@Controller('amendments')
export class AmendmentsPages {
  constructor(
    private readonly rows: AmendmentRepository,
    private readonly amendments: AmendmentService,
  ) {}

  @Get()
  list(@Search(search) asked: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.show(asked.show, readPage(asked.page), actor, null, 200);
  }

  @Needs('amendment.answer')
  @Post(':id')
  async answer(
    @Param('id', recordId) id: string,
    @Form(answerForm) { state, answer }: z.infer<typeof answerForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (answer.length < 2) return this.show('open', 1, actor, id, 422);
    await this.amendments.answer(id, state, answer, actor);
    return seeOther('/amendments');
  }

  private async show(
    show: 'open' | 'answered',
    number: number,
    actor: Actor,
    missing: string | null,
    status: number,
  ): Promise<PageReply> {
    const open = show === 'open';
    const [waiting, answered, rows] = await Promise.all([
      this.rows.countOpen(),
      this.rows.countAnswered(),
      this.rows.listAmendments({ open }, perPage, (number - 1) * perPage),
    ]);
    const faults = missing === null ? [] : [{ field: `answer-${missing}`, message: '请写明答复，本人会看到。' }];
    const props = {
      open,
      tabs: [
        { key: 'open', text: '待处理', count: waiting, current: open },
        { key: 'answered', text: '已处理', count: answered, current: !open },
      ],
      rows: rows.map((row) => ({ ...row, stateText: stateText[row.state] })),
      faults,
      mayAnswer: open && mayDo(actor.roles, 'amendment.answer'),
      paging: paging('/amendments', { show }, number, perPage, open ? waiting : answered),
    };
    return page('console/list/amendments', props, { status });
  }
}
