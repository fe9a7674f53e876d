import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { beijingDate, type DayKind, daysLater, yearsWithoutData } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { type CalendarDay, CalendarRepository } from './calendar.repository.js';

/** Keeps the calendar of working days (工作日历). */
@Injectable()
export class CalendarService {
  constructor(
    private readonly database: Database,
    private readonly days: CalendarRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Enters one day or a run of days; what was on file for them is replaced. */
  async set(
    run: { first: string; last: string; kind: DayKind; name: string; source: string },
    actor: Actor,
  ): Promise<void> {
    const { first, last, ...rest } = run;
    const days: CalendarDay[] = [];
    for (let day = first; day <= last; day = daysLater(day, 1)) days.push({ day, ...rest });
    await this.database.transaction(async () => {
      await this.days.set(days);
      await this.audit.record(actor.id, 'calendar.daysSet', `calendar:${first}`, run);
    });
  }

  async remove(day: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const removed = await this.days.remove(day);
      if (!removed) throw new DomainError('dispatch.dayNotInCalendar');
      await this.audit.record(actor.id, 'calendar.dayRemoved', `calendar:${day}`, { ...removed });
    });
  }

  /** Years for which nobody has entered the holidays, though their days are being counted on. */
  async missingYears(): Promise<number[]> {
    return yearsWithoutData(beijingDate(this.clock.now()), await this.days.calendar());
  }
}
