import { Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { ListChangeService } from '../../organisation/list-change.service.js';
import { seeOther, type SeeOther } from '../../platform/http/page.js';
import { changeId } from '../ids.js';

@Needs('list.edit')
@Controller('list/changes')
export class ChangePages {
  constructor(private readonly changes: ListChangeService) {}

  @Post(':id/undo')
  async undo(@Param('id', changeId) id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    const { backTo } = await this.changes.undo(id, actor);
    return seeOther(`${backTo}?undone=${id}`);
  }
}
