import { Injectable, Logger } from '@nestjs/common';
import type { Channel, ReconcileAnswer } from '../../channels/channel.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { ReportInbox } from '../../channels/report-inbox.js';
import { ReportRepository } from '../../channels/report.repository.js';
import { type DoubtAnswer, type DoubtStep, settleDoubt } from '../../domain/sending/retry.js';
import { ListImportJobs } from '../../distribution/list-file/list-import-jobs.js';
import { EditionRepository } from '../../issues/edition.repository.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { Settings } from '../../settings/settings.js';
import { AllowanceRepository } from '../rows/allowance.repository.js';
import { CountRepository } from './count.repository.js';
import { Deferral } from '../when/deferral.js';
import { Ladder } from './ladder.js';
import { ClaimRepository } from '../rows/claim.repository.js';
import { DeliveryRepository, type DoubtfulRow, type Settlement } from '../rows/delivery.repository.js';

/** Doubts looked at in one sweep. */
const AT_ONCE = 500;

/** Younger lines of the counts tell the rate of sending. */
const COUNTS_KEPT_MS = 10_000;

/** The guarantee: finds what a crash or a lost bell left behind, and settles doubts without ever guessing. */
@Injectable()
export class Sweeper {
  private readonly log = new Logger(Sweeper.name);

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly claimable: ClaimRepository,
    private readonly allowances: AllowanceRepository,
    private readonly editions: EditionRepository,
    private readonly counts: CountRepository,
    private readonly reports: ReportRepository,
    private readonly inbox: ReportInbox,
    private readonly channels: ChannelRegistry,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
    private readonly listImports: ListImportJobs,
    private readonly deferral: Deferral,
    private readonly ladder: Ladder,
  ) {}

  async sweep(): Promise<void> {
    for (const editionId of await this.editions.unplanned(this.clock.now()))
      await this.queue.ring('dispatch.plan', { editionId });
    const silent = await this.deliveries.doubtExpiredLeases(this.clock.now());
    if (silent) this.log.warn(`${silent} deliveries in doubt after a worker fell silent`);
    await this.deliveries.cancelWithdrawn();
    await this.deliveries.cancelNeedless();
    await this.deliveries.holdOrphans(this.channels.accounts());
    await this.allowances.forgetIdle(this.clock.now());
    await this.ladder.climb();
    await this.deferral.deferDue();
    await this.ringChannels();
    await this.inbox.forgetParts();
    // A yes that was recorded since may have given a report its delivery.
    await this.queue.ring('delivery.report', {});
    await this.queue.ring('message.change', {});
    await this.counts.fold(new Date(this.clock.now().getTime() - COUNTS_KEPT_MS));
    await this.listImports.sweep();
    // Last: a provider that does not answer must not hold up the bells.
    await this.settleDoubts();
    await this.ringChannels();
  }

  private async ringChannels(): Promise<void> {
    for (const kind of this.channels.kinds())
      if (await this.claimable.hasDueWork(kind, this.clock.now())) await this.queue.ring(sendJobs[kind], {});
  }

  private async settleDoubts(): Promise<void> {
    const rows = await this.deliveries.doubtful(AT_ONCE);
    // With the account that may have taken it, whichever is in use now.
    for (const account of new Set(rows.map((row) => row.account))) {
      const own = rows.filter((row) => row.account === account);
      await this.settleAccount(this.channels.account(account), own);
    }
  }

  private async settleAccount(channel: Channel | undefined, rows: readonly DoubtfulRow[]): Promise<void> {
    const now = this.clock.now();
    const first = rows.map((row) => ({ row, step: this.step(channel, row, null, now) }));
    const toAsk = first.filter(({ step }) => step === 'ask').map(({ row }) => row);
    const answers = channel && toAsk.length ? await this.ask(channel, toAsk) : [];
    const settlements: Settlement[] = [];
    for (const { row, step } of first) {
      const answer = answers[toAsk.indexOf(row)];
      const final = answer ? this.step(channel, row, { kind: answer.kind }, this.clock.now()) : step;
      const settlement = settlementFor(row, final, answer, now);
      if (settlement) settlements.push(settlement);
      if (answer?.kind === 'taken' && answer.report)
        await this.reports.keep([{ ...answer.report, provider: row.account }], this.clock.now());
    }
    await this.deliveries.settle(settlements, this.clock.now());
    if (settlements.length)
      this.log.log(`${settlements.length} doubts on ${channel?.account ?? 'a former account'} settled`);
  }

  private async ask(channel: Channel, rows: readonly DoubtfulRow[]): Promise<ReconcileAnswer[]> {
    return channel.reconcile!(
      rows.map((row) => ({ deliveryId: row.id, address: this.vault.open(row.address), startedAt: row.startedAt })),
    );
  }

  private step(channel: Channel | undefined, row: DoubtfulRow, answer: DoubtAnswer | null, now: Date): DoubtStep {
    return settleDoubt(
      {
        repeatableForMs: channel?.repeatableForMs ?? 0,
        canBeAsked: channel?.reconcile !== undefined,
        reconcileAfterMs: channel?.reconcileAfterMs ?? 0,
        firstTriedAt: row.firstTriedAt,
        doubtSince: row.doubtSince,
        repetitions: row.repetitions,
        rule: channel?.kind === 'email' ? this.settings.delivery.emailDoubt : 'hold',
        doubtWindowMs: this.settings.delivery.doubtWindowMs,
      },
      answer,
      now,
    );
  }
}

function settlementFor(
  row: DoubtfulRow,
  step: DoubtStep,
  answer: ReconcileAnswer | undefined,
  now: Date,
): Settlement | null {
  if (step === 'wait' || step === 'ask') return null;
  const base = {
    id: row.id,
    attemptNo: row.attemptNo,
    countsAttempt: false,
    doubt: false,
    outcome: 'settled',
    class: null,
    nextAttemptAt: null,
    // Proof that it has not been taken sets it free; without proof it stays with its account.
    pin: answer?.kind === 'notTaken' ? null : row.account,
    repeats: step === 'repeat',
  } as const;
  const reference = answer?.kind === 'taken' ? answer.reference : null;
  switch (step) {
    case 'sent':
      return {
        ...base,
        state: 'sent',
        reference,
        ...partsOf(answer),
        code: 'SETTLED_TAKEN',
        reason: '经向通道查询，确认已经发出',
      };
    case 'sendAgain':
    case 'repeat':
      return {
        ...base,
        state: 'planned',
        reference,
        nextAttemptAt: now,
        code: 'SETTLED_AGAIN',
        reason: step === 'repeat' ? '上次是否发出不明，已按规则再发一次' : '上次是否发出不明，已按规则再发',
      };
    case 'hold':
      return {
        ...base,
        state: 'held',
        reference,
        code: 'IN_DOUBT',
        reason:
          row.repetitions > 0
            ? '已自动重发过一次，仍不知道通道是否收下，请人工确认'
            : '通道可能已经收下，也可能没有，请人工确认',
      };
  }
}

const partsOf = (answer: ReconcileAnswer | undefined): Pick<Settlement, 'parts'> =>
  answer?.kind === 'taken' && answer.parts ? { parts: answer.parts } : {};
