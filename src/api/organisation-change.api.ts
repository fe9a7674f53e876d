import { Controller, Param, ParseUUIDPipe } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor } from '../accounts/needs.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import { actingKinds, postLevels, unitKinds } from '../domain/people/organisation.js';
import { ListChangeService } from '../organisation/list-change.service.js';
import { PersonService } from '../organisation/person.service.js';
import { PostService } from '../organisation/post.service.js';
import { type TenureAct, TenureService } from '../organisation/tenure.service.js';
import { UnitService } from '../organisation/unit.service.js';
import { Clock } from '../platform/clock.js';
import { isoDay, textField } from '../platform/http/form.js';
import { found } from './found.js';
import { OrganisationApiRepository } from './organisation.repository.js';
import { type PersonRow, personRow, type PostRow, postRow, type UnitRow, unitRow } from './organisation.schema.js';
import { IfMatch } from './if-match.js';
import { ApiBody, ApiRoute } from './route.js';

const scope = 'organisation.write';
const correction = z.boolean().default(false).describe('true：只是改正笔误，不保留曾用名');
const unitFields = z.object({ name: textField(100, '请填写名称。'), kind: z.enum(unitKinds) });
const unitEdit = unitFields.extend({ correction });
const postFields = z.object({
  title: textField(100, '请填写职务。'),
  kind: z.enum(['leader', 'unit', 'township']),
  seat: z.int().min(1).max(999).default(1),
  order: z.int().min(1).max(999_999).describe('礼宾次序'),
  level: z.enum(postLevels),
  tags: z.array(textField(20, '标签不能为空。')).max(20).default([]),
});
const newPost = postFields.extend({ unitId: z.uuid() });
const postEdit = postFields.extend({ correction });
const personFields = z.object({ name: textField(100, '请填写姓名。') });

const dated = z.object({
  on: isoDay.describe('生效日期'),
  reason: textField(200).describe('追溯到以前的日期时必填'),
});
const appointment = dated.extend({
  personId: z.uuid(),
  acting: z.enum(actingKinds).nullable().default(null).describe('acting 代理，presiding 主持工作；正式任职为 null'),
  endsHolder: z.boolean().default(false).describe('代理开始时原任职人是否同日卸任'),
});
const ending = dated.extend({ tenureId: z.uuid() });
const done = z.object({
  change: z.uuid().describe('撤销时使用'),
  lines: z.array(z.string()).describe('这次改了什么'),
});
type Done = z.infer<typeof done>;

/** Changes of units, posts, people and tenures by programs; the same rules, audit and undo as in the console. */
@Controller()
export class OrganisationChangeApi {
  constructor(
    private readonly units: UnitService,
    private readonly posts: PostService,
    private readonly people: PersonService,
    private readonly tenures: TenureService,
    private readonly changes: ListChangeService,
    private readonly rows: OrganisationApiRepository,
    private readonly clock: Clock,
  ) {}

  @ApiRoute({
    method: 'post',
    path: 'units',
    scope,
    summary: '新设单位',
    body: unitFields,
    answer: unitRow,
    status: 201,
  })
  async addUnit(@ApiBody() fields: z.infer<typeof unitFields>, @CurrentActor() actor: Actor): Promise<UnitRow> {
    return this.unit((await this.units.addUnit(fields, actor)).id);
  }

  @ApiRoute({
    method: 'put',
    path: 'units/:id',
    scope,
    summary: '修改单位的名称和类别',
    body: unitEdit,
    answer: unitRow,
    ifMatch: true,
  })
  async editUnit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { correction, ...fields }: z.infer<typeof unitEdit>,
    @CurrentActor() actor: Actor,
  ): Promise<UnitRow> {
    await this.units.edit(id, version, fields, !correction, actor);
    return this.unit(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'units/:id/close',
    scope,
    summary: '撤销单位，连同其岗位和任职',
    body: dated,
    answer: unitRow,
    ifMatch: true,
  })
  async closeUnit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { on, reason }: z.infer<typeof dated>,
    @CurrentActor() actor: Actor,
  ): Promise<UnitRow> {
    await this.units.close(id, version, on, reason, actor);
    return this.unit(id);
  }

  @ApiRoute({ method: 'post', path: 'posts', scope, summary: '新设岗位', body: newPost, answer: postRow, status: 201 })
  async addPost(@ApiBody() form: z.infer<typeof newPost>, @CurrentActor() actor: Actor): Promise<PostRow> {
    const { unitId, order, ...fields } = form;
    const { id } = await this.posts.addPost(unitId, { ...fields, protocolOrder: order }, actor);
    return this.post(id);
  }

  @ApiRoute({
    method: 'put',
    path: 'posts/:id',
    scope,
    summary: '修改岗位',
    body: postEdit,
    answer: postRow,
    ifMatch: true,
  })
  async editPost(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { correction, order, ...fields }: z.infer<typeof postEdit>,
    @CurrentActor() actor: Actor,
  ): Promise<PostRow> {
    await this.posts.edit(id, version, { ...fields, protocolOrder: order }, !correction, actor);
    return this.post(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'posts/:id/close',
    scope,
    summary: '撤销岗位，连同其任职',
    body: dated,
    answer: null,
    ifMatch: true,
  })
  async closePost(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { on, reason }: z.infer<typeof dated>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.units.closePost(id, version, on, reason, actor);
  }

  @ApiRoute({
    method: 'post',
    path: 'posts/:id/appoint',
    scope,
    summary: '任命，自某日起；原任职人同日卸任',
    body: appointment,
    answer: done,
    ifMatch: true,
  })
  async appoint(
    @Param('id', ParseUUIDPipe) postId: string,
    @IfMatch() version: number,
    @ApiBody() { personId, acting, endsHolder, on, reason }: z.infer<typeof appointment>,
    @CurrentActor() actor: Actor,
  ): Promise<Done> {
    const wishes = [{ postId, person: { id: personId }, actingKind: acting, endsHolder }];
    return this.perform(postId, version, { act: 'tenure.appointed', on, reason, wishes, leaves: [] }, actor);
  }

  @ApiRoute({
    method: 'post',
    path: 'posts/:id/end-tenure',
    scope,
    summary: '免去任职，自某日起',
    body: ending,
    answer: done,
    ifMatch: true,
  })
  async endTenure(
    @Param('id', ParseUUIDPipe) postId: string,
    @IfMatch() version: number,
    @ApiBody() { tenureId, on, reason }: z.infer<typeof ending>,
    @CurrentActor() actor: Actor,
  ): Promise<Done> {
    return this.perform(postId, version, { act: 'tenure.ended', on, reason, wishes: [], leaves: [tenureId] }, actor);
  }

  @ApiRoute({
    method: 'post',
    path: 'people',
    scope,
    summary: '登记人员',
    body: personFields,
    answer: personRow,
    status: 201,
  })
  async addPerson(@ApiBody() { name }: z.infer<typeof personFields>, @CurrentActor() actor: Actor): Promise<PersonRow> {
    return this.person((await this.people.addPerson(name, actor)).id);
  }

  @ApiRoute({
    method: 'put',
    path: 'people/:id',
    scope,
    summary: '更正姓名；以前各期仍是原来的姓名',
    body: personFields,
    answer: personRow,
    ifMatch: true,
  })
  async renamePerson(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @ApiBody() { name }: z.infer<typeof personFields>,
    @CurrentActor() actor: Actor,
  ): Promise<PersonRow> {
    await this.people.rename(id, version, name, actor);
    return this.person(id);
  }

  @ApiRoute({
    method: 'post',
    path: 'changes/:id/undo',
    scope,
    summary: '撤销刚才的修改，24小时内且之后没有别的修改',
    answer: null,
  })
  async undo(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.changes.undo(id, actor);
  }

  private async unit(id: string): Promise<UnitRow> {
    return found(await this.rows.unit(id));
  }

  private async post(id: string): Promise<PostRow> {
    return found(await this.rows.post(id, beijingDate(this.clock.now())));
  }

  private async person(id: string): Promise<PersonRow> {
    return found(await this.rows.person(id));
  }

  /** What the caller read must still hold, and what the draft saw must still hold when it is carried out. */
  private async perform(
    postId: string,
    version: number,
    act: Omit<TenureAct, 'leavesOthers' | 'backTo'>,
    actor: Actor,
  ): Promise<Done> {
    const whole = { ...act, leavesOthers: false, backTo: `/posts/${postId}` };
    if ((await this.posts.get(postId)).version !== version) throw new DomainError('list.changedMeanwhile');
    const draft = await this.tenures.draft(whole);
    return { change: await this.tenures.perform(whole, draft.stamp, actor), lines: draft.lines };
  }
}
