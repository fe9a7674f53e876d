import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate, chineseDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import { checkDay, type UnitKind, wasNever } from '../domain/people/organisation.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LiaisonRepository } from './liaison.repository.js';
import type { RowRef } from './list-change.repository.js';
import { ListChangeService } from './list-change.service.js';
import { PostRepository } from './post.repository.js';
import { postName } from './tenure-draft.js';
import { TenureRepository } from './tenure.repository.js';
import { UnitRepository, type UnitRow } from './unit.repository.js';

/** What closing a unit or a post takes with it. */
export interface ClosingDraft {
  lines: string[];
  postIds: string[];
  ends: { tenureId: string; endsOn: string }[];
  /** Officers who served only what is closed. */
  officers: { liaisonId: string; endsOn: string }[];
}

@Injectable()
export class UnitService {
  constructor(
    private readonly database: Database,
    private readonly units: UnitRepository,
    private readonly posts: PostRepository,
    private readonly tenures: TenureRepository,
    private readonly liaisons: LiaisonRepository,
    private readonly changes: ListChangeService,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<UnitRow> {
    const unit = await this.units.loadUnit(id);
    if (unit === null) throw new DomainError('list.unitNotFound');
    return unit;
  }

  async addUnit(fields: { name: string; kind: UnitKind }, actor: Actor): Promise<{ id: string; change: string }> {
    return this.database.transaction(async () => {
      await this.checkName(fields.name, null);
      const id = await this.units.addUnit({ ...fields, openedOn: beijingDate(this.clock.now()) });
      const act = {
        act: 'unit.added',
        subject: `unit:${id}`,
        summary: `新设单位${fields.name}。`,
        backTo: '/units',
        detail: fields,
      };
      const change = await this.changes.performAdded(act, actor, [{ table: 'unit', id }]);
      return { id, change };
    });
  }

  /** @param remembers false when only a slip of the pen is put right: no former name is kept */
  async edit(
    id: string,
    version: number,
    fields: { name: string; kind: UnitKind },
    remembers: boolean,
    actor: Actor,
  ): Promise<string> {
    return this.database.transaction(async () => {
      const unit = await this.locked(id, version);
      const renamed = unit.name !== fields.name;
      if (renamed) await this.checkName(fields.name, id);
      const act = {
        act: 'unit.edited',
        subject: `unit:${id}`,
        summary: renamed ? `${unit.name}改为${fields.name}。` : `修改了${unit.name}的类别。`,
        backTo: `/units/${id}`,
        detail: { from: { name: unit.name, kind: unit.kind }, to: fields },
      };
      return this.changes.perform(act, actor, [{ table: 'unit', id }], async () => {
        await this.units.edit(id, fields);
        if (!renamed || !remembers) return [];
        const until = beijingDate(this.clock.now());
        return [{ table: 'former_name', id: await this.units.addFormerName({ unitId: id }, unit.name, until) }];
      });
    });
  }

  /** Moves a unit to stand right after another; null puts it first. */
  async move(id: string, version: number, after: string | null, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const unit = await this.locked(id, version);
      const before = await this.units.openOrder();
      const others = before.filter((other) => other.id !== id);
      const place = after === null ? 0 : others.findIndex((other) => other.id === after) + 1;
      if (after !== null && place === 0) throw new DomainError('list.unitNotFound');
      const order = [...others.slice(0, place).map((u) => u.id), id, ...others.slice(place).map((u) => u.id)];
      const was = new Map(before.map((u) => [u.id, u.sortOrder]));
      const orders = order
        .map((unitId, i) => ({ id: unitId, sortOrder: i + 1 }))
        .filter((u) => was.get(u.id) !== u.sortOrder);
      if (orders.length === 0) throw new DomainError('list.nothingToChange');
      const act = {
        act: 'unit.moved',
        subject: `unit:${id}`,
        summary: `${unit.name}移到第${place + 1}位。`,
        backTo: '/units',
        detail: { to: place + 1 },
      };
      const touched = orders.map((o): RowRef => ({ table: 'unit', id: o.id }));
      return this.changes.perform(act, actor, touched, async () => {
        await this.units.setOrder(orders);
        return [];
      });
    });
  }

  async closingDraft(id: string, on: string, reason: string): Promise<ClosingDraft> {
    checkDay(on, beijingDate(this.clock.now()), reason);
    return this.draftClosing(await this.posts.idsOfUnit(id), id, on);
  }

  async postClosingDraft(id: string, on: string, reason: string): Promise<ClosingDraft> {
    checkDay(on, beijingDate(this.clock.now()), reason);
    return this.draftClosing([id], null, on);
  }

  async close(id: string, version: number, on: string, reason: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const unit = await this.locked(id, version);
      if (unit.closedOn !== null) throw new DomainError('list.unitClosed', { on: unit.closedOn });
      const act = {
        act: 'unit.closed',
        subject: `unit:${id}`,
        summary: `${unit.name}自${chineseDate(on)}起撤销。`,
        backTo: `/units/${id}`,
        detail: { on, reason },
      };
      return this.closePosts(act, await this.closingDraft(id, on, reason), on, actor, [{ table: 'unit', id }], () =>
        this.units.close(id, on),
      );
    });
  }

  async closePost(id: string, version: number, on: string, reason: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      await this.posts.lock([id]);
      const [post] = await this.posts.loadPost([id]);
      if (!post) throw new DomainError('list.postNotFound');
      if (post.version !== version) throw new DomainError('list.changedMeanwhile');
      if (post.closedOn !== null) throw new DomainError('list.postClosed', { on: post.closedOn });
      const act = {
        act: 'post.closed',
        subject: `post:${id}`,
        summary: `${postName(post)}自${chineseDate(on)}起撤销。`,
        backTo: `/posts/${id}`,
        detail: { on, reason },
      };
      return this.closePosts(act, await this.postClosingDraft(id, on, reason), on, actor, [], () => Promise.resolve());
    });
  }

  private async closePosts(
    act: Parameters<ListChangeService['perform']>[0],
    draft: ClosingDraft,
    on: string,
    actor: Actor,
    also: RowRef[],
    work: () => Promise<void>,
  ): Promise<string> {
    const touched: RowRef[] = [
      ...also,
      ...draft.postIds.map((postId): RowRef => ({ table: 'post', id: postId })),
      ...draft.ends.map(({ tenureId }): RowRef => ({ table: 'tenure', id: tenureId })),
      ...draft.officers.map(({ liaisonId }): RowRef => ({ table: 'liaison', id: liaisonId })),
    ];
    return this.changes.perform(act, actor, touched, async () => {
      await work();
      await this.tenures.apply({ ends: draft.ends, beginnings: [] });
      for (const { liaisonId, endsOn } of draft.officers) await this.liaisons.end(liaisonId, endsOn);
      await this.posts.close(draft.postIds, on);
      return [];
    });
  }

  private async draftClosing(postIds: readonly string[], unitId: string | null, on: string): Promise<ClosingDraft> {
    const posts = (await this.posts.loadPost(postIds)).filter(({ closedOn }) => closedOn === null);
    const tenures = await this.tenures.ofPosts(posts.map(({ id }) => id));
    const leaving = tenures.filter((tenure) => !wasNever(tenure) && (tenure.endsOn === null || tenure.endsOn > on));
    const officers = await this.liaisons.servingAfter(
      posts.map(({ id }) => id),
      unitId,
      on,
    );
    // What would only have begun later never was.
    const endsOn = ({ startsOn }: { startsOn: string }) => (startsOn >= on ? startsOn : on);
    return {
      lines: [
        ...posts.map((post) => `${postName(post)}自${chineseDate(on)}起撤销。`),
        ...leaving.map((t) => `${t.unitName} ${t.postTitle}：${t.personName}自${chineseDate(endsOn(t))}起不再任职。`),
        ...officers.map((o) => `${o.personName}自${chineseDate(endsOn(o))}起不再任${o.serves}联络员。`),
      ],
      postIds: posts.map(({ id }) => id),
      ends: leaving.map((tenure) => ({ tenureId: tenure.id, endsOn: endsOn(tenure) })),
      officers: officers.map((officer) => ({ liaisonId: officer.id, endsOn: endsOn(officer) })),
    };
  }

  private async checkName(name: string, exceptId: string | null): Promise<void> {
    const taken = await this.units.namedAlike(name, exceptId);
    if (taken !== null) throw new DomainError('list.unitNameTaken', { name: taken });
  }

  private async locked(id: string, version: number): Promise<UnitRow> {
    await this.units.lock(id);
    const unit = await this.get(id);
    if (unit.version !== version) throw new DomainError('list.changedMeanwhile');
    return unit;
  }
}
