import { Injectable } from '@nestjs/common';
import { isQuiet, nextWakingTime, type Waking } from '../../domain/calendar.js';
import { wakingFor } from '../../domain/sending/channel-policy.js';
import { Clock } from '../../platform/clock.js';
import { CalendarRepository } from './calendar.repository.js';
import { DeferralRepository } from '../rows/deferral.repository.js';

/** What keeps a message from leaving, and until when. */
export interface Wait {
  until: Date;
  reason: string;
}

/** Puts off what may not leave now. A claim looks at the clock too; this writes the time and the reason on the row. */
@Injectable()
export class Deferral {
  constructor(
    private readonly rows: DeferralRepository,
    private readonly calendar: CalendarRepository,
    private readonly clock: Clock,
  ) {}

  async deferDue(): Promise<void> {
    const now = this.clock.now();
    const rules = await this.rows.blockedRules(now);
    if (rules.length === 0) return;
    const calendar = await this.calendar.calendar();
    for (const rule of rules) {
      const until = nextWakingTime(now, rule, calendar);
      if (until > now) await this.rows.defer(rule, now, until, deferralReason(rule, now));
    }
  }

  /** When the first messages of an issue would leave if they were planned at `at`, and why not then; null when at once. */
  async firstMessages(
    issue: Omit<Parameters<typeof wakingFor>[0], 'purpose' | 'wishes'>,
    at: Date,
  ): Promise<Wait | null> {
    return this.lookAhead(wakingFor({ ...issue, purpose: 'initial' }), at);
  }

  /** When a message under this rule would leave if it were due at `at`, and why not then; null when at once. */
  async lookAhead(rule: Waking, at: Date): Promise<Wait | null> {
    const until = nextWakingTime(at, rule, await this.calendar.calendar());
    return until > at ? { until, reason: deferralReason(rule, at) } : null;
  }
}

const deferralReason = (rule: Waking, at: Date): string => (isQuiet(at, rule.quiet) ? '安静时段' : '休息日');
