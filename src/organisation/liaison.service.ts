import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate, chineseDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { ListChangeService } from './list-change.service.js';
import { LiaisonRepository, type LiaisonRow } from './liaison.repository.js';
import { PersonRepository } from './person.repository.js';
import { PostRepository } from './post.repository.js';
import { postName } from './tenure-draft.js';
import type { PersonChoice } from './tenure.service.js';
import { UnitRepository } from './unit.repository.js';

/** A unit, or the post of one leader. */
export type Served = { unitId: string } | { postId: string };

const pathOf = (served: Served): string => ('unitId' in served ? `/units/${served.unitId}` : `/posts/${served.postId}`);
const subjectOf = (served: Served): string => ('unitId' in served ? `unit:${served.unitId}` : `post:${served.postId}`);

/** Liaison officers read and sign for the holder; from when to when. */
@Injectable()
export class LiaisonService {
  constructor(
    private readonly database: Database,
    private readonly liaisons: LiaisonRepository,
    private readonly units: UnitRepository,
    private readonly posts: PostRepository,
    private readonly people: PersonRepository,
    private readonly changes: ListChangeService,
    private readonly clock: Clock,
  ) {}

  async addLiaison(served: Served, person: PersonChoice, on: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const serves = await this.nameOf(served);
      const known = 'id' in person ? await this.people.loadPerson(person.id) : { name: person.newName };
      if (known === null) throw new DomainError('list.personNotFound');
      const act = {
        act: 'liaison.added',
        subject: subjectOf(served),
        summary: `${known.name}自${chineseDate(on)}起任${serves}联络员。`,
        backTo: pathOf(served),
        detail: { serves, name: known.name, on },
      };
      return this.changes.perform(act, actor, [], async () => {
        const personId = 'id' in person ? person.id : await this.people.addPerson(person.newName);
        const current = 'unitId' in served ? this.liaisons.ofUnit(served.unitId) : this.liaisons.ofPost(served.postId);
        if ((await current).some((l) => l.personId === personId && (l.endsOn === null || l.endsOn > on)))
          throw new DomainError('list.alreadyLiaison');
        const id = await this.liaisons.addLiaison({ unitId: null, postId: null, ...served, personId, startsOn: on });
        return [{ table: 'liaison', id }];
      });
    });
  }

  async get(id: string): Promise<LiaisonRow> {
    const liaison = await this.liaisons.loadLiaison(id);
    if (liaison === null) throw new DomainError('list.liaisonNotFound');
    return liaison;
  }

  /** One that has not begun is taken back. */
  async end(id: string, on: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const liaison = await this.get(id);
      const today = beijingDate(this.clock.now());
      if (liaison.endsOn !== null && liaison.endsOn <= today)
        throw new DomainError('list.tenureEnded', { on: liaison.endsOn });
      if (on < liaison.startsOn && liaison.startsOn <= today)
        throw new DomainError('list.endBeforeStart', { on: liaison.startsOn });
      const served: Served = liaison.unitId === null ? { postId: liaison.postId! } : { unitId: liaison.unitId };
      const endsOn = on < liaison.startsOn ? liaison.startsOn : on;
      const act = {
        act: 'liaison.ended',
        subject: subjectOf(served),
        summary: `${liaison.personName}自${chineseDate(endsOn)}起不再任${liaison.serves}联络员。`,
        backTo: pathOf(served),
        detail: { serves: liaison.serves, name: liaison.personName, on: endsOn },
      };
      return this.changes.perform(act, actor, [{ table: 'liaison', id }], async () => {
        await this.liaisons.end(id, endsOn);
        return [];
      });
    });
  }

  async nameOf(served: Served): Promise<string> {
    if ('unitId' in served) {
      const unit = await this.units.loadUnit(served.unitId);
      if (unit === null) throw new DomainError('list.unitNotFound');
      return unit.name;
    }
    const [post] = await this.posts.loadPost([served.postId]);
    if (!post) throw new DomainError('list.postNotFound');
    return postName(post);
  }
}
