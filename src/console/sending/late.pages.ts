import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LargestBody } from '../../platform/http/bodies.js';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs, PartNeeds } from '../../accounts/needs.js';
import { LateCopiesService } from '../../dispatch/plan/late-copies.service.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { longestScope } from '../../domain/scope/scope-text.js';
import { EditionRepository, type StoredEdition } from '../../issues/edition.repository.js';
import { Asked, Form, textField, ticked, fieldText } from '../../platform/http/form.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { actNote } from '../act-note.js';
import { issueId } from '../ids.js';
import { wayWords } from '../policy-words.js';
import { ScopeBox, scopeBoxAct } from '../scope/scope-box.js';

/** As many as one list import may bring. */
const mostAtOnce = 50_000;
const lateForm = z.object({
  person: ticked(z.uuid()).refine((people) => people.length > 0 && people.length <= mostAtOnce, '请勾选要补发的人。'),
  reason: textField(100, '请写明补发的原因。'),
  scope: textField(longestScope),
});

/** 补发 after a change of the list, or to a scope typed by hand: who came, who left, who changed post; the office chooses whom to send to. */
@Needs('dispatch.control')
@Controller('issues/:id/late')
export class LatePages {
  constructor(
    private readonly editions: EditionRepository,
    private readonly late: LateCopiesService,
    private readonly box: ScopeBox,
  ) {}

  @Get()
  show(
    @Param('id', issueId) id: string,
    @Asked('did') did: string | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    return this.page(id, actNote(did), null, {}, actor);
  }

  /** For a scope typed by hand: who in it has no copy yet. */
  @LargestBody(512 * 1024)
  @PartNeeds('list.edit')
  @Post('scope')
  typed(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown> | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply> {
    const text = fieldText(body?.scope).trim();
    return this.page(id, null, text === '' ? null : text, body ?? {}, actor);
  }

  /** 50,000 ticked people of 44 bytes. */
  @LargestBody(4 * 1024 * 1024)
  @Post()
  async add(
    @Param('id', issueId) id: string,
    @Form(lateForm) { person, reason, scope }: z.infer<typeof lateForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const edition = await this.edition(id);
    const { added } = await this.late.addLateCopies(edition.id, person, reason, actor, scope === '' ? null : scope);
    return seeOther(`/issues/${id}/late?did=late-${added}`);
  }

  private async page(
    id: string,
    note: string | null,
    text: string | null,
    body: Record<string, unknown>,
    actor: Actor,
  ): Promise<PageReply> {
    const edition = await this.edition(id);
    const scopeBox = await this.box.view(text ?? '', scopeBoxAct(body), actor);
    const { added, left, moved, unknown, wait } = await this.late.offer(edition.id, text);
    return page('console/sending/late', {
      id,
      heading: edition.content.title,
      note,
      text: text ?? '',
      typed: text !== null,
      scopeBox,
      mayMap: mayDo(actor.roles, 'list.edit'),
      unknown: text === null ? unknown.join('、') : '',
      wait: wait && `现在是${wait.reason}，不打扰收件人，消息到${chineseDateTime(wait.until)}才会发出。`,
      added: added.map((entry) => ({
        personId: entry.personId,
        unit: entry.unitName,
        post: entry.postTitle,
        name: entry.acting ? `${entry.name}（代理）` : entry.name,
        groups: entry.groups.join('、'),
        channels: wayWords(entry),
        unreachable: entry.unreachable,
      })),
      left: left.map(({ copyNumber, unitName, postTitle, personName }) => ({
        copyNumber,
        who: `${unitName} ${postTitle} ${personName}`,
      })),
      moved: moved.map(({ holder, now }) => ({
        copyNumber: holder.copyNumber,
        name: holder.personName,
        before: `${holder.unitName} ${holder.postTitle}`,
        now: `${now.unitName} ${now.postTitle}`,
      })),
    });
  }

  private async edition(id: string): Promise<StoredEdition> {
    const edition = await this.editions.validOf(id);
    if (edition === null) throw new DomainError('dispatch.notSignedOff');
    return edition;
  }
}
