import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { readPolicy, type Wishes, wakingFor } from '../../domain/sending/channel-policy.js';
import { reminderOrder } from '../../domain/channel-facts.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { dueForReminder, type DueReminder } from '../../domain/sending/reminder.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import type { Carry } from '../../domain/issue/secrecy.js';
import { priorityOf } from '../../domain/urgency.js';
import { ClassGate } from '../../issues/class-gate.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { WishesRepository } from '../../organisation/wishes.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { ControlRepository, type MovedAddress } from '../rows/control.repository.js';
import { Deferral } from '../when/deferral.js';
import { GateRepository } from '../send/gate.repository.js';
import { type NewDelivery, PlanRepository } from '../rows/plan.repository.js';
import { type Remindable, ReminderRepository } from './reminder.repository.js';

/** Copies looked at between two looks at the database. */
const REMINDED_AT_ONCE = 5000;

type RemindablePerson = Remindable & { channel: ChannelKind; round: number };

/** What a person at the console does to a dispatch. Each act is idempotent and audited. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly database: Database,
    private readonly editions: EditionRepository,
    private readonly reminders: ReminderRepository,
    private readonly plans: PlanRepository,
    private readonly control: ControlRepository,
    private readonly gates: GateRepository,
    private readonly wishes: WishesRepository,
    private readonly deferral: Deferral,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly gate: ClassGate,
    private readonly queue: JobQueue,
  ) {}

  /** Who would be reminded now, and over which channel. */
  async remindable(editionId: string, shown: number): Promise<{ people: number; first: RemindablePerson[] }> {
    const edition = await this.sending(editionId);
    const found = { people: 0, first: [] as RemindablePerson[] };
    for await (const due of this.due(edition)) {
      found.people += due.length;
      for (const { copy, reminder } of due.slice(0, shown - found.first.length))
        found.first.push({ ...copy, channel: reminder.channel, round: copy.lastRound + 1 });
    }
    return found;
  }

  /**
   * One reminder to everybody who has not acknowledged, each over one channel. Two clicks at once remind once.
   *
   * @param seen how many reminders there were when the list was shown that led to this one; null for no list
   * @throws DomainError dispatch.remindedMeanwhile, dispatch.nothingToRemind
   */
  async remind(editionId: string, actor: Actor, seen: number | null = null): Promise<{ reminded: number }> {
    const reminded = await this.remindThose(editionId, actor.id, 'dispatch.reminded', { silentSince: null, seen });
    if (reminded === 0) throw new DomainError('dispatch.nothingToRemind');
    return { reminded };
  }

  /** The same without a person's hand, for those to whom nothing has gone out since `silentSince`. */
  async remindOverdue(editionId: string, silentSince: Date): Promise<number> {
    return this.remindThose(editionId, 'system', 'dispatch.remindedBySystem', { silentSince, seen: null });
  }

  private async remindThose(
    editionId: string,
    by: string,
    action: string,
    { silentSince, seen }: { silentSince: Date | null; seen: number | null },
  ): Promise<number> {
    const { reminded, channels } = await this.database.transaction(async () => {
      await this.plans.lockEdition(editionId);
      const edition = await this.sending(editionId);
      if (seen !== null && seen !== (await this.reminders.count(editionId)))
        throw new DomainError('dispatch.remindedMeanwhile');
      const now = this.clock.now();
      const when = { priority: priorityOf(edition.urgency), at: now, deadline: deadlineFor(edition.urgency, now) };
      const channels = new Set<ChannelKind>();
      let [people, added] = [0, 0];
      for await (const all of this.due(edition)) {
        const due = all.filter(
          ({ copy }) => silentSince === null || (copy.lastMessageAt !== null && copy.lastMessageAt <= silentSince),
        );
        const rows = due.flatMap(
          ({ copy, reminder, wishes }) => this.reminderOf(copy, reminder, edition, wishes) ?? [],
        );
        for (const { channel } of rows) channels.add(channel as ChannelKind);
        people += due.length;
        added += await this.plans.addDeliveries(editionId, rows, when);
      }
      if (people === 0) return { reminded: 0, channels };
      await this.deferral.deferDue();
      await this.audit.record(by, action, `issue:${edition.issueId}`, { editionId, people: added });
      return { reminded: added, channels };
    });
    for (const kind of channels) await this.queue.ring(sendJobs[kind], {});
    return reminded;
  }

  /**
   * Tries the failed ones again, all or those that failed for one reason; where an address was corrected since, at the new one.
   * @returns how many; none the second time, when a button was pressed twice
   */
  async retryFailed(editionId: string, code: string | null, actor: Actor): Promise<{ again: number }> {
    const edition = await this.planned(editionId);
    const now = this.clock.now();
    const again = await this.database.transaction(async () => {
      const moved = await this.control.correctedAddresses(editionId, code);
      await this.control.moveAddresses(moved.flatMap((row) => this.carried(row, edition) ?? []));
      const count = await this.control.retryFailed(editionId, code, now, deadlineFor(edition.urgency, now));
      if (count > 0)
        await this.audit.record(actor.id, 'dispatch.retried', `issue:${edition.issueId}`, {
          editionId,
          code,
          deliveries: count,
        });
      return count;
    });
    if (again > 0) for (const name of Object.values(sendJobs)) await this.queue.ring(name, {});
    return { again };
  }

  /** An address on which the class lets nothing pass is not taken. */
  private carried(row: MovedAddress, edition: StoredEdition): (MovedAddress & { carry: Carry }) | null {
    const carry = this.gate.carry(edition.level, row.channel, row.mailDomain);
    return carry === 'nothing' ? null : { ...row, carry };
  }

  /**
   * Starts a signed issue at once: before its time, or after a start that was missed. Of one that is planned, what waits for a
   * time ahead although nothing holds it up leaves now.
   */
  async sendNow(issueId: string, actor: Actor): Promise<void> {
    const edition = await this.editions.validOf(issueId);
    if (!edition) throw new DomainError('dispatch.notSignedOff');
    const [now, editionId] = [this.clock.now(), edition.id];
    const started = await this.database.transaction(async () => {
      const started = await this.editions.setSendAt(editionId, now);
      const deliveries = started || edition.withdrawnAt ? 0 : await this.control.releaseAhead(editionId, now);
      if (!started && deliveries === 0) throw new DomainError('dispatch.alreadyPlanned');
      await this.audit.record(actor.id, 'dispatch.startedByHand', `issue:${issueId}`, { editionId, deliveries });
      return started;
    });
    if (started) await this.queue.ring('dispatch.plan', { editionId });
    else for (const name of Object.values(sendJobs)) await this.queue.ring(name, {});
  }

  /** Nothing more leaves until it is resumed; what a provider has already been given stays given. */
  async pause(editionId: string, actor: Actor): Promise<void> {
    const edition = await this.sending(editionId);
    await this.database.transaction(async () => {
      if (!(await this.editions.setPaused(editionId, this.clock.now()))) return;
      await this.audit.record(actor.id, 'dispatch.paused', `issue:${edition.issueId}`, { editionId });
    });
  }

  /** Goes on with the rows that have not left; nobody gets anything twice, because a row leaves once. */
  async resume(editionId: string, actor: Actor): Promise<void> {
    const edition = await this.sending(editionId);
    await this.database.transaction(async () => {
      if (!(await this.editions.setPaused(editionId, null))) return;
      await this.audit.record(actor.id, 'dispatch.resumed', `issue:${edition.issueId}`, { editionId });
    });
    for (const name of Object.values(sendJobs)) await this.queue.ring(name, {});
  }

  /** Gives up what has not left. Nothing is left to pause then, so that a later message is not held up. */
  async cancelRest(editionId: string, actor: Actor): Promise<{ cancelled: number }> {
    const edition = await this.sending(editionId);
    return this.database.transaction(async () => {
      const cancelled = await this.control.giveUp(editionId, '已由办公室取消');
      const resumed = await this.editions.setPaused(editionId, null);
      if (cancelled > 0 || resumed)
        await this.audit.record(actor.id, 'dispatch.cancelled', `issue:${edition.issueId}`, {
          editionId,
          deliveries: cancelled,
        });
      return { cancelled };
    });
  }

  /** After its configuration was mended. */
  async reopenAccount(account: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      await this.gates.reopen(account, this.clock.now());
      await this.audit.record(actor.id, 'dispatch.channelReopened', `account:${account}`);
    });
    await this.ringAll();
  }

  /** The same as part of an act that is recorded itself. */
  async reopenMended(account: string): Promise<void> {
    await this.gates.reopen(account, this.clock.now());
    await this.ringAll();
  }

  private async ringAll(): Promise<void> {
    for (const name of Object.values(sendJobs)) await this.queue.ring(name, {});
  }

  private async planned(editionId: string): Promise<StoredEdition> {
    const edition = await this.editions.loadEdition(editionId);
    if (!edition?.plannedAt || edition.voidedAt) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }

  private async sending(editionId: string): Promise<StoredEdition> {
    const edition = await this.planned(editionId);
    if (edition.withdrawnAt) throw new DomainError('reading.withdrawn');
    return edition;
  }

  /** Part after part, so that memory does not grow with the number of people. */
  private async *due(
    edition: StoredEdition,
  ): AsyncGenerator<{ copy: Remindable; reminder: DueReminder; wishes: Wishes | undefined }[]> {
    const policy = readPolicy(edition.policy);
    for (let after = 0; ;) {
      const copies = await this.reminders.candidates(edition.id, after, REMINDED_AT_ONCE);
      if (copies.length === 0) return;
      after = copies.at(-1)!.copyNumber;
      const wishes = await this.wishes.wishesOf(copies.map(({ personId }) => personId));
      const byId = new Map(copies.map((copy) => [copy.copyId, copy]));
      const due = dueForReminder(
        copies.map((copy) => ({
          ...copy,
          channels: copy.addresses.map(({ channel }) => channel),
          wishes: wishes.get(copy.personId)?.channelOrder,
          reachable: copy.addresses.length > 0,
        })),
        { ...policy, channels: reminderOrder },
      );
      yield due.map((reminder) => {
        const copy = byId.get(reminder.copyId)!;
        return { copy, reminder, wishes: wishes.get(copy.personId) };
      });
    }
  }

  /** Goes where the person is reached now, by a channel that brought the first message, if the class still lets this channel carry anything. */
  private reminderOf(
    copy: Remindable,
    { channel }: DueReminder,
    edition: StoredEdition,
    wishes: Wishes | undefined,
  ): NewDelivery | null {
    const { address, addressMasked, mailDomain, contactId } = copy.addresses.find((a) => a.channel === channel)!;
    const carry = this.gate.carry(edition.level, channel, mailDomain);
    if (carry === 'nothing') return null;
    const policy = readPolicy(edition.policy);
    const waking = wakingFor({ ...edition, purpose: 'reminder', policy, wishes });
    return {
      copyId: copy.copyId,
      channel,
      purpose: 'reminder',
      round: copy.lastRound + 1,
      carry,
      address,
      addressMasked,
      mailDomain,
      contactId,
      position: copy.copyNumber,
      quietHours: waking.quiet,
      workingDaysOnly: waking.workingDaysOnly,
    };
  }
}
