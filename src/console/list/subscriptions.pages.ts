import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { SubscriptionDeskService } from '../../distribution/subscriptions/subscription-desk.service.js';
import {
  type ListedSubscription,
  SubscriptionRepository,
} from '../../distribution/subscriptions/subscription.repository.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { endingText, type SubscriptionState, subscriptionStateText } from '../../domain/sending/subscription.js';
import { Form, Search, ticked } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { recordId } from '../ids.js';
import { paging, readPage } from '../paging.js';

const perPage = 50;

const tabs = {
  confirmed: { text: '待审核', states: ['confirmed'] },
  active: { text: '订阅中', states: ['active'] },
  other: { text: '已结束', states: ['rejected', 'ended', 'expired'] },
} as const satisfies Record<string, { text: string; states: readonly SubscriptionState[] }>;
type Tab = keyof typeof tabs;
const tabKeys = Object.keys(tabs) as Tab[];

const search = z.object({
  tab: z.enum(tabKeys).catch('confirmed'),
  page: z.string().optional(),
  done: z.string().max(6).optional(),
  untold: z.string().max(6).optional(),
});
const decision = z.object({
  ids: ticked(z.uuid()).pipe(z.array(z.uuid()).max(perPage)),
  act: z.enum(['approve', 'reject']),
  reason: z.string().trim().max(200).default(''),
});
const reasonForm = z.object({ reason: z.string().trim().max(200).default('') });
const openForm = z.object({ open: z.enum(['yes', 'no']) });

interface Shown {
  error?: string;
  /** How many were decided on, and how many of them are not told. */
  done?: string | null;
  untold?: string | null;
  status?: number;
}

/** Voluntary subscriptions: who asks, who is sent public issues, and which publications are open to it. */
@Needs('list.read')
@Controller('subscriptions')
export class SubscriptionsPages {
  constructor(
    private readonly rows: SubscriptionRepository,
    private readonly desk: SubscriptionDeskService,
  ) {}

  @Get()
  list(@Search(search) asked: z.infer<typeof search>, @CurrentActor() actor: Actor): Promise<PageReply> {
    const [done, untold] = [asked.done, asked.untold].map((count) =>
      /^[1-9]\d{0,5}$/.test(count ?? '') ? count : null,
    );
    return this.show(asked.tab, readPage(asked.page), actor, { done, untold });
  }

  @Needs('subscription.decide')
  @Post()
  async decide(
    @Form(decision) { ids, act, reason }: z.infer<typeof decision>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (ids.length === 0) return this.show('confirmed', 1, actor, { error: '请先勾选要处理的申请。', status: 422 });
    if (act === 'reject' && reason.length < 2)
      return this.show('confirmed', 1, actor, { error: '不通过时请写明理由。', status: 422 });
    const { decided, untold } = await (act === 'approve'
      ? this.desk.approve(ids, actor)
      : this.desk.reject(ids, reason, actor));
    return seeOther(`/subscriptions?done=${decided}&untold=${untold}`);
  }

  @Needs('subscription.decide')
  @Post('publications/:id')
  async open(
    @Param('id', recordId) id: string,
    @Form(openForm) { open }: z.infer<typeof openForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.desk.setOpen(id, open === 'yes', actor);
    return seeOther('/subscriptions');
  }

  @Needs('contact.reveal')
  @Get(':id/address')
  async askAddress(@Param('id', recordId) id: string): Promise<PageReply> {
    return this.addressPage(id, {});
  }

  /** The number stands on this one answer only, which no cache keeps. */
  @Needs('contact.reveal')
  @Post(':id/address')
  async reveal(
    @Param('id', recordId) id: string,
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    if (reason.length < 2) return this.addressPage(id, { error: '请写明查看的理由，会记入留痕。', status: 422 });
    return this.addressPage(id, { address: await this.desk.reveal(id, reason, actor) });
  }

  @Needs('subscription.decide')
  @Get(':id/end')
  async askEnd(@Param('id', recordId) id: string): Promise<PageReply> {
    const found = await this.rows.find({ id });
    return page('console/list/subscription-end', { id, error: '', found: found && endedView(found) });
  }

  @Needs('subscription.decide')
  @Post(':id/end')
  async end(
    @Param('id', recordId) id: string,
    @Form(reasonForm) { reason }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (reason.length < 2) {
      const found = await this.rows.find({ id });
      const props = { id, error: '请写明终止的理由。', found: found && endedView(found) };
      return page('console/list/subscription-end', props, { status: 422 });
    }
    await this.desk.end(id, reason, actor);
    return seeOther('/subscriptions?tab=active');
  }

  private async addressPage(
    id: string,
    { error = '', address = '', status = 200 }: { error?: string; address?: string; status?: number },
  ): Promise<PageReply> {
    const found = await this.rows.find({ id });
    if (found === null) throw new DomainError('subscription.notFound');
    const { name, publication, masked, channel, sealed } = found;
    const props = { id, name, publication, masked, channel: channelText[channel], gone: sealed === null };
    return page('console/list/subscription-address', { ...props, error, address }, { status });
  }

  private async show(tab: Tab, number: number, actor: Actor, shown: Shown): Promise<PageReply> {
    const [counts, rows, publications] = await Promise.all([
      this.rows.counts(),
      this.rows.listSubscriptions([...tabs[tab].states], perPage, (number - 1) * perPage),
      this.rows.publications(),
    ]);
    const props = {
      tabs: tabKeys.map((key) => ({ key, text: tabs[key].text, count: counts[key], current: key === tab })),
      tab,
      waiting: tab === 'confirmed',
      active: tab === 'active',
      rows: rows.map((row) => ({ ...rowView(row), untold: tab === 'confirmed' && !this.desk.tellsBy(row.channel) })),
      smsUntold: tab === 'confirmed' && rows.some(({ channel }) => !this.desk.tellsBy(channel)),
      publications,
      paging: paging('/subscriptions', { tab }, number, perPage, counts[tab]),
      mayDecide: mayDo(actor.roles, 'subscription.decide'),
      mayReveal: mayDo(actor.roles, 'contact.reveal'),
      error: shown.error ?? '',
      done: shown.done ?? null,
      untold: shown.untold ?? null,
    };
    return page('console/list/subscriptions', props, { status: shown.status ?? 200 });
  }
}

function rowView(row: ListedSubscription) {
  const { id, publication, name, affiliation, masked, channel, sections, post, tellingFailed } = row;
  const { confirmedAt, decidedAt, endedAt } = row;
  const ending = row.endedVia === null ? null : endingText[row.endedVia];
  return {
    ...{ id, publication, name, affiliation, masked, post, confirmedAt, decidedAt, tellingFailed },
    mayBePhoned: tellingFailed !== null && row.channel === 'sms' && row.state === 'active',
    channel: channelText[channel],
    sections: sections.length ? sections.join('、') : '全部栏目',
    state: subscriptionStateText[row.state],
    when: endedAt ?? decidedAt ?? confirmedAt,
    note: [ending, row.reason].filter(Boolean).join('；'),
  };
}

const endedView = ({ publication, name, masked }: { publication: string; name: string; masked: string }) => ({
  ...{ publication, name, masked },
});
