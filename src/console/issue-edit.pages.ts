import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LargestBody } from '../platform/http/bodies.js';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { mayDo } from '../accounts/permissions.js';
import { DomainError } from '../domain/errors.js';
import { longestScope } from '../domain/scope-text.js';
import { EditionRepository } from '../issues/edition.repository.js';
import { IssueRepository, type StoredIssue } from '../issues/issue.repository.js';
import { IssueService } from '../issues/issue.service.js';
import type { FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { issueId } from './ids.js';
import { blankItem, draftOf, fieldText, type IssueDraft, readDraft, toChanges } from './issue-form.js';
import { arrange } from './issue-form-places.js';
import { issueFormView } from './issue-form-view.js';
import { mayEdit } from './issue-steps.js';
import { issueName } from './issue-view.js';
import { ScopeBox, type ScopeBoxAct, scopeBoxAct } from './scope-box.js';

/** The whole issue as one form. Buttons that add, remove or move a part send the form back with nothing saved. */
@Needs('issue.read')
@Controller('issues/:id/edit')
export class IssueEditPages {
  constructor(
    private readonly issues: IssueRepository,
    private readonly editions: EditionRepository,
    private readonly service: IssueService,
    private readonly box: ScopeBox,
  ) {}

  @Get()
  async ask(@Param('id', issueId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const issue = await this.editable(id, actor);
    return this.show(issue, draftOf(issue), [], 200, actor);
  }

  /** Some 200,000 characters, nine bytes each when URL-encoded. */
  @LargestBody(4 * 1024 * 1024)
  @Post()
  async save(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const issue = await this.editable(id, actor);
    const draft = readDraft(body);
    const sections = arrange(draft.sections, fieldText(body.step), blankItem);
    if (sections !== null) return this.show(issue, { ...draft, sections }, [], 200, actor);
    const act = scopeBoxAct(body);
    if (fieldText(body.step) === 'scope' || act.learn !== '' || act.forget !== '')
      return this.show(issue, draft, [], 200, actor, act);
    const reading = toChanges(draft, issue.level);
    if (!reading.ok) return this.show(issue, draft, reading.faults, 422, actor);
    try {
      await this.service.edit(id, reading.revision, reading.changes, actor);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // A classified text must not be sent back to be kept in a browser either.
      const shown = error.code === 'issue.classifiedText' ? draftOf(issue) : draft;
      // What was typed is kept, so that it can be copied over after a look at the other's change.
      return this.show(issue, shown, [{ field: '', message: error.message }], error.status, actor);
    }
    return seeOther(`/issues/${id}`);
  }

  private async editable(id: string, actor: Actor): Promise<StoredIssue> {
    const issue = await this.issues.load(id);
    if (issue === null) throw new DomainError('issue.notFound');
    const planned = (await this.editions.validOf(id))?.plannedAt != null;
    if (mayEdit(actor.roles, issue.state, planned) !== null) throw new DomainError('issue.frozen');
    return issue;
  }

  private async show(
    issue: StoredIssue,
    draft: IssueDraft,
    faults: readonly FormFault[],
    status: number,
    actor: Actor,
    act: ScopeBoxAct = { learn: '', forget: '' },
  ): Promise<PageReply> {
    const form = issueFormView(draft, issue.level, faults);
    const scopeBox = await this.box.view(draft.scope.slice(0, longestScope), act, actor);
    const mayMap = mayDo(actor.roles, 'list.edit');
    const voids = issue.state === 'signedOff';
    const props = { id: issue.id, heading: issueName(issue), voids, form, scopeBox, mayMap };
    return page('console/issue-edit', props, { status });
  }
}
