import { Controller, Param, ParseUUIDPipe } from '@nestjs/common';
import { z } from 'zod';
import { DistributionService } from '../distribution/groups/distribution.service.js';
import { beijingDate } from '../domain/calendar.js';
import type { ScopeEntry } from '../domain/scope/scope.js';
import { readScopeText } from '../domain/scope/scope-text.js';
import { Clock } from '../platform/clock.js';
import { isoDay } from '../platform/http/form.js';
import { GroupRows } from './group-rows.js';
import { type GroupRow, groupRow, type MemberRow, memberRow, type Resolved, resolvedScope } from './groups.schema.js';
import { onePage, type Page, pageOf, pageQuery, readCursor } from './paging.js';
import { ApiBody, ApiQuery, ApiRoute } from './route.js';

const orderKey = z.tuple([z.int32(), z.uuid()]);
const onDay = z.object({ at: isoDay.optional().describe('看哪一天，默认今天，如 2026-11-23') });
const listQuery = pageQuery.extend(onDay.shape);
const scopeQuestion = z.object({
  text: z.string().trim().min(1, '请填写发送范围。').max(10_000).describe('印在刊末的发送范围，如“县委常委，副县长”'),
  ...listQuery.shape,
});

type Key = readonly [number, string];
type Receiver = Resolved['items'][number];

/** What stands behind the last one of the page before. */
function after<T>(rows: readonly T[], last: Key | null, key: (row: T) => Key): readonly T[] {
  if (last === null) return rows;
  return rows.filter((row) => {
    const [order, id] = key(row);
    return order > last[0] || (order === last[0] && id > last[1]);
  });
}

/** Groups, who is in them and why, and what a scope resolves to, for reading. */
@Controller()
export class GroupsApi {
  constructor(
    private readonly rows: GroupRows,
    private readonly distribution: DistributionService,
    private readonly clock: Clock,
  ) {}

  @ApiRoute({
    method: 'get',
    path: 'groups',
    scope: 'groups.read',
    summary: '列出分组及当日人数，按排列次序',
    query: listQuery,
    answer: pageOf(groupRow),
  })
  async list(@ApiQuery() { limit, cursor, at }: z.infer<typeof listQuery>): Promise<Page<GroupRow>> {
    const rows = await this.rows.groupRows(readCursor(cursor, orderKey), limit + 1, at ?? this.today());
    return onePage(rows, limit, ({ order, id }) => [order, id]);
  }

  @ApiRoute({
    method: 'get',
    path: 'groups/:id',
    scope: 'groups.read',
    summary: '一个分组及当日人数',
    query: onDay,
    answer: groupRow,
  })
  async get(@Param('id', ParseUUIDPipe) id: string, @ApiQuery() { at }: z.infer<typeof onDay>): Promise<GroupRow> {
    return this.rows.one(id, at ?? this.today());
  }

  @ApiRoute({
    method: 'get',
    path: 'groups/:id/members',
    scope: 'groups.read',
    summary: '一个分组当日的岗位、任职人和列入的理由，按礼宾次序；被除去的也在内',
    query: listQuery,
    answer: pageOf(memberRow),
  })
  async members(
    @Param('id', ParseUUIDPipe) id: string,
    @ApiQuery() { limit, cursor, at }: z.infer<typeof listQuery>,
  ): Promise<Page<MemberRow>> {
    const key = ({ order, postId }: MemberRow): Key => [order, postId];
    const all = await this.rows.membersOf(id, at ?? this.today());
    return onePage(after(all, readCursor(cursor, orderKey), key).slice(0, limit + 1), limit, key);
  }

  @ApiRoute({
    method: 'post',
    path: 'scope/resolve',
    scope: 'groups.read',
    summary: '试算发送范围：某日由谁收到，哪些名称没有认出；不作任何改动',
    body: scopeQuestion,
    answer: resolvedScope,
  })
  async resolve(@ApiBody() { text, at, limit, cursor }: z.infer<typeof scopeQuestion>): Promise<Resolved> {
    const labels = readScopeText(text).labels.map(({ label }) => label);
    const day = at === undefined ? this.clock.now() : new Date(`${at}T00:00:00+08:00`);
    const scope = await this.distribution.resolve(labels, day);
    const key = ({ order, postId, personId }: Receiver): Key => [order, postId ?? personId];
    const receivers = after(scope.entries.map(receiver), readCursor(cursor, orderKey), key);
    return {
      people: scope.people,
      labels: scope.groups.map(({ label, groupId, people, vacantPosts }) => ({ label, groupId, people, vacantPosts })),
      unknown: scope.unknown,
      ...onePage(receivers.slice(0, limit + 1), limit, key),
    };
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}

function receiver({
  personId,
  name,
  postId,
  unitName,
  postTitle,
  protocolOrder,
  acting,
  groups,
}: ScopeEntry): Receiver {
  const post = { postId, unit: unitName, title: postTitle, order: protocolOrder };
  return { personId, name, ...post, acting, groups: [...groups] };
}
