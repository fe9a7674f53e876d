import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError } from '../domain/errors/errors.js';
import { Database } from '../platform/database.js';
import { ListChangeService } from './list-change.service.js';
import { PersonRepository, type StoredPerson } from './person.repository.js';

@Injectable()
export class PersonService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly changes: ListChangeService,
  ) {}

  async get(id: string): Promise<StoredPerson> {
    const person = await this.people.loadPerson(id);
    if (person === null) throw new DomainError('list.personNotFound');
    return person;
  }

  async addPerson(name: string, actor: Actor): Promise<{ id: string; change: string }> {
    return this.database.transaction(async () => {
      const id = await this.people.addPerson(name);
      const act = {
        act: 'person.added',
        subject: `person:${id}`,
        summary: `登记了${name}。`,
        backTo: '/people',
        detail: { name },
      };
      return { id, change: await this.changes.performAdded(act, actor, [{ table: 'person', id }]) };
    });
  }

  /** Copies of issues keep the name they were sent under. */
  async rename(id: string, version: number, name: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      await this.people.lock(id);
      const person = await this.get(id);
      if (person.version !== version) throw new DomainError('list.changedMeanwhile');
      if (person.name === name) throw new DomainError('list.nothingToChange');
      const act = {
        act: 'person.renamed',
        subject: `person:${id}`,
        summary: `${person.name}改为${name}。`,
        backTo: `/people/${id}`,
        detail: { from: person.name, to: name },
      };
      return this.changes.perform(act, actor, [{ table: 'person', id }], async () => {
        await this.people.rename(id, name);
        return [];
      });
    });
  }
}
