import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LargestBody } from '../../platform/http/bodies.js';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { GroupChangeRepository } from '../../distribution/groups/group-change.repository.js';
import { GroupMembersService } from '../../distribution/groups/group-members.service.js';
import { GroupService } from '../../distribution/groups/group.service.js';
import { beijingDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { visible } from '../../domain/text/same-text.js';
import { Clock } from '../../platform/clock.js';
import { Asked, type FormFault, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { GroupPageRepository } from './group-page.repository.js';
import { groupRows } from './group-view.js';
import { groupId } from '../ids.js';
import { ListStateRepository } from '../list-state.repository.js';
import { isId } from '../../platform/new-id.js';

/** All groups in their order. */
@Needs('list.read')
@Controller('groups')
export class GroupPages {
  constructor(
    private readonly members: GroupMembersService,
    private readonly service: GroupService,
    private readonly pages: GroupPageRepository,
    private readonly list: ListStateRepository,
    private readonly changes: GroupChangeRepository,
    private readonly clock: Clock,
  ) {}

  @Get()
  all(@Asked() query: Asked, @CurrentActor() actor: Actor): Promise<PageReply> {
    return this.show('', [], actor, 200, query);
  }

  @Needs('list.edit')
  @LargestBody(512 * 1024)
  @Post()
  async add(
    @Body() body: Record<string, unknown> | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const name = visible(fieldText(body?.name)).trim();
    if (name.length > 100) return this.show(name, [{ field: 'name', message: '名称不能超过100个字。' }], actor, 422);
    try {
      return seeOther(`/groups/${await this.service.addGroup(name, actor)}`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.show(name, [{ field: 'name', message: error.message }], actor, error.status);
    }
  }

  @Needs('list.edit')
  @Post(':id/move')
  async move(
    @Param('id', groupId) id: string,
    @Asked('to') to: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const change = await this.service.move(id, to === 'up' ? 'up' : 'down', actor);
    return seeOther(`/groups${change === null ? '' : `?done=${change}`}#group-${id}`);
  }

  private async show(
    name: string,
    faults: FormFault[],
    actor: Actor,
    status: number,
    query: Record<string, string | undefined> = {},
  ): Promise<PageReply> {
    const day = new Date(beijingDate(this.clock.now()));
    const [groups, closed, moved] = await Promise.all([
      this.members.all(day),
      this.pages.closed(),
      this.moved(query.done),
    ]);
    const listEmpty = groups.length === 0 && (await this.list.isEmpty());
    const mayEdit = mayDo(actor.roles, 'list.edit');
    const props = { rows: groupRows(groups), listEmpty, closed, moved, name, faults, mayEdit };
    return page('console/groups/groups', props, { status });
  }

  /** What has just been done, to be taken back. */
  private async moved(done: string | undefined): Promise<{ change: string; group: string; summary: string } | null> {
    const change = done !== undefined && isId(done) ? await this.changes.loadChange(done) : null;
    if (change === null || change.undoneAt !== null || !change.subject.startsWith('group:')) return null;
    return { change: change.id, group: change.subject.slice('group:'.length), summary: change.summary };
  }
}
