import { LargestBody } from '../../platform/http/bodies.js';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs, PartNeeds } from '../../accounts/needs.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { longestScope } from '../../domain/scope/scope-text.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import { IssueService } from '../../issues/issue.service.js';
import { ReadingService } from '../../issues/reading.service.js';
import { SendBackRepository } from '../../issues/send-back.repository.js';
import { Asked, type FormFault, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { issueId } from '../ids.js';
import { EditableIssue } from './editable-issue.js';
import { IssueDrafts } from './issue-drafts.js';
import { blankItem, draftOf, type IssueDraft, toChanges } from './issue-form.js';
import { findItem, formPages, pageOf } from './issue-form-pages.js';
import { arrange } from './issue-form-places.js';
import { issueFormView } from './issue-form-view.js';
import { issueName } from '../issue-head/issue-name.js';
import { originalLinks } from './original-links.js';
import { originalView } from './original-view.js';
import { isChanged, keyed, stepNow, type WorkingDraft } from './issue-working-draft.js';
import { readPage } from '../paging.js';
import { sendBackView } from './send-back-view.js';
import { ScopeBox, type ScopeBoxAct, scopeBoxAct } from '../scope/scope-box.js';

const secretText = '有一行标着密级。标有密级的内容不能在本系统办理，也没有存成草稿；请删去后再继续。';

/**
 * The whole issue as one form, a page of it at a time. What is typed is a draft on the server from the first button that
 * is pressed, or, with a script, from the first pause; buttons that add, remove or move a part change the draft alone.
 */
@Needs('issue.edit')
@Controller('issues/:id/edit')
export class IssueEditPages {
  constructor(
    private readonly editable: EditableIssue,
    private readonly readings: ReadingService,
    private readonly service: IssueService,
    private readonly drafts: IssueDrafts,
    private readonly box: ScopeBox,
    private readonly sendBacks: SendBackRepository,
  ) {}

  @Get()
  async ask(
    @Param('id', issueId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const issue = await this.editable.load(id, actor);
    await this.drafts.takePosted(issue, actor);
    const known = await this.drafts.loadDraft(id, actor);
    const now = keyed(draftOf(issue));
    const line = query.line === undefined ? {} : { line: readPage(query.line), asks: query.say !== undefined };
    const shown = { number: readPage(query.page), actor, notFound: query.notFound !== undefined, ...line };
    if (known === null) return this.show(issue, { base: now, mine: now }, shown);
    if (known.mine.revision !== now.revision) {
      if (isChanged(known)) return seeOther(`/issues/${id}/edit/merge`);
      await this.drafts.forget(id, actor);
      return this.show(issue, { base: now, mine: now }, shown);
    }
    const note = query.merged === undefined ? null : '两份改动已合在一起，还没有保存。请核对后按“保存”。';
    const savedAt = chineseDateTime(known.savedAt);
    return this.show(issue, known, { ...shown, savedAt, note });
  }

  /** Called by the page's script while somebody types. */
  @LargestBody(4 * 1024 * 1024)
  @HttpCode(204)
  @Post('draft')
  async keep(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const issue = await this.editable.load(id, actor);
    if ((await this.drafts.take(issue, body, actor)) === null) throw new DomainError('issue.classified');
  }

  /** Some 200,000 characters, nine bytes each when URL-encoded. */
  @PartNeeds('list.edit')
  @LargestBody(4 * 1024 * 1024)
  @Post()
  async save(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const issue = await this.editable.load(id, actor);
    const step = fieldText(body.step);
    if (step === 'discard') {
      await this.drafts.forget(id, actor);
      return seeOther(`/issues/${id}/edit`);
    }
    const number = readPage(fieldText(body.part));
    const working = await this.drafts.take(issue, body, actor);
    if (working === null) {
      const typed = await this.drafts.read(issue, body, actor);
      if (['save', 'enter', ''].includes(step)) return this.store(issue, typed, number, actor);
      const faults = [{ field: '', message: secretText }];
      return this.show(issue, typed, { number, actor, faults, status: 422 });
    }
    if (working.mine.revision !== String(issue.revision)) return seeOther(`/issues/${id}/edit/merge`);

    const arrangement = stepNow(step, body, working.mine);
    const sections = arrange(working.mine.sections, arrangement, blankItem);
    if (sections !== null) {
      const mine = keyed({ ...working.mine, sections });
      await this.drafts.keep(id, { ...working, mine }, actor);
      return seeOther(placeAfter(id, arrangement, working.mine, mine));
    }
    const wanted = this.pageAsked(id, step, body, working.mine, number);
    if (wanted !== null) return wanted;
    const act = scopeBoxAct(body);
    if (step === 'scope' || act.learn !== '' || act.forget !== '')
      return this.show(issue, working, { number, actor, act });
    return this.store(issue, working, number, actor);
  }

  private async store(
    issue: StoredIssue,
    working: WorkingDraft,
    number: number,
    actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const reading = toChanges(working.mine, issue);
    if (!reading.ok) return this.show(issue, working, { number, actor, faults: reading.faults, status: 422 });
    try {
      await this.service.edit(issue.id, reading.revision, reading.changes, actor);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'issue.changedMeanwhile') return seeOther(`/issues/${issue.id}/edit/merge`);
      const faults = [{ field: '', message: error.message }];
      const shown = { number, actor, faults, status: error.status };
      if (error.code !== 'issue.classifiedText') return this.show(issue, working, shown);
      // A classified text is kept nowhere, and not sent back to be kept in a browser either.
      await this.drafts.forget(issue.id, actor);
      const now = keyed(draftOf(issue));
      return this.show(issue, { base: now, mine: now }, { ...shown, keep: false });
    }
    await this.drafts.forget(issue.id, actor);
    return seeOther(`/issues/${issue.id}`);
  }

  /** Buttons that leaf through the form: `page:3`, and `find` with what is looked for. */
  private pageAsked(
    id: string,
    step: string,
    body: Readonly<Record<string, unknown>>,
    mine: IssueDraft,
    number: number,
  ): SeeOther | null {
    const asked = /^page:(\d{1,4})$/.exec(step)?.[1];
    if (asked !== undefined) return seeOther(`/issues/${id}/edit?page=${asked}#sections`);
    // The key Enter in the field of the search presses the form's first button.
    if (step !== 'find' && !(step === 'enter' && fieldText(body.find) !== '')) return null;
    const pages = formPages(mine);
    const found = findItem(mine, pages, fieldText(body.find), number - 1);
    if (found === null) return seeOther(`/issues/${id}/edit?page=${number}&notFound=1#find`);
    const at = pageOf(pages, found.section, found.item) + 1;
    return seeOther(`/issues/${id}/edit?page=${at}#item-${found.section}-${found.item}`);
  }

  private async show(
    issue: StoredIssue,
    working: WorkingDraft,
    shown: {
      number: number;
      actor: Actor;
      faults?: readonly FormFault[];
      status?: number;
      keep?: boolean;
      act?: ScopeBoxAct;
      savedAt?: string;
      note?: string | null;
      notFound?: boolean;
      /** Of the original, which the page is to show. */
      line?: number;
      asks?: boolean;
    },
  ): Promise<PageReply> {
    const {
      number,
      actor,
      faults = [],
      status = 200,
      keep = true,
      savedAt = null,
      note = null,
      notFound = false,
    } = shown;
    const { act = { learn: '', forget: '' } } = shown;
    const current = await this.readings.currentReading(issue.id);
    const ofLine = (line: number): number =>
      current === null ? 1 : originalLinks(current, working.mine, issue.id, 1).pageOfLine(line);
    const form = issueFormView(working.mine, issue, faults, shown.line === undefined ? number : ofLine(shown.line));
    const place = {
      id: issue.id,
      page: form.part,
      publication: issue.publicationName,
      line: shown.line ?? null,
      asks: shown.asks ?? false,
    };
    const original = current && originalView(current, working.mine, place);
    const scopeBox = form.head && (await this.box.view(working.mine.scope.slice(0, longestScope), act, actor));
    const mayMap = mayDo(actor.roles, 'list.edit');
    const sentBack = sendBackView(await this.sendBacks.sendBacksOf(issue.id));
    const voids = issue.state === 'signedOff';
    const unsaved = isChanged(working);
    const heading = issueName(issue);
    const sources = original?.sources ?? {};
    const told = { sources, mayMap, sentBack, unsaved, savedAt, note, notFound };
    const props = { id: issue.id, heading, voids, form, scopeBox, original, ...told };
    return page('console/issues/issue-edit', props, { status, keep });
  }
}

/** Where the part is that a button was about. */
function placeAfter(id: string, step: string, before: IssueDraft, after: IssueDraft): string {
  const pages = formPages(after);
  const to = (section: number, item: number, anchor: string): string =>
    `/issues/${id}/edit?page=${pageOf(pages, section, item) + 1}#${anchor}`;
  const known = new Set(before.sections.flatMap(({ key, items }) => [key, ...items.map((item) => item.key)]));
  // What is new, else what stands elsewhere than before.
  for (const [s, section] of after.sections.entries()) {
    const item = section.items.findIndex(({ key }) => !known.has(key));
    if (item >= 0) return to(s, item, `item-${s}-${item}`);
  }
  const [act = '', s = '0', i] = step.split(':');
  const section = Math.max(
    0,
    Math.min(Number(s) + (act === 'sectionUp' ? -1 : act === 'sectionDown' ? 1 : 0), after.sections.length - 1),
  );
  if (!act.startsWith('item'))
    return after.sections.length === 0 ? `/issues/${id}/edit#sections` : to(section, -1, `section-${section}`);
  const key = before.sections[Number(s)]?.items[Number(i)]?.key;
  const now = after.sections.findIndex(({ items }) => items.some((item) => item.key === key));
  const item = after.sections[now]?.items.findIndex((one) => one.key === key) ?? -1;
  return to(now, item, `item-${now}-${item}`);
}
