import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { GroupMembersService } from '../../distribution/groups/group-members.service.js';
import { beijingDate, chineseDate } from '../../domain/calendar.js';
import { unitKinds } from '../../domain/people/organisation.js';
import { sameKey } from '../../domain/text/same-text.js';
import { unitKindText } from '../../domain/people/list-words.js';
import { LiaisonRepository } from '../../organisation/liaison.repository.js';
import type { UnitRow } from '../../organisation/unit.repository.js';
import { UnitService } from '../../organisation/unit.service.js';
import { Clock } from '../../platform/clock.js';
import { Asked, type FormFault, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { askClosing, close, type Closing } from '../sending/closing.js';
import { changedFault, submitted, versionField } from '../confirm-change.js';
import { DoneNotice } from '../done-notice.js';
import { unitId } from '../ids.js';
import { groupLinks } from '../list/list-view.js';
import { OrganisationPageRepository } from './organisation-page.repository.js';
import { unitKindChoices } from './organisation-words.js';
import { address, pageOfList, readPage } from '../paging.js';
import { liaisonLine, postLine } from './post-view.js';

const unitForm = z.object({
  name: textField(100, '请填写单位名称。'),
  kind: z.enum(unitKinds, { error: '请选择类别。' }),
  version: versionField,
  slip: z.string().optional(),
});
const moveForm = z.object({ version: versionField, after: z.union([z.literal(''), z.uuid()]) });

const unitsPerPage = 100;
const postsPerPage = 100;
const closedShown = 100;

/** 单位: in protocol order, with their posts. */
@Needs('list.read')
@Controller('units')
export class UnitsPages {
  constructor(
    private readonly pages: OrganisationPageRepository,
    private readonly members: GroupMembersService,
    private readonly units: UnitService,
    private readonly liaisons: LiaisonRepository,
    private readonly notices: DoneNotice,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Asked() query: Asked): Promise<PageReply> {
    const all = await this.pages.units(this.today());
    const open = all.filter(({ closedOn }) => closedOn === null);
    const search = (query.q ?? '').trim().slice(0, 50);
    const placed = open.map((unit, i) => ({
      ...unit,
      place: i + 1,
      kind: unitKindText[unit.kind],
      // To stand before the one above is to stand after the one above that.
      up: i === 0 ? null : { after: open[i - 2]?.id ?? '' },
      down: i === open.length - 1 ? null : { after: open[i + 1]!.id },
    }));
    const found = placed.filter(({ name }) => sameKey(name).includes(sameKey(search)));
    const asked = { number: readPage(query.page), size: unitsPerPage };
    const { shown: units, paging } = pageOfList(found, '/units', { q: search }, asked);
    const gone = all.filter(({ closedOn, name }) => closedOn !== null && sameKey(name).includes(sameKey(search)));
    const closed = gone.slice(0, closedShown);
    const props = { units, paging, search, total: open.length, closed, closedTotal: gone.length };
    return page('console/people/units', { ...props, ...(await this.notices.noticeFor(query)) });
  }

  @Needs('list.edit')
  @Get('new')
  askNew(): PageReply {
    return this.form(null, { name: '', kind: 'government', version: 0 }, [], 200);
  }

  @Needs('list.edit')
  @Post('new')
  async add(@Body() body: Record<string, unknown>, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const typed = { name: fieldText(body.name), kind: fieldText(body.kind), version: 0 };
    const show = (faults: readonly FormFault[], status: number) => this.form(null, typed, faults, status);
    return submitted(unitForm, body, show, async ({ name, kind }) => {
      const { id, change } = await this.units.addUnit({ name, kind }, actor);
      return seeOther(`/units/${id}?done=${change}`);
    });
  }

  @Get(':id')
  async show(@Param('id', unitId) id: string, @Asked() query: Asked): Promise<PageReply> {
    const today = this.today();
    const unit = await this.units.get(id);
    const [posts, officers, formerNames, notice] = await Promise.all([
      this.pages.postsOfUnit(id, today),
      this.liaisons.ofUnit(id),
      this.pages.formerNames({ unitId: id }),
      this.notices.noticeFor(query),
    ]);
    const open = posts.filter(({ closedOn }) => closedOn === null);
    const placed = open.map((post, i) => ({ post, up: i > 0, down: i < open.length - 1 }));
    const asked = { number: readPage(query.page), size: postsPerPage };
    const { shown, paging } = pageOfList(placed, `/units/${id}`, {}, asked);
    const groups = await this.members.ofPosts(
      shown.map(({ post }) => post.id),
      new Date(today),
    );
    return page('console/people/unit', {
      unit: { ...unit, kind: unitKindText[unit.kind] },
      posts: shown.map(({ post, ...moves }) => ({
        ...postLine(post),
        groups: groupLinks(groups, post.id, null),
        ...moves,
      })),
      paging,
      closed: posts
        .filter(({ closedOn }) => closedOn !== null)
        .slice(0, closedShown)
        .map(postLine),
      officers: officers.map((officer) => liaisonLine(officer, today)),
      formerNames,
      today,
      liaisonAction: `/units/${id}/liaisons`,
      ...notice,
    });
  }

  @Needs('list.edit')
  @Get(':id/edit')
  async askEdit(@Param('id', unitId) id: string): Promise<PageReply> {
    return this.form(id, await this.units.get(id), [], 200);
  }

  @Needs('list.edit')
  @Post(':id/edit')
  async edit(
    @Param('id', unitId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const typed = { name: fieldText(body.name), kind: fieldText(body.kind), version: versionField.parse(body.version) };
    const show = (faults: readonly FormFault[], status: number) => this.form(id, typed, faults, status);
    const work = async ({ version, slip, ...fields }: z.infer<typeof unitForm>) =>
      seeOther(`/units/${id}?done=${await this.units.edit(id, version, fields, slip === undefined, actor)}`);
    return submitted(unitForm, body, show, work, async () => {
      const { name, kind, version } = await this.units.get(id);
      return this.form(id, { ...typed, version }, [changedFault(`${name}，${unitKindText[kind]}`)], 409);
    });
  }

  @Needs('list.edit')
  @Post(':id/move')
  async move(
    @Param('id', unitId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { version, after } = moveForm.parse(body);
    const change = await this.units.move(id, version, after === '' ? null : after, actor);
    // Where it stands now may be on another page.
    const open = (await this.pages.units(this.today())).filter(({ closedOn }) => closedOn === null);
    const place = open.findIndex((unit) => unit.id === id);
    const number = Math.max(1, Math.ceil((place + 1) / unitsPerPage));
    return seeOther(`${address('/units', { done: change, page: String(number) })}#unit-${id}`);
  }

  @Needs('list.edit')
  @Get(':id/close')
  async askClose(@Param('id', unitId) id: string, @CurrentActor() actor: Actor): Promise<PageReply> {
    const unit = await this.units.get(id);
    const typed = { on: this.today(), reason: '', version: String(unit.version) };
    return askClosing(this.closing(unit, actor), typed, [], 200);
  }

  @Needs('list.edit')
  @Post(':id/close')
  async close(
    @Param('id', unitId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    return close(this.closing(await this.units.get(id), actor), body);
  }

  private closing({ id, name, version }: UnitRow, actor: Actor): Closing {
    return {
      title: `撤销${name}`,
      path: `/units/${id}`,
      note: '单位的岗位一并撤销，任职人同日离任，联络员同日卸任；过去各期不受影响。',
      version: String(version),
      submit: '确认撤销单位',
      draft: async (on, reason) => {
        const { lines } = await this.units.closingDraft(id, on, reason);
        return [`${name}自${chineseDate(on)}起撤销。`, ...lines];
      },
      perform: (seen, on, reason) => this.units.close(id, seen, on, reason, actor),
    };
  }

  private form(
    id: string | null,
    typed: { name: string; kind: string; version: number },
    faults: readonly FormFault[],
    status: number,
  ): PageReply {
    return page('console/people/unit-form', { id, typed, kinds: unitKindChoices(typed.kind), faults }, { status });
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}
