import { Body, Controller, Get, Header, HttpCode, NotFoundException, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallbackRepository } from '../channels/callback.repository.js';
import { ReportInbox } from '../channels/report-inbox.js';
import { WecomCallback } from '../channels/wecom/wecom-callback.js';
import { type CallbackQuery, callLifeMs } from '../channels/wecom/wecom-crypt.js';
import { Clock } from '../platform/clock.js';
import { randomToken } from '../platform/crypto.js';
import { Callback } from '../platform/http/access.js';
import { XmlBody, xmlOf } from '../platform/http/bodies.js';
import { Asked } from '../platform/http/form.js';
import { Settings } from '../settings/settings.js';
import type { WecomSettings } from '../settings/wecom.js';
import { CardService } from './card.service.js';

const provider = 'wecom';

/**
 * Where WeCom calls when somebody presses the button of a card. Nothing is believed that is not signed and encrypted with the
 * application's own keys, meant for our corporation, and of now.
 */
@Controller('callbacks/wecom')
export class WecomController {
  private opened: { of: WecomSettings; callback: WecomCallback } | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly cards: CardService,
    private readonly inbox: ReportInbox,
    private readonly callbacks: CallbackRepository,
    private readonly clock: Clock,
  ) {}

  /** WeCom asks once, when the address is entered there, whether it is ours. */
  @Callback()
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  async prove(@Asked() asked: Asked, @Req() { ip }: FastifyRequest): Promise<string> {
    const text = this.configured().echo(queryOf(asked), asked.echostr ?? '', this.clock.now());
    return text ?? (await this.inbox.refuse(provider, ip));
  }

  @XmlBody()
  @Callback()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/xml; charset=utf-8')
  async called(@Asked() asked: Asked, @Body() body: unknown, @Req() { ip }: FastifyRequest): Promise<string> {
    const callback = this.configured();
    const now = this.clock.now();
    const query = queryOf(asked);
    const call = callback.read(query, xmlOf(body), now);
    switch (call.kind) {
      case 'refused':
        return this.inbox.refuse(provider, ip);
      case 'untimely':
        await this.callbacks.count(provider, 'implausibleTime', 1, now);
        return this.inbox.refuse(provider, ip);
      case 'other':
        return '';
      case 'pressed': {
        const signed = { signature: query.msg_signature, lifeMs: callLifeMs };
        const words = await this.cards.press({ provider, ...call.press }, signed);
        return words === null ? '' : callback.answer(call.press, words, now, randomToken(12));
      }
    }
  }

  private configured(): WecomCallback {
    const { wecom } = this.settings;
    if (!wecom?.callback) throw new NotFoundException();
    // Anew when other keys were entered meanwhile.
    if (this.opened?.of !== wecom) this.opened = { of: wecom, callback: new WecomCallback(wecom, wecom.callback) };
    return this.opened.callback;
  }
}

const queryOf = ({ msg_signature = '', timestamp = '', nonce = '' }: Asked): CallbackQuery => ({
  msg_signature,
  timestamp,
  nonce,
});
