import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DistributionService } from '../../distribution/groups/distribution.service.js';
import { Deferral } from '../../dispatch/when/deferral.js';
import { Preflight } from '../../dispatch/plan/preflight.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { IssueService } from '../../issues/issue.service.js';
import { ReadingService } from '../../issues/reading.service.js';
import { SendBackRepository } from '../../issues/send-back.repository.js';
import { PublicationRepository } from '../../issues/publication.repository.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, storedNumber, textField } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { peopleLeft } from './archive.pages.js';
import { IssueHeadRepository } from '../issue-head/issue-head.repository.js';
import { BoardRepository } from '../sending/board.repository.js';
import { issueId } from '../ids.js';
import { IssueDrafts } from './issue-drafts.js';
import { type EditionRow, IssuePageRepository } from './issue-page.repository.js';
import { issuePageView } from './issue-view.js';
import { ListStateRepository } from '../list-state.repository.js';
import { isChanged } from './issue-working-draft.js';
import { takesOn } from './original-view.js';
import { nameTarget } from '../name-target.js';
import { readPage } from '../paging.js';
import { sendBackView } from './send-back-view.js';
import { ScopeOfIssue } from '../scope/scope-of-issue.js';
import type { StartWaits } from '../sending/start-view.js';

/** Acts that have no page of their own. */
const formActs = ['submitForReview', 'review', 'sendBack', 'reopen', 'unarchive'] as const;
const actForm = z.object({
  revision: storedNumber.positive(),
  act: z.enum(formActs),
  note: textField(500),
});
const aliasForm = z.object({ label: z.string().min(1).max(200), target: nameTarget });

/** Acts that others have to understand later. */
const needsNote: readonly string[] = ['sendBack'];

/** One issue: its progress, its structure beside the original, whom it goes to, and what may be done with it now. */
@Needs('issue.read')
@Controller('issues/:id')
export class IssuePages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly service: IssueService,
    private readonly pages: IssuePageRepository,
    private readonly scopes: ScopeOfIssue,
    private readonly distribution: DistributionService,
    private readonly preflight: Preflight,
    private readonly deferral: Deferral,
    private readonly publications: PublicationRepository,
    private readonly list: ListStateRepository,
    private readonly board: BoardRepository,
    private readonly sendBacks: SendBackRepository,
    private readonly readings: ReadingService,
    private readonly drafts: IssueDrafts,
    private readonly heads: IssueHeadRepository,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const issue = await this.load(id);
    const beforeSignOff = ['drafting', 'reviewing', 'awaitingSignOff'].includes(issue.state);
    const checks = beforeSignOff ? await this.preflight.check(id) : null;
    const [source, editions, scope, accountNames, listEmpty] = await Promise.all([
      this.pages.source(id),
      this.pages.editions(id),
      this.scopes.scopeOf(issue, checks?.recipients, { path: `/issues/${id}`, number: readPage(query.people) }),
      this.pages.accountNames([issue.editorId, issue.reviewerId]),
      this.list.isEmpty(),
    ]);
    if (source === null) throw new DomainError('issue.notFound');
    const preflight = checks?.lines ?? [];
    const [mayStart, now] = [mayDo(actor.roles, 'issue.signOff'), this.clock.now()];
    const waits = await this.waits(issue, editions, now);
    const view = issuePageView({
      issue,
      source,
      scope: scope.view,
      preflight,
      editions,
      accountNames,
      actor,
      mayStart,
      waits,
      left: await this.left(issue, editions),
      now,
      asked: { items: readPage(query.items), lines: readPage(query.lines) },
    });
    const sentBack = sendBackView(await this.sendBacks.sendBacksOf(id));
    const reading = view.mayEdit ? await this.readings.currentReading(id) : null;
    const lines = view.source.map((line) => ({ ...line, takes: reading ? takesOn(reading, line.number) : [] }));
    const draft = view.mayEdit ? await this.drafts.loadDraft(id, actor) : null;
    const draftAt = draft === null || !isChanged(draft) ? null : chineseDateTime(draft.savedAt);
    const head = await this.heads.headOf(id, actor, 'content');
    // What the head offers is not offered twice.
    const acts = view.acts.filter(
      ({ act, confirmAt }) => act !== head.next?.act && (confirmAt ?? '') !== head.next?.href,
    );
    return page('console/issues/issue', {
      ...view,
      head,
      acts,
      actsFirst: acts.some(({ quiet }) => !quiet),
      source: lines,
      sentBack,
      draftAt,
      listEmpty,
      mayMap: mayDo(actor.roles, 'list.edit'),
    });
  }

  @Needs(...formActs.map((act) => `issue.${act}` as const))
  @Post('act')
  async act(
    @Param('id', issueId) id: string,
    @Form(actForm) { revision, act, note }: z.infer<typeof actForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    if (needsNote.includes(act) && note === '') throw new DomainError('issue.reasonNeeded');
    await this.service.act(id, revision, act, actor, note === '' ? undefined : note);
    return seeOther(`/issues/${id}`);
  }

  /** Maps a name in the scope that the system did not know to a group, a unit or a post, from now on. */
  @Needs('list.edit')
  @Post('scope-alias')
  async mapLabel(
    @Param('id', issueId) id: string,
    @Form(aliasForm) { label, target }: z.infer<typeof aliasForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.distribution.rememberAlias(label, target, actor);
    return seeOther(`/issues/${id}#scope`);
  }

  /** How many have not acknowledged, where the issue is out and asks for it. */
  private async left(issue: StoredIssue, editions: readonly EditionRow[]): Promise<number> {
    const out = editions.find(({ voidedAt, withdrawnAt }) => voidedAt === null && withdrawnAt === null);
    if (issue.state !== 'dispatched' || out === undefined) return 0;
    return peopleLeft(this.board, out);
  }

  /** What holds up the first messages of an edition that is signed and not yet planned. */
  private async waits(issue: StoredIssue, editions: readonly EditionRow[], now: Date): Promise<StartWaits> {
    const signed = editions.find(({ voidedAt, correctedAt }) => voidedAt === null && correctedAt === null);
    if (issue.state !== 'signedOff' || !signed || signed.plannedAt !== null) return { atStart: null, ifNow: null };
    const { policy } = await this.publications.ofIssue(issue.id);
    const [atStart, ifNow] = await Promise.all(
      [signed.sendAt, now].map((start) => this.deferral.firstMessages({ ...signed, policy }, start)),
    );
    return { atStart: atStart ?? null, ifNow: ifNow ?? null };
  }

  private async load(id: string): Promise<StoredIssue> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    return issue;
  }
}
