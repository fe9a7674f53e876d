import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { initialsOf } from './initials.js';
import { PersonRepository } from './person.repository.js';

/** So few that nobody who opens a page meanwhile waits for it. */
const batch = 200;

/** People who were entered before names had initials, or by a way that does not write them, are found by them soon after a start. */
@Injectable()
export class InitialsBackfill implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('initials');
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(private readonly people: PersonRepository) {}

  /** Goes on beside the start: a hundred thousand names take half a minute. */
  onApplicationBootstrap(): void {
    this.running = this.fill().catch((error: unknown) => {
      this.logger.warn(`initials of names are filled in at the next start: ${String(error)}`);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async fill(): Promise<void> {
    while (!this.stopping) {
      const people = await this.people.withoutInitials(batch);
      await this.people.setInitials(people.map(({ id, name }) => ({ id, initials: initialsOf(name) || '-' })));
      if (people.length < batch) return;
    }
  }
}
