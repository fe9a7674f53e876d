import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { WithdrawalService } from '../../dispatch/acts/withdrawal.service.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayAct } from '../../domain/issue/issue-state.js';
import { mayDo } from '../../domain/roles.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { IssueService } from '../../issues/issue.service.js';
import { type TextHolder, TextHolderRepository } from '../../issues/text-holders.repository.js';
import { attachment, csvFile } from '../../platform/csv-file.js';
import { Asked, Form, storedNumber, textField } from '../../platform/http/form.js';
import { download, page, type PageReply, type RawReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { actNote } from '../act-note.js';
import { issueId } from '../ids.js';
import { IssuePageRepository } from './issue-page.repository.js';
import { issueName } from '../issue-head/issue-name.js';
import { paging, readPage } from '../paging.js';
import { holderCounts, holderRow, holdersPerPage, holderTable } from './withdrawal-view.js';

const revision = storedNumber.positive();
const withdrawForm = z.object({
  revision,
  note: textField(500, '请写明撤回的理由。'),
  /** Ticked: those who may have the text are told at once. */
  tell: z.literal('yes').optional(),
});
const versionForm = z.object({ version: storedNumber.positive() });
const giveUpForm = z.object({ revision, note: textField(500, '请写明放弃更正的理由。') });
const correctForm = z.object({ revision, note: textField(500, '请写明更正了什么。') });

/** 撤回 and 更正: who had the old text, telling them, and beginning the text that takes its place. */
@Needs('issue.read')
@Controller('issues/:id')
export class WithdrawalPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly service: IssueService,
    private readonly holders: TextHolderRepository,
    private readonly withdrawals: WithdrawalService,
    private readonly pages: IssuePageRepository,
  ) {}

  @Needs('issue.withdraw')
  @Get('withdraw')
  async confirm(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const issue = await this.mayBe(id, 'withdraw', actor);
    const edition = await this.editions.validOf(id);
    const holders = edition === null ? [] : await this.holders.holdersOf(edition.id);
    const view = { id, revision: issue.revision, heading: issueName(issue), ...holderCounts(holders) };
    return page('console/issues/withdraw', view);
  }

  @Needs('issue.withdraw')
  @Post('withdraw')
  async withdraw(
    @Param('id', issueId) id: string,
    @Form(withdrawForm) form: z.infer<typeof withdrawForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.service.act(id, form.revision, 'withdraw', actor, form.note);
    const edition = await this.editions.validOf(id);
    if (form.tell !== 'yes' || edition === null) return seeOther(`/issues/${id}/withdrawal`);
    const { told } = await this.withdrawals.tell(edition.id, actor);
    return seeOther(`/issues/${id}/withdrawal?did=told-${told}`);
  }

  @Get('withdrawal')
  async show(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const [issue, edition, holders] = await this.withdrawn(id, query.version);
    // For paper: everybody on one page.
    const perPage = query.all === 'yes' ? Math.max(holders.length, 1) : holdersPerPage;
    const number = query.all === 'yes' ? 1 : readPage(query.page);
    const shown = { version: String(edition.version) };
    const names = await this.pages.accountNames([edition.withdrawnById]);
    return page('console/issues/withdrawal', {
      id,
      version: edition.version,
      heading: edition.content.title,
      note: actNote(query.did),
      when: chineseDateTime(edition.withdrawnAt ?? edition.signedAt),
      who: names.get(edition.withdrawnById ?? '') ?? '',
      reason: edition.withdrawnReason ?? '',
      ...holderCounts(holders),
      rows: holders.slice((number - 1) * perPage, number * perPage).map(holderRow),
      paging: paging(`/issues/${id}/withdrawal`, shown, number, perPage, holders.length),
      allOnOnePage: query.all === 'yes',
      untold: mayDo(actor.roles, 'dispatch.control') ? await this.withdrawals.untold(edition.id) : 0,
      corrected: edition.correctedAt !== null,
      mayCorrect: mayAct('correct', actor, issue) === null,
    });
  }

  @Get('withdrawal.csv')
  async table(@Param('id', issueId) id: string, @Asked('version') version: string | undefined): Promise<RawReply> {
    const [, edition, holders] = await this.withdrawn(id, version);
    const name = `${edition.content.title}收到过已撤回内容的人.csv`;
    return download(csvFile(holderTable(holders)), 'text/csv; charset=utf-8', attachment(name));
  }

  @Needs('dispatch.control')
  @Post('withdrawal/tell')
  async tell(
    @Param('id', issueId) id: string,
    @Form(versionForm) { version }: z.infer<typeof versionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const [, edition] = await this.withdrawn(id, String(version));
    const { told } = await this.withdrawals.tell(edition.id, actor);
    return seeOther(`/issues/${id}/withdrawal?version=${edition.version}&did=told-${told}`);
  }

  @Needs('issue.correct')
  @Get('correct')
  async begin(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const issue = await this.mayBe(id, 'correct', actor);
    const [edition] = await this.editions.withdrawnOf(id);
    const holders = edition === undefined ? [] : await this.holders.holdersOf(edition.id);
    return page('console/issues/correct', {
      id,
      revision: issue.revision,
      heading: issueName(issue),
      people: holders.length,
    });
  }

  @Needs('issue.correct')
  @Post('correct')
  async correct(
    @Param('id', issueId) id: string,
    @Form(correctForm) form: z.infer<typeof correctForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.service.act(id, form.revision, 'correct', actor, form.note);
    return seeOther(`/issues/${id}/edit`);
  }

  @Needs('issue.giveUpCorrection')
  @Get('give-up-correction')
  async askGiveUp(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const issue = await this.mayBe(id, 'giveUpCorrection', actor);
    const [edition] = await this.editions.withdrawnOf(id);
    return page('console/issues/give-up-correction', {
      id,
      revision: issue.revision,
      heading: issueName(issue),
      begun: issue.correctionNote ?? '',
      version: edition?.version ?? 1,
    });
  }

  @Needs('issue.giveUpCorrection')
  @Post('give-up-correction')
  async giveUp(
    @Param('id', issueId) id: string,
    @Form(giveUpForm) form: z.infer<typeof giveUpForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.service.giveUpCorrection(id, form.revision, form.note, actor);
    return seeOther(`/issues/${id}/withdrawal`);
  }

  private async mayBe(
    id: string,
    act: 'withdraw' | 'correct' | 'giveUpCorrection',
    actor: Actor,
  ): Promise<StoredIssue> {
    const issue = await this.load(id);
    const refusal = mayAct(act, actor, issue);
    if (refusal !== null) throw new DomainError(refusal.code, refusal.details);
    return issue;
  }

  private async load(id: string): Promise<StoredIssue> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    return issue;
  }

  /** The edition asked for, else the one withdrawn last. */
  private async withdrawn(
    id: string,
    version: string | undefined,
  ): Promise<[StoredIssue, StoredEdition, TextHolder[]]> {
    const [issue, editions] = await Promise.all([this.load(id), this.editions.withdrawnOf(id)]);
    const edition = version === undefined ? editions[0] : editions.find((one) => String(one.version) === version);
    if (edition === undefined) throw new DomainError('dispatch.notWithdrawn');
    return [issue, edition, await this.holders.holdersOf(edition.id)];
  }
}
