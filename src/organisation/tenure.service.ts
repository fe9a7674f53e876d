import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import {
  type ActingKind,
  checkCorrection,
  checkDay,
  inForce,
  mergeSteps,
  planAppointment,
  planEnd,
  type TenureSteps,
} from '../domain/people/organisation.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import type { RowRef } from './list-change.repository.js';
import { ListChangeService } from './list-change.service.js';
import { OrganisationRepository } from './organisation.repository.js';
import { PersonRepository } from './person.repository.js';
import { PostRepository, type PostRow } from './post.repository.js';
import { draftLines, draftWarnings, stampOf, type TenureDraft } from './tenure-draft.js';
import { TenureRepository, type TenureRow } from './tenure.repository.js';

/** Somebody known, or a name that is entered with the act. */
export type PersonChoice = { id: string } | { newName: string };

export interface Wish {
  postId: string;
  person: PersonChoice;
  actingKind: ActingKind | null;
  /** With an acting one: the holder leaves the same day. */
  endsHolder: boolean;
}

/** Appointing, ending, transferring, swapping and 换届 are one act: who comes and who goes on a day. */
export interface TenureAct {
  act: 'tenure.appointed' | 'tenure.ended' | 'tenure.transferred' | 'tenure.turnover';
  on: string;
  reason: string;
  wishes: readonly Wish[];
  /** Tenures that end the same day besides those a wish ends. */
  leaves: readonly string[];
  /** The people who come give up the other posts they hold. */
  leavesOthers: boolean;
  backTo: string;
}

interface Situation {
  posts: PostRow[];
  /** Of these posts and of everybody concerned. */
  tenures: TenureRow[];
  names: Map<string, string>;
}

const newKey = (name: string): string => `new ${name}`;
const keyOf = (person: PersonChoice): string => ('id' in person ? person.id : newKey(person.newName));

@Injectable()
export class TenureService {
  constructor(
    private readonly database: Database,
    private readonly posts: PostRepository,
    private readonly tenures: TenureRepository,
    private readonly people: PersonRepository,
    private readonly organisation: OrganisationRepository,
    private readonly changes: ListChangeService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError where the act is not allowed */
  async draft(act: TenureAct): Promise<TenureDraft> {
    const situation = await this.situation(act);
    const steps = this.plan(act, situation);
    const { posts, tenures, names } = situation;
    const known = [...names.keys()].filter((id) => !id.startsWith('new '));
    const reachable = new Set((await this.organisation.contactsOf(known)).map(({ personId }) => personId));
    return {
      steps,
      lines: draftLines(steps, posts, tenures, names),
      warnings: draftWarnings(steps, act.on, posts, tenures, names, reachable),
      stamp: this.stamp(situation),
    };
  }

  /** @returns id of the change, for undoing it */
  async perform(act: TenureAct, stamp: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const leaving = await this.tenures.loadTenure(act.leaves);
      await this.posts.lock([...act.wishes.map(({ postId }) => postId), ...leaving.map(({ postId }) => postId)]);
      const situation = await this.situation(act);
      if (this.stamp(situation) !== stamp) throw new DomainError('list.changedMeanwhile');
      const steps = this.plan(act, situation);
      const lines = draftLines(steps, situation.posts, situation.tenures, situation.names);
      const detail = { on: act.on, changes: lines, reason: act.reason || undefined };
      const touched = touchedBy(steps, situation.tenures);
      const postIds = touched.flatMap(({ table, id }) => (table === 'post' ? [id] : []));
      const subject = postIds.length === 1 ? `post:${postIds[0]}` : 'list';
      const summary = lines.length > 3 ? `${lines.slice(0, 3).join('')}等${lines.length}项。` : lines.join('');
      return this.changes.perform(
        { act: act.act, subject, summary, backTo: act.backTo, detail },
        actor,
        touched,
        async () => {
          const added = await this.tenures.apply(await this.withNewPeople(steps, act));
          await this.posts.touch(postIds);
          return added.map((id) => ({ table: 'tenure', id }));
        },
      );
    });
  }

  /** A mistaken entry put right or, with null, struck. The only act that changes the past; it needs a reason. */
  async correct(
    tenureId: string,
    to: { personId: string; startsOn: string; endsOn: string | null; actingKind: ActingKind | null } | null,
    reason: string,
    stamp: string,
    actor: Actor,
  ): Promise<string> {
    return this.database.transaction(async () => {
      const { tenure, tenures, stamp: current } = await this.forCorrection(tenureId, true);
      if (current !== stamp) throw new DomainError('list.changedMeanwhile');
      checkCorrection(to && { ...tenure, ...to, acting: to.actingKind !== null }, tenures, reason);
      const { personId, startsOn, endsOn, actingKind } = tenure;
      const was = { personId, startsOn, endsOn, actingKind };
      const what = to === null ? '作废' : '更正';
      const act = {
        act: to === null ? 'tenure.struck' : 'tenure.corrected',
        subject: `post:${tenure.postId}`,
        summary: `${what}${tenure.unitName} ${tenure.postTitle}${tenure.personName}的任职记录。`,
        backTo: `/posts/${tenure.postId}`,
        detail: { was, becomes: to, reason },
      };
      const touched: RowRef[] = [
        { table: 'tenure', id: tenureId },
        { table: 'post', id: tenure.postId },
      ];
      return this.changes.perform(act, actor, touched, async () => {
        const struck = { ...was, endsOn: startsOn, actingKind: tenure.acting ? (actingKind ?? 'acting') : null };
        await this.tenures.correct(tenureId, to ?? struck);
        await this.posts.touch([tenure.postId]);
        return [];
      });
    });
  }

  async forCorrection(
    tenureId: string,
    lock = false,
  ): Promise<{ tenure: TenureRow; tenures: TenureRow[]; stamp: string }> {
    const [tenure] = await this.tenures.loadTenure([tenureId]);
    if (!tenure) throw new DomainError('list.tenureNotFound');
    if (lock) await this.posts.lock([tenure.postId]);
    const [posts, tenures] = [await this.posts.loadPost([tenure.postId]), await this.tenures.ofPosts([tenure.postId])];
    return { tenure: tenures.find(({ id }) => id === tenureId)!, tenures, stamp: stampOf(posts, tenures) };
  }

  today(): string {
    return beijingDate(this.clock.now());
  }

  private plan(act: TenureAct, { posts, tenures }: Situation): TenureSteps {
    const today = this.today();
    checkDay(act.on, today, act.reason);
    if (new Set(act.wishes.map(({ postId }) => postId)).size < act.wishes.length)
      throw new DomainError('list.twiceOnePost');
    const appointed = act.wishes.map((wish) =>
      planAppointment({
        post: posts.find(({ id }) => id === wish.postId)!,
        tenures: tenures.filter(({ postId }) => postId === wish.postId),
        personId: keyOf(wish.person),
        on: act.on,
        today,
        actingKind: wish.actingKind,
        endsHolder: wish.endsHolder,
      }),
    );
    const already = new Set(appointed.flatMap(({ ends }) => ends.map(({ tenureId }) => tenureId)));
    const leaving = tenures.filter(({ id }) => act.leaves.includes(id) && !already.has(id));
    if (act.leavesOthers) {
      const coming = new Set(act.wishes.map(({ person }) => keyOf(person)));
      const others = tenures.filter((tenure) => coming.has(tenure.personId) && inForce(tenure, act.on));
      leaving.push(...others.filter((tenure) => !already.has(tenure.id) && !leaving.includes(tenure)));
    }
    const steps = mergeSteps([...appointed, ...leaving.map((tenure) => planEnd(tenure, act.on, today))]);
    if (steps.ends.length + steps.beginnings.length === 0) throw new DomainError('list.nothingToChange');
    return steps;
  }

  private async situation(act: TenureAct): Promise<Situation> {
    const leaving = await this.tenures.loadTenure(act.leaves);
    if (leaving.length < new Set(act.leaves).size) throw new DomainError('list.tenureNotFound');
    const postIds = [...new Set([...act.wishes.map(({ postId }) => postId), ...leaving.map(({ postId }) => postId)])];
    const posts = await this.posts.loadPost(postIds);
    if (posts.length < postIds.length) throw new DomainError('list.postNotFound');
    const names = new Map<string, string>();
    for (const { person } of act.wishes) names.set(keyOf(person), 'id' in person ? '' : person.newName);
    const known = act.wishes.flatMap(({ person }) => ('id' in person ? [person.id] : []));
    for (const { id, name } of await this.people.loadAll(known)) names.set(id, name);
    if ([...names.values()].includes('')) throw new DomainError('list.personNotFound');
    const ofPosts = await this.tenures.ofPosts(postIds);
    const concerned = [
      ...known,
      ...ofPosts.filter(({ endsOn }) => endsOn === null || endsOn > act.on).map((t) => t.personId),
    ];
    const ofPeople = await this.tenures.ofPeople([...new Set(concerned)]);
    const tenures = [...new Map([...ofPosts, ...ofPeople].map((tenure) => [tenure.id, tenure])).values()];
    // What the people who come give up belongs to other posts.
    const further = tenures.map(({ postId }) => postId).filter((id) => !postIds.includes(id));
    if (act.leavesOthers && further.length > 0) posts.push(...(await this.posts.loadPost([...new Set(further)])));
    return { posts, tenures, names };
  }

  private stamp({ posts, tenures }: Situation): string {
    const ids = new Set(posts.map(({ id }) => id));
    return stampOf(
      posts,
      tenures.filter(({ postId }) => ids.has(postId)),
    );
  }

  private async withNewPeople(steps: TenureSteps, act: TenureAct): Promise<TenureSteps> {
    const ids = new Map<string, string>();
    for (const { person } of act.wishes) {
      if ('id' in person || ids.has(keyOf(person))) continue;
      ids.set(keyOf(person), await this.people.addPerson(person.newName));
    }
    const beginnings = steps.beginnings.map((b) => ({ ...b, personId: ids.get(b.personId) ?? b.personId }));
    return { ...steps, beginnings };
  }
}

function touchedBy(steps: TenureSteps, tenures: readonly TenureRow[]): RowRef[] {
  const postIds = new Set(steps.beginnings.map(({ postId }) => postId));
  for (const { tenureId } of steps.ends) postIds.add(tenures.find(({ id }) => id === tenureId)!.postId);
  return [
    ...steps.ends.map(({ tenureId }): RowRef => ({ table: 'tenure', id: tenureId })),
    ...[...postIds].map((id): RowRef => ({ table: 'post', id })),
  ];
}
