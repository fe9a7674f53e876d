import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { AccountRepository } from '../../accounts/account.repository.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { Form, Search } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { ReplyDeskService } from '../../reading/reply-desk.service.js';
import { confirmChange } from '../confirm-change.js';
import { replyId } from '../ids.js';
import { paging, readPage } from '../paging.js';
import { candidateRow, replyRow } from './replies-view.js';

const perPage = 20;
const search = z.object({
  show: z.enum(['open', 'settled']).catch('open'),
  page: z.string().optional(),
  did: z.string().max(20).optional(),
});
const settleForm = z.object({
  /** Empty: it means nothing. */
  copy: z.uuid().or(z.literal('')).default(''),
  confirmed: z.string().optional(),
});
const reasonForm = z.object({ reason: z.string().trim().max(200).default('') });

const didText: Readonly<Record<string, string>> = {
  acknowledged: '已登记为签收，方式记为手机短信回复。',
  nothing: '已归入“已处理”，没有登记签收；如需改动，可在“已处理”中恢复。',
  reopened: '已恢复为待处理。',
};

/** Replies by SMS that only a person can settle. */
@Needs('issue.read')
@Controller('replies')
export class RepliesPages {
  constructor(
    private readonly desk: ReplyDeskService,
    private readonly accounts: AccountRepository,
  ) {}

  @Get()
  async list(@Search(search) asked: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<PageReply> {
    const { show, did = '' } = asked;
    const number = readPage(asked.page);
    const [counts, rows, names] = await Promise.all([
      this.desk.counts(),
      this.desk.list(show, perPage, (number - 1) * perPage),
      this.names(),
    ]);
    return page('console/sending/replies', {
      open: show === 'open',
      did: Object.hasOwn(didText, did) ? didText[did] : null,
      tabs: [
        { key: 'open', text: '待处理', count: counts.open, current: show === 'open' },
        { key: 'settled', text: '已处理', count: counts.settled, current: show === 'settled' },
      ],
      rows: rows.map((row) => replyRow(row, names)),
      maySettle: mayDo(actor.roles, 'reply.settle'),
      mayReveal: mayDo(actor.roles, 'contact.reveal'),
      paging: paging('/replies', { show }, number, perPage, counts[show]),
    });
  }

  /** An acknowledgement is never taken back, so it is asked about first; what is laid aside can be taken up again. */
  @Needs('reply.settle')
  @Post(':id')
  async settle(
    @Param('id', replyId) id: string,
    @Form(settleForm) { copy, confirmed }: z.infer<typeof settleForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (copy === '') {
      await this.desk.layAside(id, actor);
      return seeOther('/replies?did=nothing');
    }
    if (confirmed !== 'yes') return this.confirm(id, copy);
    await this.desk.acknowledge(id, copy, actor);
    return seeOther('/replies?did=acknowledged');
  }

  @Needs('reply.settle')
  @Post(':id/reopen')
  async reopen(@Param('id', replyId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    await this.desk.reopen(id, actor);
    return seeOther('/replies?did=reopened');
  }

  @Needs('contact.reveal')
  @Get(':id/number')
  async askNumber(@Param('id', replyId) id: string): Promise<PageReply> {
    return this.numberPage(id, {});
  }

  /** The number stands on this one answer only, which no cache keeps. */
  @Needs('contact.reveal')
  @Post(':id/number')
  async reveal(
    @Param('id', replyId) id: string,
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    if (reason.length < 2) return this.numberPage(id, { error: '请写明查看的理由，会记入留痕。', status: 422 });
    return this.numberPage(id, { number: await this.desk.reveal(id, reason, actor) });
  }

  private async confirm(id: string, copyId: string): Promise<PageReply> {
    const { reply, text, owner, candidates } = await this.desk.find(id);
    if (reply.state !== 'open') throw new DomainError('reply.settledMeanwhile');
    const candidate = candidates.find((one) => one.copyId === copyId && one.open);
    if (!candidate) throw new DomainError('reply.copyNotOpen');
    const { who, title, sent } = candidateRow(candidate);
    const others = candidates.filter((one) => one.open).length - 1;
    const foreign = owner !== null && owner.personId !== candidate.personId;
    return confirmChange({
      title: '据短信回复登记签收',
      action: `/replies/${id}`,
      fields: { copy: copyId },
      lines: [
        `${reply.masked} 的短信回复：“${text ?? '（内容没有保存）'}”`,
        `登记为签收：${title}，${who}，发送于${sent}`,
        '方式记为手机短信回复，并注明由您核对',
      ],
      warnings: [
        ...(others > 0 ? [`这个号码还有${others}份在等待签收，它们不会因此签收。`] : []),
        ...(foreign ? [`这个号码现在登记在${owner.name}名下，不是这一份的收件人。`] : []),
      ],
      submit: '登记签收',
      back: '/replies',
      nav: 'replies',
      undo: '登记后不能撤销',
    });
  }

  private async numberPage(
    id: string,
    { error = '', number = '', status = 200 }: { error?: string; number?: string; status?: number },
  ): Promise<PageReply> {
    const { reply, owner } = await this.desk.find(id);
    const props = { id, from: owner?.name ?? '', masked: reply.masked, gone: reply.sealedNumber === null };
    return page('console/sending/reply-number', { ...props, error, number }, { status });
  }

  private async names(): Promise<Map<string, string>> {
    return new Map((await this.accounts.listAccounts()).map(({ id, name }) => [id, name]));
  }
}
