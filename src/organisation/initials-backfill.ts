import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { initialsOf } from './initials.js';
import { PersonRepository } from './person.repository.js';

const batch = 2000;

/** People who were entered before names had initials, or by a way that does not write them, are found by them from the next start on. */
@Injectable()
export class InitialsBackfill implements OnApplicationBootstrap {
  constructor(private readonly people: PersonRepository) {}

  async onApplicationBootstrap(): Promise<void> {
    for (;;) {
      const people = await this.people.withoutInitials(batch);
      await this.people.setInitials(people.map(({ id, name }) => ({ id, initials: initialsOf(name) || '-' })));
      if (people.length < batch) return;
    }
  }
}
