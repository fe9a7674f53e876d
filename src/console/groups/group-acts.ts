import { Injectable } from '@nestjs/common';
import { versionField } from '../confirm-change.js';
import type { Actor } from '../../accounts/actor.js';
import { GroupRecordService } from '../../distribution/groups/group-record.service.js';
import { GroupService } from '../../distribution/groups/group.service.js';
import { parseIsoDate } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { type GroupRule, readRule } from '../../domain/scope/group.js';
import { visible } from '../../domain/text/same-text.js';
import { fieldText } from '../../platform/http/form.js';
import { isId } from '../../platform/new-id.js';

type Body = Readonly<Record<string, unknown>>;

const many = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');

const ids = (value: unknown): string[] => many(value).filter((id) => isId(id));

export const ruleOf = (body: Body): GroupRule | null =>
  readRule({
    unitKinds: many(body.unitKinds),
    postKinds: many(body.postKinds),
    levels: many(body.levels),
    tags: fieldText(body.tags)
      .slice(0, 500)
      .split(/[、，,；;\s]+/u),
  });

/** The forms of a group's page: `act` says which one was sent. */
@Injectable()
export class GroupActs {
  constructor(
    private readonly service: GroupService,
    private readonly records: GroupRecordService,
  ) {}

  /** @throws DomainError when the act is refused, http.badInput for one that does not exist */
  async perform(id: string, body: Body, actor: Actor, today: string): Promise<void> {
    const ref = { id, version: versionField.parse(body.version) };
    const text = (max: number): string => {
      const value = visible(fieldText(body.text)).trim();
      if (value.length > max) throw new DomainError('list.groupNameEmpty');
      return value;
    };
    const day = (): string => {
      const given = fieldText(body.on);
      const on = given === '' ? today : parseIsoDate(given);
      if (on === null) throw new DomainError('http.badInput', { fields: [{ field: 'on', message: '日期不存在。' }] });
      return on;
    };
    const post = (): string => ids(body.postId)[0] ?? '';
    switch (fieldText(body.act)) {
      case 'rename':
        return this.service.rename(ref, text(100), actor);
      case 'rule':
        return this.service.setRule(ref, ruleOf(body), actor);
      case 'noRule':
        return this.service.setRule(ref, null, actor);
      case 'list':
        return this.service.listPosts(ref, ids(body.postId), day(), actor);
      case 'unlist':
        return this.service.unlistPost(ref, post(), day(), actor);
      case 'exclude':
        return this.service.setExcluded(ref, post(), true, actor);
      case 'readmit':
        return this.service.setExcluded(ref, post(), false, actor);
      case 'parts':
        return this.service.setParts(ref, ids(body.parts), ids(body.excludedParts), actor);
      case 'alias':
        return this.service.addAlias(ref, text(200), actor);
      case 'unalias':
        return this.service.removeAlias(ref, text(200), actor);
      case 'close':
        return this.service.setClosed(ref, true, actor);
      case 'reopen':
        return this.service.setClosed(ref, false, actor);
      case 'undo':
        return this.records.undo(id, ids(body.change)[0] ?? '', actor);
      default:
        throw new DomainError('http.badInput');
    }
  }
}
