import { Controller, Param, ParseUUIDPipe } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor } from '../accounts/needs.js';
import { GroupMergeService } from '../distribution/groups/group-merge.service.js';
import { GroupRecordService } from '../distribution/groups/group-record.service.js';
import { GroupService } from '../distribution/groups/group.service.js';
import { beijingDate } from '../domain/calendar.js';
import { readRule } from '../domain/scope/group.js';
import { Clock } from '../platform/clock.js';
import { isoDay, textField } from '../platform/http/form.js';
import { GroupRows } from './group-rows.js';
import { type GroupRow, groupRow, ruleShape } from './groups.schema.js';
import { IfMatch } from './if-match.js';
import { ApiBody, ApiQuery, ApiRoute } from './route.js';

const scope = 'groups.write';
const answer = groupRow;
const newGroup = z.object({ name: textField(100, '请填写分组的名称。') });
const ids = z.array(z.uuid()).max(1000).default([]);
const groupEdit = newGroup.extend({
  rule: ruleShape.nullable().default(null).describe('按规则列入；null 或各项皆空：没有规则'),
  parts: ids.describe('包含的分组'),
  excludedParts: ids.describe('除去的分组'),
});
const from = isoDay.optional().describe('自哪一天起，默认今天');
const listing = z.object({ postIds: z.array(z.uuid()).min(1).max(1000), on: from });
const unlisting = z.object({ on: from });
const alias = z.object({ text: textField(200, '请填写别名。') });

const place = z.object({ after: z.uuid().nullable().describe('排在哪个分组之后；null：最前') });
const mergeInto = z.object({
  into: z.uuid().describe('并入哪个分组'),
  intoVersion: z.int32().describe('那个分组的 version'),
});
const undone = z.object({ undone: z.string().describe('撤销了什么') });

/** Changes of groups by programs; the same rules, audit and undo as in the console. */
@Controller()
export class GroupsChangeApi {
  constructor(
    private readonly groups: GroupService,
    private readonly merging: GroupMergeService,
    private readonly records: GroupRecordService,
    private readonly rows: GroupRows,
    private readonly clock: Clock,
  ) {}

  @ApiRoute({ method: 'post', path: 'groups', scope, summary: '新建分组', body: newGroup, answer, status: 201 })
  async add(@ApiBody() { name }: z.infer<typeof newGroup>, @CurrentActor() actor: Actor): Promise<GroupRow> {
    return this.row(await this.groups.addGroup(name, actor));
  }

  @ApiRoute({
    method: 'put',
    path: 'groups/:id',
    scope,
    summary: '修改名称、规则、包含和除去的分组；原名称留作别名',
    body: groupEdit,
    answer,
    ifMatch: true,
  })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { rule, ...wish }: z.infer<typeof groupEdit>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.edit({ id, version }, { ...wish, rule: readRule(rule) }, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/members',
    scope,
    summary: '逐个列入岗位，自某日起',
    body: listing,
    answer,
    ifMatch: true,
  })
  async list(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { postIds, on }: z.infer<typeof listing>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.listPosts({ id, version }, postIds, on ?? this.today(), actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'delete',
    path: 'groups/:id/members/:postId',
    scope,
    summary: '不再逐个列入岗位，自某日起；以前的名单不变',
    query: unlisting,
    answer,
    ifMatch: true,
  })
  async unlist(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('postId', ParseUUIDPipe) postId: string,
    @IfMatch() version: number,
    @ApiQuery() { on }: z.infer<typeof unlisting>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.unlistPost({ id, version }, postId, on ?? this.today(), actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'put',
    path: 'groups/:id/excluded-posts/:postId',
    scope,
    summary: '单独除去岗位，无论因何列入',
    answer,
    ifMatch: true,
  })
  async exclude(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('postId', ParseUUIDPipe) postId: string,
    @IfMatch() version: number,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.setExcluded({ id, version }, postId, true, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'delete',
    path: 'groups/:id/excluded-posts/:postId',
    scope,
    summary: '不再单独除去岗位',
    answer,
    ifMatch: true,
  })
  async readmit(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('postId', ParseUUIDPipe) postId: string,
    @IfMatch() version: number,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.setExcluded({ id, version }, postId, false, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/aliases',
    scope,
    summary: '登记别名，发送范围中写别名也能认出',
    body: alias,
    answer,
    ifMatch: true,
  })
  async addAlias(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { text }: z.infer<typeof alias>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.addAlias({ id, version }, text, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'delete',
    path: 'groups/:id/aliases',
    scope,
    summary: '去掉别名',
    query: alias,
    answer,
    ifMatch: true,
  })
  async removeAlias(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiQuery() { text }: z.infer<typeof alias>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.removeAlias({ id, version }, text, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/close',
    scope,
    summary: '停用分组；以前各期不变',
    answer,
    ifMatch: true,
  })
  async close(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.setClosed({ id, version }, true, actor);
    return this.row(id);
  }

  @ApiRoute({ method: 'post', path: 'groups/:id/reopen', scope, summary: '恢复停用的分组', answer, ifMatch: true })
  async reopen(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.setClosed({ id, version }, false, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/move',
    scope,
    summary: '调整次序，排到另一个分组之后；after 为 null 时排到最前',
    body: place,
    answer,
    ifMatch: true,
  })
  async move(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { after }: z.infer<typeof place>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.groups.place(id, after, version, actor);
    return this.row(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/merge',
    scope,
    summary: '并入另一个分组：岗位、规则、别名一并过去，原名称成为别名；返回并入后的分组',
    body: mergeInto,
    answer,
    ifMatch: true,
  })
  async merge(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { into, intoVersion }: z.infer<typeof mergeInto>,
    @CurrentActor() actor: Actor,
  ): Promise<GroupRow> {
    await this.merging.merge({ id, version }, { id: into, version: intoVersion }, actor);
    return this.row(into);
  }

  @ApiRoute({
    method: 'post',
    path: 'groups/:id/undo',
    scope,
    summary: '撤销这个分组最近一次修改，之后没有别的修改才可以',
    answer: undone,
    ifMatch: true,
  })
  async undo(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof undone>> {
    return { undone: await this.records.undoLast({ id, version }, actor) };
  }

  private row(id: string): Promise<GroupRow> {
    return this.rows.one(id, this.today());
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}
