import { LargestBody } from '../../platform/http/bodies.js';
import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { GroupChangeRepository } from '../../distribution/groups/group-change.repository.js';
import { GroupEditRepository } from '../../distribution/groups/group-edit.repository.js';
import { GroupMembersService } from '../../distribution/groups/group-members.service.js';
import { ScopeRepository } from '../../distribution/groups/scope.repository.js';
import { beijingDate, chineseDate, parseIsoDate } from '../../domain/calendar.js';
import { issueNumberText } from '../../domain/issue/edition.js';
import { DomainError } from '../../domain/errors/errors.js';
import type { GroupRule } from '../../domain/scope/group.js';
import type { ScopeGroup } from '../../domain/scope/indexed-names.js';
import { mayDo } from '../../domain/roles.js';
import { seatName } from '../../domain/scope/scope-directory.js';
import { Clock } from '../../platform/clock.js';
import { Asked, fieldText } from '../../platform/http/form.js';
import { pageOfForm } from '../../platform/http/answered-forms.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { GroupActs, ruleOf } from './group-acts.js';
import { GroupPageRepository, type Listing } from './group-page.repository.js';
import { labelsOf, type MemberRow, memberRow, ruleForm } from './group-view.js';
import { groupId } from '../ids.js';
import { pageOfList, readPage } from '../paging.js';

const membersPerPage = 50;
const listingsPerPage = 30;
const postsFound = 20;
const issuesShown = 20;
const postsPreviewed = 30;

/** One group: who is in it on a day and why, what it is made of, where it was used. */
@Needs('list.read')
@Controller('groups/:id')
export class GroupDetailPages {
  constructor(
    private readonly groups: GroupEditRepository,
    private readonly members: GroupMembersService,
    private readonly changes: GroupChangeRepository,
    private readonly pages: GroupPageRepository,
    private readonly scopes: ScopeRepository,
    private readonly acts: GroupActs,
    private readonly clock: Clock,
  ) {}

  @Get()
  async look(
    @Param('id', groupId) id: string,
    @Asked() query: Asked,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    return this.show(id, query, actor, null, 200);
  }

  /** Counts while the rule is ticked together; without a script the button asks. */
  @Get('rule')
  async rehearse(
    @Param('id', groupId) id: string,
    @Query() query: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ) {
    const rule = ruleOf(query);
    const preview = await this.preview(rule);
    return page('console/groups/group', await this.props(id, {}, actor, null, { rule, preview }), {
      fragment: 'console/groups/_rule-preview',
    });
  }

  @Needs('list.edit')
  @LargestBody(512 * 1024)
  @Post()
  async act(
    @Param('id', groupId) id: string,
    @Body() body: Record<string, unknown> | undefined,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    if (fieldText(body?.act) === 'list' && body?.postId === undefined)
      return this.show(id, { find: fieldText(body?.find) }, actor, '请先勾选要列入的岗位。', 422);
    try {
      await this.acts.perform(id, body ?? {}, actor, this.today());
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'list.groupNotFound') throw error;
      return this.show(id, {}, actor, error.message, error.status);
    }
    const undone = fieldText(body?.act) === 'undo';
    if (undone && (fieldText(body?.back) === 'groups' || !(await this.groups.loadGroup(id))))
      return seeOther('/groups');
    // To the page of the members on which the button stood.
    const from = pageOfForm(request);
    return seeOther(from?.startsWith(`/groups/${id}?`) === true ? from : `/groups/${id}`);
  }

  private async show(id: string, query: Asked, actor: Actor, fault: string | null, status: number): Promise<PageReply> {
    return page('console/groups/group', await this.props(id, query, actor, fault, null), { status });
  }

  private async props(
    id: string,
    query: Asked,
    actor: Actor,
    fault: string | null,
    rehearsal: { rule: GroupRule | null; preview: object } | null,
  ): Promise<object> {
    const stored = await this.groups.loadGroup(id);
    if (stored === null) throw new DomainError('list.groupNotFound');
    const today = this.today();
    const asked = query.on === undefined || query.on === '' ? today : parseIsoDate(query.on);
    const day = new Date(asked ?? today);
    const find = (query.find ?? '').trim().slice(0, 50);
    const [found, last, listings, posts, tags, mergedInto] = await Promise.all([
      this.members.one(id, day),
      this.changes.last(id),
      this.pages.listings(id, new Date(today)),
      find === '' ? [] : this.pages.postsMatching(find, day, postsFound),
      this.pages.tags(),
      stored.closedOn === null ? null : this.pages.ownerOfAlias(stored.name),
    ]);
    const rule = rehearsal?.rule ?? found?.group.rule ?? null;
    return {
      id,
      name: stored.name,
      version: stored.version,
      closedOn: stored.closedOn?.toISOString() ?? null,
      fault: fault ?? (asked === null ? '日期不存在，显示的是今天。' : null),
      mayEdit: mayDo(actor.roles, 'list.edit') && stored.closedOn === null,
      mayReopen: mayDo(actor.roles, 'list.edit') && stored.closedOn !== null && mergedInto === null,
      mergedInto,
      day: day.toISOString().slice(0, 10),
      today,
      isToday: day.toISOString().slice(0, 10) === today,
      ...membersOf(id, found, query, day),
      aliases: found?.group.aliases ?? [],
      rule: ruleForm(rule),
      preview: rehearsal?.preview ?? null,
      tags: tags.join('、'),
      find,
      posts: posts.map(({ postId, unit, title, holder }) => ({ postId, name: `${unit} ${title}`, holder })),
      ...listingsOf(id, listings, query),
      partChoices: partChoices(found),
      used: await this.usedIn(id, day),
      last: last && { id: last.id, at: last.at, summary: last.summary },
    };
  }

  private async preview(rule: GroupRule | null): Promise<object> {
    if (rule === null) return { posts: 0, people: 0, names: [], more: 0, nothing: true };
    const seats = await this.members.byRule(rule, new Date(this.today()));
    const people = new Set(seats.flatMap(({ holder }) => holder?.personId ?? []));
    const names = seats.slice(0, postsPreviewed).map((seat) => `${seatName(seat)} ${seat.holder?.name ?? '（空缺）'}`);
    return { posts: seats.length, people: people.size, names, more: seats.length - names.length, nothing: false };
  }

  private async usedIn(id: string, day: Date): Promise<object[]> {
    const [index, labels] = await Promise.all([this.scopes.index(day), this.pages.scopeLabels()]);
    const own = labelsOf(id, labels, index);
    if (own.length === 0) return [];
    const issues = await this.pages.issuesWith(own, issuesShown);
    return issues.map((issue) => ({
      id: issue.id,
      name: `${issue.name}${issue.year}年${issueNumberText(issue.number)}`,
      labels: issue.scope.filter((label) => own.includes(label)).join('、'),
    }));
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}

type Found = Awaited<ReturnType<GroupMembersService['one']>>;

function membersOf(id: string, found: Found, query: Asked, day: Date): object {
  const all = found?.seats ?? [];
  const row = (seat: (typeof all)[number]) => memberRow(seat, found?.groups ?? []);
  const who = (query.who ?? '').trim().slice(0, 50);
  const fits = ({ post, holder }: MemberRow): boolean => post.includes(who) || (holder ?? '').includes(who);
  const inGroup = all.filter((seat) => seat.in);
  const rows = inGroup.map(row).filter(fits);
  const gone = all
    .filter((seat) => !seat.in)
    .map(row)
    .filter(fits);
  const single = all.filter(({ excludedBy }) => excludedBy?.by === 'post');
  const kept = { on: query.on ?? '', who };
  const path = `/groups/${id}`;
  const page = (name: string) => ({ number: readPage(query[name]), size: membersPerPage, name });
  const members = pageOfList(rows, path, kept, page('page'));
  const out = pageOfList(gone, path, kept, page('out'));
  const excluded = pageOfList(single, path, kept, page('excluded'));
  const people = new Set(inGroup.flatMap(({ seat }) => seat.holder?.personId ?? []));
  const on = day.toISOString().slice(0, 10);
  return {
    dayText: chineseDate(on),
    people: people.size,
    postCount: inGroup.length,
    who,
    members: members.shown,
    paging: members.paging,
    out: out.shown,
    outPaging: out.paging,
    excludedPosts: excluded.shown.map(({ seat }) => ({ postId: seat.postId, name: seatName(seat) })),
    excludedPaging: excluded.paging,
  };
}

function listingsOf(id: string, listings: readonly Listing[], query: Asked): object {
  const asked = { number: readPage(query.listed), size: listingsPerPage, name: 'listed' };
  const { shown, paging } = pageOfList(listings, `/groups/${id}`, {}, asked);
  return {
    listingPaging: paging,
    listings: shown.map(({ unit, title, startsOn, endsOn, ...rest }) => ({
      ...rest,
      name: `${unit} ${title}`,
      from: startsOn === '1949-10-01' ? null : startsOn,
      until: endsOn,
      open: endsOn === null,
    })),
  };
}

function partChoices(found: Found): object[] {
  const { group, groups } = found ?? { group: null, groups: [] as readonly ScopeGroup[] };
  return groups
    .filter(({ id }) => id !== group?.id)
    .map(({ id, name }) => ({
      id,
      name,
      included: group?.parts.includes(id) ?? false,
      excluded: group?.excludedParts.includes(id) ?? false,
    }));
}
