import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors/errors.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import type { RowRef } from './list-change.repository.js';
import { ListChangeService } from './list-change.service.js';
import { type PostFields, PostRepository, type PostRow } from './post.repository.js';
import { postName } from './tenure-draft.js';
import { UnitRepository } from './unit.repository.js';

@Injectable()
export class PostService {
  constructor(
    private readonly database: Database,
    private readonly units: UnitRepository,
    private readonly posts: PostRepository,
    private readonly changes: ListChangeService,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<PostRow> {
    const [post] = await this.posts.loadPost([id]);
    if (!post) throw new DomainError('list.postNotFound');
    return post;
  }

  async addPost(unitId: string, fields: PostFields, actor: Actor): Promise<{ id: string; change: string }> {
    return this.database.transaction(async () => {
      await this.units.lock(unitId);
      const unit = await this.units.loadUnit(unitId);
      if (unit === null) throw new DomainError('list.unitNotFound');
      if (unit.closedOn !== null) throw new DomainError('list.unitClosed', { on: unit.closedOn });
      if (await this.posts.isTaken(unitId, fields.title, fields.seat, null)) throw new DomainError('list.postTaken');
      const act = {
        act: 'post.added',
        subject: `unit:${unitId}`,
        summary: `新设岗位${postName({ unitName: unit.name, ...fields })}。`,
        backTo: `/units/${unitId}`,
        detail: { unit: unit.name, ...fields },
      };
      let id = '';
      const change = await this.changes.perform(act, actor, [{ table: 'unit', id: unitId }], async () => {
        id = await this.posts.addPost(unitId, fields, beijingDate(this.clock.now()));
        await this.units.touch(unitId);
        return [{ table: 'post', id }];
      });
      return { id, change };
    });
  }

  /** @param remembers false when only a slip of the pen is put right: no former name is kept */
  async edit(id: string, version: number, fields: PostFields, remembers: boolean, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const post = await this.locked(id, version);
      const renamed = post.title !== fields.title;
      if (
        (renamed || post.seat !== fields.seat) &&
        (await this.posts.isTaken(post.unitId, fields.title, fields.seat, id))
      )
        throw new DomainError('list.postTaken');
      const { title, kind, seat, protocolOrder, level, tags } = post;
      const act = {
        act: 'post.edited',
        subject: `post:${id}`,
        summary: renamed ? `${postName(post)}改为${fields.title}。` : `修改了${postName(post)}。`,
        backTo: `/posts/${id}`,
        detail: { from: { title, kind, seat, protocolOrder, level, tags }, to: fields },
      };
      return this.changes.perform(act, actor, [{ table: 'post', id }], async () => {
        await this.posts.edit(id, fields);
        if (!renamed || !remembers) return [];
        const until = beijingDate(this.clock.now());
        return [{ table: 'former_name', id: await this.units.addFormerName({ postId: id }, post.title, until) }];
      });
    });
  }

  /** Changes places with the next open post of the unit, upwards or downwards. */
  async move(id: string, version: number, direction: 'up' | 'down', actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const post = await this.locked(id, version);
      const open = (await this.posts.loadPost(await this.posts.idsOfUnit(post.unitId))).filter(
        (p) => p.closedOn === null,
      );
      const place = open.findIndex((other) => other.id === id);
      const other = open[place + (direction === 'up' ? -1 : 1)];
      if (place < 0 || !other) throw new DomainError('list.nothingToChange');
      const act = {
        act: 'post.moved',
        subject: `post:${id}`,
        summary: `${postName(post)}与${other.title}互换了次序。`,
        backTo: `/units/${post.unitId}`,
        detail: { with: postName(other) },
      };
      const touched: RowRef[] = [
        { table: 'post', id },
        { table: 'post', id: other.id },
      ];
      return this.changes.perform(act, actor, touched, async () => {
        await this.posts.setOrder([
          { id, protocolOrder: other.protocolOrder },
          { id: other.id, protocolOrder: post.protocolOrder },
        ]);
        return [];
      });
    });
  }

  private async locked(id: string, version: number): Promise<PostRow> {
    await this.posts.lock([id]);
    const post = await this.get(id);
    if (post.version !== version) throw new DomainError('list.changedMeanwhile');
    return post;
  }
}
