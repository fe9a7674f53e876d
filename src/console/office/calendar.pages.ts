import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { CalendarRepository } from '../../dispatch/when/calendar.repository.js';
import { CalendarService } from '../../dispatch/when/calendar.service.js';
import { beijingDate, chineseDate, daysLater, isWeekday, parseIsoDate } from '../../domain/calendar.js';
import { mayDo } from '../../domain/roles.js';
import { Clock } from '../../platform/clock.js';
import { Asked, Form, type FormFault, readForm, textField } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, confirmedField } from '../confirm-change.js';
import { calendarView } from './calendar-view.js';

/** Longest run of days entered at once: longer is a slip of the pen. */
const longestRun = 31;

const removeForm = z.object({ confirmed: confirmedField });

const date = z.string().transform((text, context) => {
  const day = parseIsoDate(text);
  if (day !== null && day >= '2020' && day < '2100') return day;
  context.addIssue({ code: 'custom', message: '日期不正确，请按“年-月-日”填写。' });
  return z.NEVER;
});

const runForm = z
  .object({
    first: date,
    last: z.union([z.literal(''), date], { error: '日期不正确，请按“年-月-日”填写。' }).default(''),
    kind: z.enum(['holiday', 'workday'], { error: '请选择放假或上班。' }),
    name: textField(40, '请填写名称，如“春节”。'),
    source: textField(100, '请填写依据，如国务院办公厅通知的文号。'),
  })
  .transform((form) => ({ ...form, last: form.last === '' ? form.first : form.last }))
  .refine(({ first, last }) => first <= last, { path: ['last'], message: '结束日期不能早于开始日期。' })
  .refine(({ first, last }) => last <= daysLater(first, longestRun - 1), {
    path: ['last'],
    message: `一次最多登记${longestRun}天，请核对日期。`,
  });

/** As it was typed, to be shown again with what was wrong. */
const typedForm = z.object({
  first: textField(20),
  last: textField(20),
  kind: textField(20),
  name: textField(200),
  source: textField(500),
});
type Typed = z.infer<typeof typedForm>;
const blank: Typed = { first: '', last: '', kind: 'holiday', name: '', source: '' };

/** 工作日历: which days are worked. Quiet time, reminders and “two working days later” are counted by it. */
@Needs('calendar.read')
@Controller('calendar')
export class CalendarPages {
  constructor(
    private readonly days: CalendarRepository,
    private readonly service: CalendarService,
    private readonly clock: Clock,
  ) {}

  @Get()
  show(@Asked('year') year: string | undefined, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.page(this.yearOf(year), actor, blank, []);
  }

  @Needs('calendar.edit')
  @Post()
  async set(
    @Asked('year') year: string | undefined,
    @Form(typedForm) typed: Typed,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const reading = readForm(runForm, typed);
    if (!reading.ok) return this.page(this.yearOf(year), actor, typed, reading.faults);
    await this.service.set(reading.value, actor);
    return seeOther(`/calendar?year=${reading.value.first.slice(0, 4)}#days-title`);
  }

  @Needs('calendar.edit')
  @Post(':day/remove')
  async remove(
    @Param('day') day: string,
    @Form(removeForm) { confirmed }: z.infer<typeof removeForm>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const known = parseIsoDate(day) ?? '1900-01-01';
    if (confirmed === undefined)
      return confirmChange({
        title: `删除${chineseDate(known)}的安排`,
        action: `/calendar/${known}/remove`,
        fields: {},
        lines: [`${chineseDate(known)}不再登记，按${isWeekday(known) ? '周一至周五算上班' : '周六、周日算休息'}。`],
        warnings: ['已经排定时间的消息不重新计算。'],
        submit: '删除',
        back: `/calendar?year=${known.slice(0, 4)}#days-title`,
        nav: 'calendar',
        undo: '删错了可以在工作日历中重新登记',
      });
    await this.service.remove(known, actor);
    return seeOther(`/calendar?year=${known.slice(0, 4)}#days-title`);
  }

  private yearOf(text: string | undefined): number {
    return /^20[2-9]\d$/.test(text ?? '') ? Number(text) : this.thisYear();
  }

  private thisYear(): number {
    return Number(beijingDate(this.clock.now()).slice(0, 4));
  }

  private async page(year: number, actor: Actor, form: Typed, faults: readonly FormFault[]): Promise<PageReply> {
    const [days, missing] = await Promise.all([this.days.ofYear(year), this.service.missingYears()]);
    const view = calendarView(year, this.thisYear(), days);
    const mayEdit = mayDo(actor.roles, 'calendar.edit');
    const status = faults.length > 0 ? 422 : 200;
    return page('console/office/calendar', { ...view, missing: missing.join('、'), mayEdit, form, faults }, { status });
  }
}
