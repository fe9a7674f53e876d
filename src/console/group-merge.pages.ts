import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { CurrentActor, Needs } from '../accounts/needs.js';
import { GroupEditRepository } from '../distribution/group-edit.repository.js';
import { GroupMergeService, type MergeDraft } from '../distribution/group-merge.service.js';
import { DomainError } from '../domain/errors.js';
import { type PageReply, seeOther, type SeeOther } from '../platform/http/page.js';
import { confirmChange } from './confirm-change.js';
import { issueId } from './ids.js';
import { fieldText } from './issue-form.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const postsNamed = 30;

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
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown> | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const into = fieldText(body?.into);
    if (!uuid.test(into)) throw new DomainError('list.groupMergeRefused', { reason: '还没有选择并入哪个分组' });
    const version = Number(fieldText(body?.version)) || 0;
    if (body?.confirmed !== undefined) {
      const target = { id: into, version: Number(fieldText(body.intoVersion)) || 0 };
      await this.merging.merge({ id, version }, target, actor);
      return seeOther(`/groups/${into}`);
    }
    const [draft, target] = [await this.merging.draft(id, into), await this.groups.load(into)];
    return confirmChange({
      title: `“${draft.source.name}”并入“${draft.target.name}”`,
      action: `/groups/${id}/merge`,
      fields: { into, version: String(version), intoVersion: String(target?.version ?? 0) },
      lines: linesOf(draft),
      warnings: warningsOf(draft),
      submit: '确认合并',
      back: `/groups/${id}`,
    });
  }
}

function linesOf({ source, target, merge, nameOf }: MergeDraft): string[] {
  const names = [source.name, ...source.aliases].map((name) => `“${name}”`).join('、');
  return [
    `“${source.name}”从今天起停用；以前的日子和已经签发的各期不变。`,
    `${names}成为“${target.name}”的别名，发送范围里仍可以这样写。`,
    merge.joins.length === 0
      ? `“${target.name}”的岗位不变。`
      : `“${target.name}”增加${merge.joins.length}个岗位：${named(merge.joins, nameOf)}。`,
    ...merge.users.map(({ name }) => `“${name}”里的“${source.name}”换成“${target.name}”。`),
    ...(target.rule === null && merge.rule !== null ? ['规则一并带过去。'] : []),
  ];
}

function warningsOf({ source, target, merge, nameOf }: MergeDraft): string[] {
  return [
    ...(merge.ruleDropped
      ? [
          `两个分组都有规则，不能合成一条：保留“${target.name}”的规则；原来按“${source.name}”的规则列入的，今天在组内的改为逐个列入，以后新设的岗位不再自动列入。`,
        ]
      : merge.listed.length > 0
        ? [`改为逐个列入的岗位：${named(merge.listed, nameOf)}。`]
        : []),
    ...(merge.leaves.length > 0
      ? [`${merge.leaves.length}个岗位因“${target.name}”的除去而不在组内：${named(merge.leaves, nameOf)}。`]
      : []),
  ];
}

const named = (postIds: readonly string[], nameOf: (id: string) => string): string =>
  postIds.slice(0, postsNamed).map(nameOf).join('、') + (postIds.length > postsNamed ? `等${postIds.length}个` : '');
