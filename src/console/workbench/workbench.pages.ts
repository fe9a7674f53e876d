import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { accountText } from '../../channels/account-text.js';
import { AccountLookRepository } from '../../channels/account-look.repository.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { ReplyInboxRepository } from '../../channels/reply-inbox.repository.js';
import { Progress } from '../../dispatch/after/progress.js';
import { GateRepository } from '../../dispatch/send/gate.repository.js';
import { CalendarRepository } from '../../dispatch/when/calendar.repository.js';
import { SubscriptionRepository } from '../../distribution/subscriptions/subscription.repository.js';
import { mayDo } from '../../domain/roles.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { standingOf, wellAccount } from '../../domain/sending/fail-over.js';
import { AmendmentRepository } from '../../organisation/amendment.repository.js';
import { ContactRepository } from '../../organisation/contact.repository.js';
import { Clock } from '../../platform/clock.js';
import { ClockCheck } from '../../platform/clock-check.js';
import { page, type PageReply } from '../../platform/http/page.js';
import { standings } from '../office/channels-view.js';
import { PaperListRepository } from '../sending/paper-list.repository.js';
import { liveProgress } from '../sending/progress-view.js';
import { WorkbenchRepository, type WorkIssue } from './workbench.repository.js';
import { workbenchView } from './workbench-view.js';

const sentShown = 12;
/** Editions whose copies are looked at for sheets due back: the newest, since the table is as long as the list. */
const sheetsLookedAt = 3;

/** 工作台: what waits for whoever has signed in, what is under way, what is late. The first page of every role. */
@Needs('session.own')
@Controller()
export class WorkbenchPages {
  constructor(
    private readonly rows: WorkbenchRepository,
    private readonly replies: ReplyInboxRepository,
    private readonly amendments: AmendmentRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly contacts: ContactRepository,
    private readonly paper: PaperListRepository,
    private readonly calendar: CalendarRepository,
    private readonly progress: Progress,
    private readonly channels: ChannelRegistry,
    private readonly gates: GateRepository,
    private readonly looks: AccountLookRepository,
    private readonly clocks: ClockCheck,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentActor() actor: Actor): Promise<PageReply> {
    const now = this.clock.now();
    const inOffice = mayDo(actor.roles, 'issue.read');
    const issues = inOffice ? await this.rows.issues(sentShown) : [];
    const [replies, amendments, subscriptions, contacts, paperDue, calendar, setUp, channels, clockWarning, timeLeft] =
      await Promise.all([
        this.replies.counts(),
        this.amendments.countOpen(),
        this.subscriptions.counts(),
        this.contacts.countTroubled(now),
        this.paper.dueBack(editionsOut(issues)),
        this.calendar.calendar(),
        this.rows.setUp(),
        this.channelLines(now),
        this.clocks.look(),
        this.timeLeft(issues),
      ]);
    const view = workbenchView({
      ...{ me: actor, now, calendar, issues, paperDue, setUp, channels, timeLeft, amendments },
      ...{ replies: replies.open, subscriptions: subscriptions.confirmed, badContacts: contacts.bad },
      channel: this.channels.all().length > 0,
    });
    return page('console/workbench/workbench', {
      ...view,
      clockWarning: inOffice ? clockWarning : null,
      mayImport: mayDo(actor.roles, 'issue.import'),
      htmx: view.moving,
      refreshSeconds: view.moving ? 30 : null,
    });
  }

  /** Each provider account with how it stands, as the page of channels says it. */
  private async channelLines(now: Date) {
    const [states, looks] = await Promise.all([this.gates.all(), this.looks.all()]);
    return this.channels.all().map(({ account, kind }) => {
      const alone = this.channels.all().filter((other) => other.kind === kind).length === 1;
      const state = states.get(account) ?? wellAccount;
      return {
        name: `${channelText[kind]}\u3000${accountText(account)}`,
        standing: standings[standingOf(state, now, alone)],
        detail: looks.get(account)?.balance ?? '',
      };
    });
  }

  private async timeLeft(issues: readonly WorkIssue[]): Promise<ReadonlyMap<string, string>> {
    const moving = issues.find(({ waiting }) => waiting > 0);
    if (!moving?.editionId) return new Map();
    const { left } = liveProgress(await this.progress.progressOf(moving.editionId));
    return new Map(left === '' || left === '—' ? [] : [[moving.id, `，${left}`]]);
  }
}

const editionsOut = (issues: readonly WorkIssue[]): string[] =>
  issues
    .filter(({ state, editionId }) => state === 'dispatched' && editionId !== null)
    .slice(0, sheetsLookedAt)
    .map(({ editionId }) => editionId!);
