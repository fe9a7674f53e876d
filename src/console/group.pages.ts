import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { mayDo } from '../accounts/permissions.js';
import { GroupMembersService } from '../distribution/group-members.service.js';
import { GroupService } from '../distribution/group.service.js';
import { beijingDate } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { Clock } from '../platform/clock.js';
import type { FormFault } from '../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { GroupPageRepository } from './group-page.repository.js';
import { groupRows } from './group-view.js';
import { issueId } from './ids.js';
import { fieldText } from './issue-form.js';

/** All groups in their order. */
@Needs('list.read')
@Controller('groups')
export class GroupPages {
  constructor(
    private readonly members: GroupMembersService,
    private readonly service: GroupService,
    private readonly pages: GroupPageRepository,
    private readonly clock: Clock,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<PageReply> {
    return this.show('', [], actor, 200);
  }

  @Needs('list.edit')
  @Post()
  async add(
    @Body() body: Record<string, unknown> | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const name = fieldText(body?.name).trim();
    if (name.length > 100) return this.show(name, [{ field: 'name', message: '名称不能超过100个字。' }], actor, 422);
    try {
      return seeOther(`/groups/${await this.service.add(name, actor)}`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.show(name, [{ field: 'name', message: error.message }], actor, error.status);
    }
  }

  @Needs('list.edit')
  @Post(':id/move')
  async move(
    @Param('id', issueId) id: string,
    @Query('to') to: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.service.move(id, to === 'up' ? 'up' : 'down', actor);
    return seeOther(`/groups#group-${id}`);
  }

  private async show(name: string, faults: FormFault[], actor: Actor, status: number): Promise<PageReply> {
    const day = new Date(beijingDate(this.clock.now()));
    const [groups, closed] = await Promise.all([this.members.all(day), this.pages.closed()]);
    const props = { rows: groupRows(groups), closed, name, faults, mayEdit: mayDo(actor.roles, 'list.edit') };
    return page('console/groups', props, { status });
  }
}
