import { Injectable, Logger } from '@nestjs/common';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import {
  type DispatchPlan,
  type Planable,
  type PlanContact,
  planDispatch,
} from '../../domain/sending/dispatch-plan.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import { type PublicationPolicy, readPolicy } from '../../domain/sending/channel-policy.js';
import { startOf } from '../../domain/sending/send-time.js';
import type { ScopeEntry } from '../../domain/scope/scope.js';
import type { SecrecyLevel } from '../../domain/issue/secrecy.js';
import { priorityOf } from '../../domain/urgency.js';
import { ClassGate } from '../../issues/class-gate.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { IssueRepository } from '../../issues/issue.repository.js';
import { TrialService } from '../../issues/trial.service.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import type { Waking } from '../../domain/calendar.js';
import { digestTime } from '../../domain/sending/daily-digest.js';
import { stateAfter } from '../../domain/issue/issue-state.js';
import { OrganisationRepository } from '../../organisation/organisation.repository.js';
import { WishesRepository } from '../../organisation/wishes.repository.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { Database } from '../../platform/database.js';
import { JobQueue } from '../../platform/jobs/job-queue.js';
import { sendJobs } from '../../platform/jobs/jobs.js';
import { Settings } from '../../settings/settings.js';
import { byChannel } from '../../domain/channel-facts.js';
import { channelKinds } from '../../domain/delivery.js';
import { CalendarRepository } from '../when/calendar.repository.js';
import { CopyLinks } from './copy-links.js';
import { Deferral } from '../when/deferral.js';
import { packPart, PlanRepository } from '../rows/plan.repository.js';
import { type Contact, copyOf, deliveriesOf, rungsOf } from './planned-rows.js';

/** How many messages, by channel. */
type MessageCounts = DispatchPlan['planned'];

/** Copies planned between two looks at the database: more are hardly faster, and take more memory. */
const COPIES_AT_ONCE = 1000;

/** How what a part needs is read: in the open transaction, or beside it. */
type Reading = <T>(read: () => Promise<T>) => Promise<T>;
const inTransaction: Reading = (read) => read();

/** Turns a signed edition into copies and deliveries, all in one transaction; then rings the channels. */
@Injectable()
export class PlanService {
  private readonly log = new Logger(PlanService.name);

  constructor(
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly editions: EditionRepository,
    private readonly issues: IssueRepository,
    private readonly publications: PublicationRepository,
    private readonly organisation: OrganisationRepository,
    private readonly wishes: WishesRepository,
    private readonly calendar: CalendarRepository,
    private readonly deferral: Deferral,
    private readonly channels: ChannelRegistry,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly gate: ClassGate,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
    private readonly trial: TrialService,
  ) {}

  /** Harmless to repeat: an edition that is planned, voided or withdrawn is left alone. */
  async plan(editionId: string): Promise<void> {
    // Inside a caller's transaction the rows it has just written are visible on its own connection alone: read there.
    const reading: Reading = this.database.insideTransaction() ? inTransaction : (read) => this.database.apart(read);
    const isPlanned = await this.database.transaction(async () => {
      const locked = await this.plans.lockEdition(editionId);
      const now = this.clock.now();
      // Too early: the sign-off may still be undone. Far too late: a person decides whether it is still news.
      if (!locked || locked.plannedAt || startOf(locked.sendAt, now) !== 'start') return false;
      const edition = await this.editions.loadEdition(editionId);
      if (!edition) return false;

      const { policy } = await this.publications.ofIssue(edition.issueId);
      const { copies, planned } = await this.writeParts({ ...edition, policy }, now, {
        next: (taken) => reading(() => this.editions.entries(edition.id, taken, COPIES_AT_ONCE)),
        given: 0,
        lateReason: null,
        reading,
      });
      await this.plans.markPlanned(editionId, now, policy);
      const issue = await this.issues.loadIssue(edition.issueId);
      if (issue) await this.issues.move(issue.id, issue.revision, stateAfter(issue.state, 'dispatch'));
      await this.audit.record('system', 'dispatch.planned', `issue:${edition.issueId}`, {
        editionId,
        copies,
        ...planned,
      });
      return true;
    });
    if (isPlanned) this.log.log(`edition ${editionId} planned`);
    // Rung even when planned before: a crash between commit and bell is mended by the second run.
    for (const kind of this.channels.kinds()) await this.queue.ring(sendJobs[kind], {});
  }

  /**
   * Over which channels people would be reached now, what each may carry, and why some would not be.
   *
   * @param policy without one, every channel that may be used
   */
  async reach<E extends Planable>(
    entries: readonly E[],
    level: SecrecyLevel,
    policy?: PublicationPolicy,
  ): Promise<DispatchPlan<E>> {
    return (await this.planFor(entries, level, 0, policy)).plan;
  }

  /** The same for any number of people, counted: messages by channel, and whom no channel reaches. */
  async outlook(
    entries: readonly ScopeEntry[],
    level: SecrecyLevel,
    policy: PublicationPolicy,
  ): Promise<{ planned: MessageCounts; unreachable: { entry: ScopeEntry; reason: string }[] }> {
    const planned: MessageCounts = byChannel(() => 0);
    const unreachable: { entry: ScopeEntry; reason: string }[] = [];
    for (let from = 0; from < entries.length; from += COPIES_AT_ONCE) {
      const { plan } = await this.planFor(entries.slice(from, from + COPIES_AT_ONCE), level, from, policy);
      for (const kind of channelKinds) planned[kind] += plan.planned[kind];
      for (const { entry, unreachable: reason } of plan.copies) if (reason) unreachable.push({ entry, reason });
    }
    return { planned, unreachable };
  }

  /**
   * Part after part, so that memory does not grow with the number of copies; one is prepared while the one before is stored,
   * from what a second connection reads meanwhile.
   */
  private async writeParts(
    edition: StoredEdition,
    now: Date,
    { next, given, lateReason, reading }: Source,
  ): Promise<{ copies: number; planned: MessageCounts }> {
    const sum: MessageCounts = byChannel(() => 0);
    const links = new CopyLinks(this.vault, (hashes) => reading(() => this.plans.knownCodeHashes(hashes)));
    let [taken, copies] = [0, 0];
    let storing = Promise.resolve();
    for (;;) {
      const entries = await next(taken);
      if (entries.length === 0) break;
      taken += entries.length;
      const meant = await reading(() => this.trial.sentTo(edition, entries));
      if (meant.length === 0) continue;
      const part = await this.prepare(edition, meant, now, { before: given + copies, lateReason, links }, reading);
      await storing;
      storing = this.store(part);
      storing.catch(() => undefined); // thrown where it is awaited
      for (const kind of channelKinds) sum[kind] += part.planned[kind];
      copies += part.copies;
    }
    await storing;
    // Once for all of them: it looks at everything that is due.
    await this.deferral.deferDue();
    return { copies, planned: sum };
  }

  /**
   * Copies with their links and first deliveries, inside the caller's transaction.
   *
   * @param given how many copy numbers are given already, and why these copies come late if they do
   */
  async write(
    edition: StoredEdition,
    entries: readonly ScopeEntry[],
    now: Date,
    given: Pick<Given, 'before' | 'lateReason'>,
  ): Promise<{ copies: number; planned: MessageCounts }> {
    return this.writeParts(edition, now, {
      next: (taken) => Promise.resolve(entries.slice(taken, taken + COPIES_AT_ONCE)),
      given: given.before,
      lateReason: given.lateReason,
      reading: inTransaction,
    });
  }

  private async prepare(
    edition: StoredEdition,
    entries: readonly ScopeEntry[],
    now: Date,
    given: Given,
    reading: Reading,
  ) {
    const policy = readPolicy(edition.policy);
    const { plan, contacts, wishes } = await reading(() => this.planFor(entries, edition.level, given.before, policy));
    const links = await given.links.draw(plan.copies.length);
    const contactById = new Map(contacts.map((contact) => [contact.id, contact]));
    const calendar = await this.calendar.calendar();
    const digestAt = (rule: Waking) => digestTime(now, this.settings.delivery.digestMinutes, rule, calendar);
    const context = { contacts: contactById, wishes, edition, policy, digestAt };
    return {
      edition,
      now,
      late: given.lateReason === null ? null : { at: now, reason: given.lateReason },
      copies: plan.copies.length,
      rows: packPart(
        plan.copies.map((copy, i) => copyOf(copy, links[i]!)),
        plan.copies.flatMap((copy, i) => deliveriesOf(copy, links[i]!.id, context)),
        plan.copies.flatMap((copy, i) => rungsOf(copy, links[i]!.id, context)),
      ),
      planned: plan.planned,
    };
  }

  private async store({ edition, now, late, rows }: Part): Promise<void> {
    const linkExpiresAt = new Date(now.getTime() + this.settings.reading.linkDays * 86_400_000);
    const { urgency } = edition;
    const due = { priority: priorityOf(urgency), at: now, deadline: deadlineFor(urgency, now), linkExpiresAt };
    await this.plans.addPart(edition.id, rows, due, late);
  }

  private async planFor<E extends Planable>(
    entries: readonly E[],
    level: SecrecyLevel,
    before: number,
    policy?: PublicationPolicy,
  ) {
    const people = entries.map(({ personId }) => personId);
    const [contacts, wishes] = await Promise.all([this.organisation.contactsOf(people), this.wishes.wishesOf(people)]);
    const plan = planDispatch({
      entries,
      contacts: this.byPerson(contacts),
      channels: this.channels.kinds(),
      level,
      before,
      policy,
      wishes: new Map([...wishes].map(([personId, { channelOrder }]) => [personId, channelOrder])),
    });
    return { contacts, wishes, plan };
  }

  private byPerson(contacts: readonly Contact[]): Map<string, PlanContact[]> {
    const people = new Map<string, PlanContact[]>();
    for (const { id, personId, kind, mailDomain, badSince } of contacts) {
      const channel = channelKinds.find((k) => k === kind);
      if (!channel) continue;
      const contact = {
        id,
        kind: channel,
        usable: badSince === null,
        ownMailDomain: this.gate.isOwn(mailDomain),
      };
      people.set(personId, [...(people.get(personId) ?? []), contact]);
    }
    return people;
  }
}

type Part = Awaited<ReturnType<PlanService['prepare']>>;

/** Whom copies are for, part by part, and what all of these copies share. */
interface Source {
  /** @param taken how many have been asked for before; nobody any more ends it */
  next: (taken: number) => Promise<readonly ScopeEntry[]>;
  /** Copy numbers that are given already. */
  given: number;
  /** Why these copies come late; null for those of a plan. */
  lateReason: string | null;
  reading: Reading;
}

interface Given {
  before: number;
  lateReason: string | null;
  links: CopyLinks;
}
