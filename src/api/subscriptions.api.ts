import { Controller, Param, ParseUUIDPipe } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor } from '../accounts/needs.js';
import { type Decided, SubscriptionDeskService } from '../distribution/subscriptions/subscription-desk.service.js';
import { DomainError } from '../domain/errors/errors.js';
import { isoInstant } from '../platform/http/form.js';
import { found } from './found.js';
import { onePage, type Page, pageOf, pageQuery, readCursor } from './paging.js';
import { ApiBody, ApiQuery, ApiRoute } from './route.js';
import { SubscriptionsApiRepository } from './subscriptions.repository.js';
import {
  type DecidedRow,
  decidedRow,
  shownStates,
  type SubscriptionRow,
  subscriptionRow,
} from './subscriptions.schema.js';

const key = z.tuple([isoInstant, z.uuid()]);
const listQuery = pageQuery.extend({ state: z.enum(shownStates).default('confirmed').describe('默认待审核的') });
const reasoned = z.object({
  reason: z.string({ error: '请写明理由。' }).trim().min(2, '请写明理由。').max(200, '不能超过200个字。'),
});

/** Voluntary subscriptions for programs: what the office decides on, with addresses masked. */
@Controller()
export class SubscriptionsApi {
  constructor(
    private readonly rows: SubscriptionsApiRepository,
    private readonly desk: SubscriptionDeskService,
  ) {}

  @ApiRoute({
    method: 'get',
    path: 'subscriptions',
    scope: 'subscriptions.read',
    summary: '列出某一状态的自愿订阅，先申请的在前',
    query: listQuery,
    answer: pageOf(subscriptionRow),
  })
  async list(@ApiQuery() { state, limit, cursor }: z.infer<typeof listQuery>): Promise<Page<SubscriptionRow>> {
    const rows = await this.rows.listSubscriptions(state, readCursor(cursor, key), limit + 1);
    return onePage(rows, limit, ({ requestedAt, id }) => [requestedAt, id]);
  }

  @ApiRoute({
    method: 'get',
    path: 'subscriptions/:id',
    scope: 'subscriptions.read',
    summary: '一条自愿订阅',
    answer: subscriptionRow,
  })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<SubscriptionRow> {
    return found(await this.rows.one(id));
  }

  @ApiRoute({
    method: 'post',
    path: 'subscriptions/:id/approve',
    scope: 'subscriptions.write',
    summary: '批准待审核的申请',
    answer: decidedRow,
  })
  async approve(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<DecidedRow> {
    return this.decided(id, () => this.desk.approve([id], actor));
  }

  @ApiRoute({
    method: 'post',
    path: 'subscriptions/:id/reject',
    scope: 'subscriptions.write',
    summary: '不批准待审核的申请，须写明理由；地址随即删除',
    body: reasoned,
    answer: decidedRow,
  })
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @ApiBody() { reason }: z.infer<typeof reasoned>,
    @CurrentActor() actor: Actor,
  ): Promise<DecidedRow> {
    return this.decided(id, () => this.desk.reject([id], reason, actor));
  }

  @ApiRoute({
    method: 'post',
    path: 'subscriptions/:id/end',
    scope: 'subscriptions.write',
    summary: '终止订阅，须写明理由；还没有发出的不再发',
    body: reasoned,
    answer: subscriptionRow,
  })
  async end(
    @Param('id', ParseUUIDPipe) id: string,
    @ApiBody() { reason }: z.infer<typeof reasoned>,
    @CurrentActor() actor: Actor,
  ): Promise<SubscriptionRow> {
    return this.changed(id, () => this.desk.end(id, reason, actor));
  }

  /** A program must not take for done what somebody else decided otherwise. */
  private async changed(id: string, act: () => Promise<boolean>): Promise<SubscriptionRow> {
    found(await this.rows.one(id));
    if (!(await act())) throw new DomainError('subscription.decidedMeanwhile');
    return found(await this.rows.one(id));
  }

  private async decided(id: string, act: () => Promise<Decided>): Promise<DecidedRow> {
    let untold = 0;
    const row = await this.changed(id, async () => {
      const decided = await act();
      untold = decided.untold;
      return decided.decided === 1;
    });
    return { ...row, told: untold === 0 };
  }
}
