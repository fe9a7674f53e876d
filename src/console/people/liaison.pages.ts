import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { beijingDate, chineseDate } from '../../domain/calendar.js';
import { LiaisonService, type Served } from '../../organisation/liaison.service.js';
import { Clock } from '../../platform/clock.js';
import { type FormFault, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField, dayField, submitted } from '../confirm-change.js';
import { liaisonId, postId, unitId } from '../ids.js';
import { type Namesake, notThisOne, PersonPicker, whichOf } from '../person-choice.js';

const addForm = z.object({
  name: textField(100),
  person: z.string().max(40).default(''),
  other: z.string().optional(),
  on: dayField('请填写开始日期。'),
  confirmed: confirmedField,
});
const endForm = z.object({ on: dayField('请填写结束日期。'), confirmed: confirmedField });

type Draft = Record<'name' | 'person' | 'on', string>;

/** 联络员 of a unit or of one leader's post. */
@Needs('list.edit')
@Controller()
export class LiaisonPages {
  constructor(
    private readonly liaisons: LiaisonService,
    private readonly picker: PersonPicker,
    private readonly clock: Clock,
  ) {}

  @Get('units/:id/liaisons')
  askForUnit(@Param('id', unitId) id: string): Promise<PageReply> {
    return this.show({ unitId: id }, { name: '', person: '', on: this.today() }, [], [], 200);
  }

  @Get('posts/:id/liaisons')
  askForPost(@Param('id', postId) id: string): Promise<PageReply> {
    return this.show({ postId: id }, { name: '', person: '', on: this.today() }, [], [], 200);
  }

  @Post('units/:id/liaisons')
  addToUnit(
    @Param('id', unitId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    return this.add({ unitId: id }, body, actor);
  }

  @Post('posts/:id/liaisons')
  addToPost(
    @Param('id', postId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    return this.add({ postId: id }, body, actor);
  }

  @Get('liaisons/:id/end')
  askEnd(@Param('id', liaisonId) id: string): Promise<PageReply> {
    return this.endPage(id, this.today(), [], 200);
  }

  @Post('liaisons/:id/end')
  async end(
    @Param('id', liaisonId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const typed = fieldText(body.on);
    const officer = await this.liaisons.get(id);
    const back = pathOf(officer.unitId === null ? { postId: officer.postId! } : { unitId: officer.unitId });
    const show = (faults: readonly FormFault[], status: number) => this.endPage(id, typed, faults, status);
    return submitted(endForm, body, show, async ({ on, confirmed }) => {
      if (confirmed !== undefined) return seeOther(`${back}?done=${await this.liaisons.end(id, on, actor)}`);
      return confirmChange({
        title: `${officer.serves}联络员：核对`,
        action: `/liaisons/${id}/end`,
        fields: { on: typed },
        lines: [`${officer.personName}自${chineseDate(on)}起不再任${officer.serves}联络员。`],
        warnings: [],
        submit: '确认',
        back,
      });
    });
  }

  private async add(served: Served, body: Record<string, unknown>, actor: Actor): Promise<PageReply | SeeOther> {
    const typed = { name: fieldText(body.name), person: fieldText(body.person), on: fieldText(body.on) };
    const show = (faults: readonly FormFault[], status: number, namesakes: readonly Namesake[] = []) =>
      this.show(served, typed, namesakes, faults, status);
    return submitted(addForm, body, show, async ({ name, person, other, on, confirmed }) => {
      const chosen = await this.picker.choose(name, other === undefined ? person : 'new');
      if (chosen.kind === 'fault') return show([{ field: 'name', message: chosen.message }], 422);
      if (chosen.kind === 'several') return show([whichOf(chosen)], 422, chosen.namesakes);
      if (confirmed !== undefined)
        return seeOther(`${pathOf(served)}?done=${await this.liaisons.addLiaison(served, chosen.choice, on, actor)}`);
      const serves = await this.liaisons.nameOf(served);
      const { known } = chosen;
      return confirmChange({
        title: `${serves}联络员：核对`,
        action: `${pathOf(served)}/liaisons`,
        fields: { ...typed, person: known?.id ?? 'new' },
        lines: [`${chosen.name}自${chineseDate(on)}起任${serves}联络员。`],
        warnings: [known === null ? `${chosen.name}是新登记的人员。` : `联络员是名单里的${known.text}。`],
        submit: '确认',
        back: pathOf(served),
        another: known === null ? undefined : notThisOne,
      });
    });
  }

  private async show(
    served: Served,
    typed: Draft,
    namesakes: readonly Namesake[],
    faults: readonly FormFault[],
    status: number,
  ): Promise<PageReply> {
    const serves = await this.liaisons.nameOf(served);
    const back = pathOf(served);
    return page(
      'console/people/liaison-form',
      { serves, action: `${back}/liaisons`, back, typed, namesakes, faults },
      { status },
    );
  }

  private async endPage(id: string, on: string, faults: readonly FormFault[], status: number): Promise<PageReply> {
    const { personName, serves, unitId, postId } = await this.liaisons.get(id);
    const back = unitId === null ? `/posts/${postId}` : `/units/${unitId}`;
    return page('console/people/liaison-end', { id, name: personName, serves, back, on, faults }, { status });
  }

  private today(): string {
    return beijingDate(this.clock.now());
  }
}

const pathOf = (served: Served): string => ('unitId' in served ? `/units/${served.unitId}` : `/posts/${served.postId}`);
