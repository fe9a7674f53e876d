import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { secrecyText } from '../../domain/issue/secrecy.js';
import { urgencyText } from '../../domain/urgency.js';
import { IssueRepository, type StoredIssue } from '../../issues/issue.repository.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { issueId } from '../ids.js';
import { IssueDrafts, type SavedWorkingDraft } from './issue-drafts.js';
import { draftOf } from './issue-form.js';
import { type Difference, differences, merge, type Side } from './issue-merge.js';
import { IssuePageRepository } from './issue-page.repository.js';
import { issueName } from '../issue-head/issue-name.js';
import { isChanged, keyed } from './issue-working-draft.js';
import { fieldText } from '../../platform/http/form.js';

/** Of a text longer than this the page shows the beginning: both are whole in the form that follows. */
const longestShown = 1500;
/** More places than these stand there with their beginning alone. */
const shownWhole = 20;

/** Somebody else has saved an issue while one was editing it: both versions side by side, and which of each is to stay. */
@Needs('issue.edit')
@Controller('issues/:id/edit/merge')
export class IssueMergePages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly pages: IssuePageRepository,
    private readonly drafts: IssueDrafts,
  ) {}

  @Get()
  async ask(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const { issue, working } = await this.load(id, actor);
    const theirs = keyed(draftOf(issue));
    if (working === null || working.mine.revision === theirs.revision || !isChanged(working))
      return seeOther(`/issues/${id}/edit`);
    const found = differences(working.base, working.mine, theirs);
    const names = await this.pages.accountNames([issue.editorId]);
    const limit = found.length > shownWhole ? 200 : longestShown;
    return page('console/issues/issue-merge', {
      id,
      heading: issueName(issue),
      revision: theirs.revision,
      other: names.get(issue.editorId ?? '') ?? '另一位编辑',
      frozen: !['drafting', 'signedOff'].includes(issue.state),
      rows: found.map((difference) => row(difference, limit)),
    });
  }

  @Post()
  async choose(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { issue, working } = await this.load(id, actor);
    const theirs = keyed(draftOf(issue));
    if (working === null) return seeOther(`/issues/${id}/edit`);
    // Somebody was faster once more: what is there now has to be seen first.
    if (fieldText(body.revision) !== theirs.revision) return seeOther(`/issues/${id}/edit/merge`);
    const act = fieldText(body.act);
    if (act === 'theirs') {
      await this.drafts.forget(id, actor);
      return seeOther(`/issues/${id}/edit`);
    }
    const choice = (difference: Difference): Side => {
      if (act === 'mine') return 'mine';
      const picked = fieldText(body[difference.id]);
      return picked === 'mine' || picked === 'theirs' ? picked : difference.suggested;
    };
    const mine = merge(working.base, working.mine, theirs, choice);
    await this.drafts.keep(id, { base: theirs, mine }, actor);
    return seeOther(`/issues/${id}/edit?merged=1`);
  }

  private async load(id: string, actor: Actor): Promise<{ issue: StoredIssue; working: SavedWorkingDraft | null }> {
    const issue = await this.issues.loadIssue(id);
    if (issue === null) throw new DomainError('issue.notFound');
    return { issue, working: await this.drafts.loadDraft(id, actor) };
  }
}

const differenceText = {
  number: '期号',
  serialNumber: '总期号',
  issuedOn: '日期',
  issuer: '编发单位',
  level: '密级',
  levelReason: '降低密级的理由',
  urgency: '紧急程度',
  scope: '发送范围',
  editorName: '责任编辑',
  reviewerName: '审核',
  approverName: '签发',
  outline: '栏目和稿件的次序',
} as const;

function row({ id, field, mine, theirs, suggested }: Difference, limit: number) {
  const words = (text: string | null): string => {
    if (text === null) return '（没有这一条）';
    const said =
      (field === 'level' && secrecyText[text as keyof typeof secrecyText]) ||
      (field === 'urgency' && urgencyText[text as keyof typeof urgencyText]) ||
      text;
    if (said === '') return '（空）';
    return said.length > limit ? `${said.slice(0, limit)}……（共${said.length}个字）` : said;
  };
  const title = field === 'item' ? `稿件：${firstLine(mine ?? theirs ?? '')}` : differenceText[field];
  return { id, title, mine: words(mine), theirs: words(theirs), takesMine: suggested === 'mine' };
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 40) || '（无标题）';
