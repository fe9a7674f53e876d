import { Body, Controller, Get, Header, HttpCode, NotFoundException, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallbackRepository } from '../channels/callback.repository.js';
import { ReportInbox } from '../channels/report-inbox.js';
import {
  WechatCallback,
  type WechatCall,
  type WechatEvent,
  type WechatQuery,
} from '../channels/wechat/wechat-callback.js';
import { callLifeMs } from '../channels/wecom/wecom-crypt.js';
import { Clock } from '../platform/clock.js';
import { randomToken, sha256Hex } from '../platform/crypto.js';
import { Callback } from '../platform/http/access.js';
import { XmlBody, xmlOf } from '../platform/http/bodies.js';
import { Asked } from '../platform/http/form.js';
import { Settings } from '../settings/settings.js';
import { WechatBindingService } from './wechat-binding.service.js';

const provider = 'wechat';
/** All that WeChat wants to hear where nobody is answered. */
const taken = 'success';

/**
 * Where WeChat tells the official account what happened: a message arrived or did not, somebody scanned a code, follows or no
 * longer does. Every one of these may come again, and changes nothing then.
 */
@Controller('callbacks/wechat')
export class WechatController {
  private readonly callback: WechatCallback | null;

  constructor(
    { wechat }: Settings,
    private readonly bindings: WechatBindingService,
    private readonly inbox: ReportInbox,
    private readonly callbacks: CallbackRepository,
    private readonly clock: Clock,
  ) {
    this.callback = wechat?.callback ? new WechatCallback(wechat.appId, wechat.callback) : null;
  }

  /** WeChat asks once, when the address is entered there, whether it is ours. */
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
    const [query, xml] = [queryOf(asked), xmlOf(body)];
    const call = callback.read(query, xml, now);
    if (call.kind === 'untimely') await this.callbacks.count(provider, 'implausibleTime', 1, now);
    if (call.kind === 'untimely' || call.kind === 'refused') return this.inbox.refuse(provider, ip);
    if (!callback.isSealed && !(await this.isWhole(query, xml, now))) return this.inbox.refuse(provider, ip);
    const answered = await this.act(call);
    return answered === null ? taken : callback.answer(answered.event, answered.words, now, randomToken(12));
  }

  private async act(call: WechatCall): Promise<{ event: WechatEvent; words: string } | null> {
    switch (call.kind) {
      case 'reports':
        if (call.ofParts.length) await this.inbox.take(provider, call.ofParts);
        await this.inbox.takeOfRecipients(call.ofRecipients);
        return null;
      case 'scanned': {
        await this.bindings.followed(call.event);
        const words = await this.bindings.scanned(call.event, call.scene);
        return words === null ? null : { event: call.event, words };
      }
      case 'followed':
        await this.bindings.followed(call.event);
        return null;
      case 'unfollowed':
        await this.bindings.unfollowed(call.event);
        return null;
      case 'other':
      case 'refused':
      case 'untimely':
        return null;
    }
  }

  /** A plain call's signature says nothing of its body, so each goes with the first body that came with it. */
  private async isWhole({ signature }: WechatQuery, xml: string, now: Date): Promise<boolean> {
    const isNew = await this.callbacks.isFirst(provider, signature, now, callLifeMs);
    const isOther = await this.callbacks.isFirst(provider, sha256Hex(`${signature} ${xml}`), now, callLifeMs);
    return isNew || !isOther;
  }

  private configured(): WechatCallback {
    if (!this.callback) throw new NotFoundException();
    return this.callback;
  }
}

const queryOf = ({ signature = '', msg_signature = '', timestamp = '', nonce = '' }: Asked): WechatQuery => ({
  ...{ signature, msg_signature },
  ...{ timestamp, nonce },
});
