import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { LargestBody } from '../../platform/http/bodies.js';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import { holderOf } from '../../domain/people/organisation.js';
import { PostRepository } from '../../organisation/post.repository.js';
import { postName } from '../../organisation/tenure-draft.js';
import { TenureRepository } from '../../organisation/tenure.repository.js';
import { type TenureAct, TenureService, type Wish } from '../../organisation/tenure.service.js';
import { type FormFault, readForm, textField, ticked, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField, dayField, refusalFault } from '../confirm-change.js';
import { OrganisationPageRepository } from './organisation-page.repository.js';
import { PersonPicker, whichOf } from '../person-choice.js';

const mostPosts = 300;
const postIds = ticked(z.uuid()).pipe(z.array(z.uuid()).max(mostPosts));
const turnoverForm = z.object({
  post: postIds,
  on: dayField('请填写生效日期。'),
  leavesOthers: z.string().optional(),
  reason: textField(200),
  stamp: z.string().max(40).default(''),
  confirmed: confirmedField,
});
const chosen = z.object({ unit: ticked(z.uuid()), group: ticked(z.uuid()), post: postIds });

type Reading = { wishes: Wish[]; leaves: string[]; faults: FormFault[]; picked: Record<string, string> };

/** Ticked one by one; the rest is found by its name. */
const unitsShown = 100;

/** 换届: new holders of many posts on one day, in one form, all or nothing. */
@Needs('list.edit')
@Controller('turnover')
export class TurnoverPages {
  constructor(
    private readonly pages: OrganisationPageRepository,
    private readonly posts: PostRepository,
    private readonly rows: TenureRepository,
    private readonly tenures: TenureService,
    private readonly picker: PersonPicker,
  ) {}

  /** Without a choice, the choice of units and groups; with one, the posts. */
  @Get()
  async ask(@Query() query: Record<string, unknown>): Promise<PageReply> {
    const { unit, group, post } = chosen.parse(query);
    const searching = query.find !== undefined;
    if (searching || unit.length + group.length + post.length === 0)
      return this.choose(new Set([...unit, ...group]), searching ? fieldText(query.q).trim().slice(0, 50) : '');
    const ofUnits = await Promise.all(unit.map((id) => this.posts.idsOfUnit(id)));
    const ids = [...new Set([...post, ...ofUnits.flat(), ...(await this.posts.idsOfGroups(group))])];
    if (ids.length > mostPosts) throw new DomainError('list.tooMany', { limit: mostPosts });
    const typed = query.swap === 'yes' && post.length === 2 ? await this.swapped(post) : {};
    return this.show(ids, { on: this.tenures.today(), ...typed }, [], 200);
  }

  /** What is ticked stays in sight while one looks for more. */
  private async choose(ticked: ReadonlySet<string>, search: string): Promise<PageReply> {
    const [all, groups] = await Promise.all([this.pages.units(this.tenures.today()), this.pages.openGroups()]);
    const open = all
      .filter(({ closedOn }) => closedOn === null)
      .map((one) => ({ ...one, checked: ticked.has(one.id) }));
    const found = open.filter(({ checked, name }) => checked || name.includes(search));
    const units = found.filter(({ checked }, at) => checked || at < unitsShown);
    return page('console/people/turnover-choose', {
      units,
      more: found.length - units.length,
      many: open.length > unitsShown,
      search,
      groups: groups.map((group) => ({ ...group, checked: ticked.has(group.id) })),
    });
  }

  /** 300 posts of several fields each. */
  @LargestBody(1024 * 1024)
  @Post()
  async change(@Body() body: Record<string, unknown>, @CurrentActor() actor: Actor): Promise<PageReply | SeeOther> {
    const reading = readForm(turnoverForm, body);
    const typed = Object.fromEntries(Object.keys(body).map((name) => [name, fieldText(body[name])]));
    const ids = postIds.catch([]).parse(body.post);
    if (!reading.ok) return this.show(ids, typed, reading.faults, 422);
    const { on, reason, stamp, confirmed, leavesOthers } = reading.value;
    const { wishes, leaves, faults, picked } = await this.wishes(ids, on, body);
    if (faults.length > 0) return this.show(ids, typed, faults, 422);
    const act: TenureAct = {
      act: 'tenure.turnover',
      on,
      reason,
      wishes,
      leaves,
      leavesOthers: leavesOthers !== undefined,
      backTo: '/list',
    };
    try {
      if (confirmed !== undefined) return seeOther(`/list?done=${await this.tenures.perform(act, stamp, actor)}`);
      const draft = await this.tenures.draft(act);
      const kept = Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'post'));
      return confirmChange({
        title: '核对换届',
        action: '/turnover',
        fields: { ...kept, ...picked, post: ids, stamp: draft.stamp },
        lines: draft.lines,
        warnings: draft.warnings,
        submit: `确认以上${draft.lines.length}项改动`,
        back: '/turnover',
      });
    } catch (error) {
      const { faults: refused, status } = refusalFault(error);
      return this.show(ids, typed, refused, status);
    }
  }

  /** A name is a new holder, a ticked box a vacancy, nothing leaves the post alone. */
  private async wishes(ids: readonly string[], on: string, body: Record<string, unknown>): Promise<Reading> {
    const result: Reading = { wishes: [], leaves: [], faults: [], picked: {} };
    const tenures = await this.rows.ofPosts(ids);
    for (const id of ids) {
      const name = fieldText(body[`name-${id}`]).trim();
      const held = tenures.filter(({ postId }) => postId === id);
      if (name === '') {
        const holder = holderOf(held, on);
        if (fieldText(body[`vacate-${id}`]) !== '' && holder) result.leaves.push(holder.id);
        continue;
      }
      const person = await this.picker.choose(name, fieldText(body[`person-${id}`]));
      if (person.kind === 'fault') result.faults.push({ field: `name-${id}`, message: person.message });
      else if (person.kind === 'several') {
        const { message } = whichOf(person);
        result.faults.push({ field: `person-${id}`, message });
      } else {
        result.wishes.push({ postId: id, person: person.choice, actingKind: null, endsHolder: false });
        result.picked[`person-${id}`] = person.known?.id ?? 'new';
      }
    }
    return result;
  }

  /** Both posts with the other's holder entered. */
  private async swapped(ids: readonly string[]): Promise<Record<string, string>> {
    const today = this.tenures.today();
    const tenures = await this.rows.ofPosts(ids);
    const holders = ids.map((id) =>
      holderOf(
        tenures.filter((t) => t.postId === id),
        today,
      ),
    );
    return Object.fromEntries(
      ids.flatMap((id, i) => {
        const other = holders[1 - i];
        return other
          ? [
              [`name-${id}`, other.personName],
              [`person-${id}`, other.personId],
            ]
          : [];
      }),
    );
  }

  private async show(
    ids: readonly string[],
    typed: Readonly<Record<string, string>>,
    faults: readonly FormFault[],
    status: number,
  ): Promise<PageReply> {
    const today = this.tenures.today();
    const posts = (await this.posts.loadPost(ids)).filter(({ closedOn }) => closedOn === null);
    const tenures = await this.rows.ofPosts(posts.map(({ id }) => id));
    const rows = await Promise.all(
      posts.map(async (post) => {
        const name = typed[`name-${post.id}`] ?? '';
        const asked = faults.some(({ field }) => field === `person-${post.id}`);
        const person = asked ? await this.picker.choose(name, '') : null;
        return {
          id: post.id,
          name: postName(post),
          order: post.protocolOrder,
          holder:
            holderOf(
              tenures.filter((t) => t.postId === post.id),
              today,
            )?.personName ?? null,
          typed: name,
          person: typed[`person-${post.id}`] ?? '',
          vacate: (typed[`vacate-${post.id}`] ?? '') !== '',
          error: faults.find(({ field }) => field.endsWith(post.id))?.message ?? null,
          namesakes: person?.kind === 'several' ? person.namesakes : null,
        };
      }),
    );
    const { on = today, reason = '', leavesOthers = '' } = typed;
    return page('console/people/turnover', { rows, on, reason, leavesOthers: leavesOthers !== '', faults }, { status });
  }
}
