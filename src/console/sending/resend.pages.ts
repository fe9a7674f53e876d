import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { SendAgainService } from '../../dispatch/acts/send-again.service.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { channelKinds } from '../../domain/delivery.js';
import type { EditionContent } from '../../domain/issue/edition.js';
import { DomainError } from '../../domain/errors/errors.js';
import { carryText } from '../../domain/issue/secrecy.js';
import { Form, storedNumber, ticked } from '../../platform/http/form.js';
import type { MessageContent } from '../../rendering/message.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { Renderer } from '../../rendering/renderer.js';
import { CopyRepository } from './copy.repository.js';
import { copyId } from '../ids.js';

const resendForm = z.object({
  round: storedNumber.positive(),
  channel: ticked(z.enum(channelKinds)).refine((chosen) => chosen.length > 0, '请至少选择一个通道。'),
});

/** One person's copy once more, with the exact messages shown before they leave. */
@Needs('dispatch.control')
@Controller('copies/:id/resend')
export class ResendPages {
  constructor(
    private readonly copies: CopyRepository,
    private readonly again: SendAgainService,
    private readonly renderer: Renderer,
  ) {}

  @Get()
  async show(@Param('id', copyId) id: string): Promise<PageReply> {
    const copy = await this.copies.loadCopy(id);
    if (copy === null) throw new DomainError('http.notFound');
    const { options, round } = await this.again.offer(id);
    const content = copy.edition.content as unknown as EditionContent;
    const person = { name: copy.personName, postTitle: copy.postTitle, unitName: copy.unitName };
    const ways = options.map((option) => {
      const what = { purpose: 'resend', round, mailDomain: option.mailDomain, copyNumber: copy.copyNumber } as const;
      const rendered =
        option.refused === null ? this.renderer.previewMessage(content, option.channel, person, what) : null;
      const message = rendered !== null && 'content' in rendered ? rendered.content : null;
      return {
        ...option,
        name: channelText[option.channel],
        carry: carryText[option.carry],
        checked: option.refused === null && !option.waiting,
        ...(message === null ? { title: '', text: '' } : wordsOf(message)),
      };
    });
    return page('console/sending/resend', {
      id,
      round,
      heading: content.title,
      who: `${copy.unitName} ${copy.postTitle} ${copy.personName}`,
      name: copy.personName,
      copyNumber: copy.copyNumber,
      acknowledged: copy.reading === 'acknowledged',
      paused: copy.edition.pausedAt !== null,
      ways,
      sendable: ways.some(({ refused }) => refused === null),
    });
  }

  @Post()
  async resend(
    @Param('id', copyId) id: string,
    @Form(resendForm) { round, channel }: z.infer<typeof resendForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { planned } = await this.again.resend(id, channel, round, actor);
    return seeOther(`/copies/${id}?did=resent-${planned}`);
  }
}

/** What its reader sees first, and the rest. */
function wordsOf(message: MessageContent): { title: string; text: string } {
  switch (message.kind) {
    case 'email':
      return { title: message.subject, text: message.text };
    case 'sms':
      return { title: '', text: message.text };
    case 'wecom':
      return { title: message.title, text: message.description };
    case 'wechat':
      return { title: message.values.issue, text: `${message.values.summary}。${message.values.act}。` };
  }
}
