import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { chineseDate } from '../../domain/calendar.js';
import { actingKinds, checkCorrection } from '../../domain/people/organisation.js';
import { TenureService } from '../../organisation/tenure.service.js';
import { type FormFault, readForm, textField, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField, dayField, submitted } from '../confirm-change.js';
import { tenureId } from '../ids.js';
import { actingWord } from '../../domain/people/list-words.js';
import { tenureLine } from './tenure-view.js';

const correctionForm = z.object({
  what: z.enum(['change', 'strike'], { error: '请选择更正方式。' }),
  from: z.string().default(''),
  until: z.string().default(''),
  as: z.enum(['holder', ...actingKinds], { error: '请选择任职方式。' }),
  reason: textField(200),
  stamp: z.string().max(40).default(''),
  confirmed: confirmedField,
});
const days = z.object({
  from: dayField('请填写开始日期。'),
  until: z.union([z.literal(''), dayField('结束日期不正确，')]),
});

type Draft = Record<'what' | 'from' | 'until' | 'as' | 'reason', string>;

/** A mistaken entry put right: the one act that changes the past, with a reason in the trail. */
@Needs('list.edit')
@Controller('tenures/:id/correct')
export class CorrectionPages {
  constructor(private readonly tenures: TenureService) {}

  @Get()
  async ask(@Param('id', tenureId) id: string): Promise<PageReply> {
    const { tenure } = await this.tenures.forCorrection(id);
    const as = tenure.acting ? (tenure.actingKind ?? 'acting') : 'holder';
    const draft = { what: 'change', from: tenure.startsOn, until: tenure.endsOn ?? '', as, reason: '' };
    return this.show(id, draft, [], 200);
  }

  @Post()
  async correct(
    @Param('id', tenureId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const names = ['what', 'from', 'until', 'as', 'reason'] as const;
    const typed = Object.fromEntries(names.map((name) => [name, fieldText(body[name])])) as Draft;
    const show = (faults: readonly FormFault[], status: number) => this.show(id, typed, faults, status);
    return submitted(correctionForm, body, show, async ({ what, as, reason, stamp, confirmed }) => {
      const period = readForm(days, typed);
      if (what === 'change' && !period.ok) return show(period.faults, 422);
      const { tenure, tenures, stamp: current } = await this.tenures.forCorrection(id);
      const to =
        what === 'strike' || !period.ok
          ? null
          : {
              personId: tenure.personId,
              startsOn: period.value.from,
              endsOn: period.value.until === '' ? null : period.value.until,
              actingKind: as === 'holder' ? null : as,
            };
      if (confirmed !== undefined) {
        const change = await this.tenures.correct(id, to, reason, stamp, actor);
        return seeOther(`/posts/${tenure.postId}?done=${change}`);
      }
      checkCorrection(to && { ...tenure, ...to, acting: to.actingKind !== null }, tenures, reason);
      const who = `${tenure.unitName} ${tenure.postTitle}：${tenure.personName}`;
      const becomes = to && `改为${to.actingKind === null ? '任职' : actingWord(to.actingKind)}，${periodText(to)}。`;
      return confirmChange({
        title: '核对更正',
        action: `/tenures/${id}/correct`,
        fields: { ...typed, stamp: current },
        lines: [`${who}，原记录${periodText(tenure)}。`, becomes ?? '这项记录作废，视为从未任职。'],
        warnings: ['过去日期的名单会随之改变；已经发出的各期不变。'],
        submit: '确认更正',
        back: `/posts/${tenure.postId}`,
      });
    });
  }

  private async show(id: string, typed: Draft, faults: readonly FormFault[], status: number): Promise<PageReply> {
    const { tenure } = await this.tenures.forCorrection(id);
    const line = tenureLine(tenure, this.tenures.today());
    return page('console/people/tenure-correct', { id, line, name: tenure.personName, typed, faults }, { status });
  }
}

function periodText({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): string {
  return endsOn === null
    ? `自${chineseDate(startsOn)}起`
    : `自${chineseDate(startsOn)}起，至${chineseDate(endsOn)}（不含）`;
}
