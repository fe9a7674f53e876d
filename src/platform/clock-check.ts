import { Injectable, Logger } from '@nestjs/common';
import { clockWarning } from '../domain/clock-difference.js';
import { Clock } from './clock.js';
import { Database } from './database.js';
import { Quieted } from './jobs/quieted.js';

/** Compares the clock of this process with that of the database, which stamps rows as well. */
@Injectable()
export class ClockCheck {
  private readonly quieted = new Quieted(new Logger('Clock'));

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A warning for people, also written to the log, or null when the clocks agree.
   *
   * @throws when the database does not answer
   */
  async look(): Promise<string | null> {
    const asked = this.clock.now().getTime();
    const there = (await this.database.now()).getTime();
    const uncertainMs = (this.clock.now().getTime() - asked) / 2;
    const warning = clockWarning(there - (asked + uncertainMs), uncertainMs);
    if (warning) this.quieted.warn(warning);
    return warning;
  }
}
