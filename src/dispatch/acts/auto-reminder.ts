import { Injectable, Logger } from '@nestjs/common';
import { nextWakingTime, workingDaysBefore } from '../../domain/calendar.js';
import { wakingFor } from '../../domain/sending/channel-policy.js';
import { Clock } from '../../platform/clock.js';
import { CalendarRepository } from '../when/calendar.repository.js';
import { DispatchService } from './dispatch.service.js';
import { ReminderRepository } from './reminder.repository.js';

/** Nobody is chased by a machine for an issue older than this. */
const longestChaseMs = 60 * 86_400_000;

/** 自动催阅: where the publication wants it, and only on working days in waking hours. */
@Injectable()
export class AutoReminder {
  private readonly log = new Logger(AutoReminder.name);

  constructor(
    private readonly reminders: ReminderRepository,
    private readonly calendar: CalendarRepository,
    private readonly dispatch: DispatchService,
    private readonly clock: Clock,
  ) {}

  /** Harmless to repeat, and at the same time from several processes: the edition's row is locked while it is reminded. */
  async scan(): Promise<void> {
    const now = this.clock.now();
    const editions = await this.reminders.chased(new Date(now.getTime() - longestChaseMs));
    if (editions.length === 0) return;
    const calendar = await this.calendar.calendar();
    for (const { editionId, policy } of editions) {
      const waking = wakingFor({ purpose: 'reminder', urgency: 'normal', urgentReason: null, policy });
      if (nextWakingTime(now, { ...waking, workingDaysOnly: true }, calendar) > now) continue;
      const silentSince = workingDaysBefore(now, policy.remindAfterDays, calendar);
      await this.remind(editionId, silentSince);
    }
  }

  /** One edition that cannot be reminded, for instance because it is being withdrawn, does not keep the others from it. */
  private async remind(editionId: string, silentSince: Date): Promise<void> {
    try {
      const reminded = await this.dispatch.remindOverdue(editionId, silentSince);
      if (reminded > 0) this.log.log(`edition ${editionId}: ${reminded} people reminded`);
    } catch (error) {
      this.log.error(`edition ${editionId} not reminded: ${(error as Error).message}`);
    }
  }
}
