import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { GroupEditRepository } from '../../distribution/groups/group-edit.repository.js';
import { GroupMergeService } from '../../distribution/groups/group-merge.service.js';
import { DomainError } from '../../domain/errors/errors.js';
import { type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange, versionField } from '../confirm-change.js';
import { mergeLines, mergeWarnings } from './group-merge-view.js';
import { groupId } from '../ids.js';
import { fieldText } from '../../platform/http/form.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** 合并分组: what would become of both, then the merge. */
@Needs('list.edit')
@Controller('groups/:id/merge')
export class GroupMergePages {
  constructor(
    private readonly groups: GroupEditRepository,
    private readonly merging: GroupMergeService,
  ) {}

  @Post()
  async merge(
    @Param('id', groupId) id: string,
    @Body() body: Record<string, unknown> | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const into = fieldText(body?.into);
    if (!uuid.test(into)) throw new DomainError('list.groupMergeRefused', { reason: '还没有选择并入哪个分组' });
    const version = versionField.parse(body?.version);
    if (body?.confirmed !== undefined) {
      const target = { id: into, version: versionField.parse(body.intoVersion) };
      await this.merging.merge({ id, version }, target, actor);
      return seeOther(`/groups/${into}`);
    }
    const [draft, target] = [await this.merging.draft(id, into), await this.groups.loadGroup(into)];
    return confirmChange({
      title: `“${draft.source.name}”并入“${draft.target.name}”`,
      action: `/groups/${id}/merge`,
      fields: { into, version: String(version), intoVersion: String(target?.version ?? 0) },
      lines: mergeLines(draft),
      warnings: mergeWarnings(draft),
      submit: '确认合并',
      nav: 'groups',
      undo: '以上分组再有改动之前可以撤销',
      back: `/groups/${id}`,
    });
  }
}
