import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { actingKinds } from '../../domain/people/organisation.js';
import { PersonService } from '../../organisation/person.service.js';
import { PostService } from '../../organisation/post.service.js';
import { postName } from '../../organisation/tenure-draft.js';
import { TenureRepository } from '../../organisation/tenure.repository.js';
import { type TenureAct, TenureService } from '../../organisation/tenure.service.js';
import { Asked, type FormFault, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField, dayField, submitted } from '../confirm-change.js';
import { postId, tenureId } from '../ids.js';
import { type Namesake, notThisOne, PersonPicker, whichOf } from '../person-choice.js';
import { tenureLine } from './tenure-view.js';

const appointForm = z.object({
  name: textField(100),
  person: z.string().max(40).default(''),
  /** The one found by name is not meant: somebody new of that name. */
  other: z.string().optional(),
  on: dayField('请填写任职日期。'),
  as: z.enum(['holder', ...actingKinds], { error: '请选择任职方式。' }),
  endsHolder: z.string().optional(),
  leavesOthers: z.string().optional(),
  reason: textField(200),
  stamp: z.string().max(40).default(''),
  confirmed: confirmedField,
});
const endForm = z.object({
  on: dayField('请填写离任日期。'),
  reason: textField(200),
  stamp: z.string().max(40).default(''),
  confirmed: confirmedField,
});

type AppointDraft = Record<'name' | 'person' | 'on' | 'as' | 'endsHolder' | 'leavesOthers' | 'reason', string>;

/** Appointing and ending: a form, what it would change, and only then the act. */
@Needs('list.edit')
@Controller()
export class TenurePages {
  constructor(
    private readonly posts: PostService,
    private readonly people: PersonService,
    private readonly rows: TenureRepository,
    private readonly tenures: TenureService,
    private readonly picker: PersonPicker,
  ) {}

  @Get('posts/:id/appoint')
  async askAppoint(@Param('id', postId) id: string, @Asked() query: Asked): Promise<PageReply> {
    const person = z.uuid().safeParse(query.person).success ? await this.people.get(query.person!) : null;
    const typed: AppointDraft = {
      name: person?.name ?? '',
      person: person?.id ?? '',
      on: this.tenures.today(),
      as: query.as === 'acting' ? 'acting' : 'holder',
      endsHolder: '',
      leavesOthers: query.leaves === 'yes' ? 'yes' : '',
      reason: '',
    };
    return this.appointPage(id, typed, [], [], 200);
  }

  @Post('posts/:id/appoint')
  async appoint(
    @Param('id', postId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const typed = draftOf(body);
    const show = (faults: readonly FormFault[], status: number, namesakes: readonly Namesake[] = []) =>
      this.appointPage(id, typed, namesakes, faults, status);
    return submitted(appointForm, body, show, async (form) => {
      const chosen = await this.picker.choose(form.name, form.other === undefined ? form.person : 'new');
      if (chosen.kind === 'fault') return show([{ field: 'name', message: chosen.message }], 422);
      if (chosen.kind === 'several') return show([whichOf(chosen)], 422, chosen.namesakes);
      const { on, reason, stamp, confirmed } = form;
      const actingKind = form.as === 'holder' ? null : form.as;
      const endsHolder = form.endsHolder !== undefined;
      const leavesOthers = form.leavesOthers !== undefined;
      const act: TenureAct = {
        act: leavesOthers ? 'tenure.transferred' : 'tenure.appointed',
        on,
        reason,
        wishes: [{ postId: id, person: chosen.choice, actingKind, endsHolder }],
        leaves: [],
        leavesOthers,
        backTo: `/posts/${id}`,
      };
      if (confirmed !== undefined)
        return seeOther(`/posts/${id}?done=${await this.tenures.perform(act, stamp, actor)}`);
      const draft = await this.tenures.draft(act);
      const known = chosen.known;
      const fields = { ...sent(typed), person: known?.id ?? 'new', stamp: draft.stamp };
      return confirmChange({
        title: `${postName(await this.posts.get(id))}：核对任职`,
        action: `/posts/${id}/appoint`,
        fields,
        lines: draft.lines,
        warnings: [
          known === null ? `${chosen.name}是新登记的人员。` : `任职人是名单里的${known.text}。`,
          ...draft.warnings,
        ],
        submit: '确认任职',
        back: `/posts/${id}`,
        another: known === null ? undefined : notThisOne,
      });
    });
  }

  @Get('tenures/:id/end')
  async askEnd(@Param('id', tenureId) id: string): Promise<PageReply> {
    return this.endPage(id, { on: this.tenures.today(), reason: '' }, [], 200);
  }

  @Post('tenures/:id/end')
  async end(
    @Param('id', tenureId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const typed = { on: fieldText(body.on), reason: fieldText(body.reason) };
    const { tenure } = await this.tenures.forCorrection(id);
    const back = `/posts/${tenure.postId}`;
    const show = (faults: readonly FormFault[], status: number) => this.endPage(id, typed, faults, status);
    return submitted(endForm, body, show, async ({ on, reason, stamp, confirmed }) => {
      const plan = { on, reason, wishes: [], leaves: [id], leavesOthers: false, backTo: back };
      const act: TenureAct = { act: 'tenure.ended', ...plan };
      if (confirmed !== undefined) return seeOther(`${back}?done=${await this.tenures.perform(act, stamp, actor)}`);
      const { lines, warnings, stamp: current } = await this.tenures.draft(act);
      const title = `${tenure.unitName} ${tenure.postTitle}：核对离任`;
      const fields = { ...typed, stamp: current };
      return confirmChange({ title, action: `/tenures/${id}/end`, fields, lines, warnings, submit: '确认离任', back });
    });
  }

  private async appointPage(
    id: string,
    typed: AppointDraft,
    namesakes: readonly Namesake[],
    faults: readonly FormFault[],
    status: number,
  ): Promise<PageReply> {
    const post = await this.posts.get(id);
    const today = this.tenures.today();
    const open = (await this.rows.ofPosts([id])).map((tenure) => tenureLine(tenure, today)).filter((line) => line.open);
    const props = { id, name: postName(post), open, typed, namesakes, faults };
    return page('console/people/appoint', props, { status });
  }

  private async endPage(id: string, typed: object, faults: readonly FormFault[], status: number): Promise<PageReply> {
    const { tenure } = await this.tenures.forCorrection(id);
    const line = tenureLine(tenure, this.tenures.today());
    return page('console/people/tenure-end', { id, line, name: tenure.personName, typed, faults }, { status });
  }
}

function draftOf(body: Record<string, unknown>): AppointDraft {
  const names = ['name', 'person', 'on', 'as', 'endsHolder', 'leavesOthers', 'reason'] as const;
  return Object.fromEntries(names.map((name) => [name, fieldText(body[name])])) as AppointDraft;
}

/** Boxes that are not ticked are not sent. */
function sent({ endsHolder, leavesOthers, ...rest }: AppointDraft): Record<string, string> {
  return {
    ...rest,
    ...(endsHolder === '' ? {} : { endsHolder }),
    ...(leavesOthers === '' ? {} : { leavesOthers }),
  };
}
