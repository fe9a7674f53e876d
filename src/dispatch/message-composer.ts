import { Injectable, Logger } from '@nestjs/common';
import type { OutgoingMessage } from '../channels/channel.js';
import type { SendOutcome } from '../domain/delivery.js';
import { mayCarry, secrecyText } from '../domain/secrecy.js';
import { endToken } from '../distribution/subscription.service.js';
import { Vault } from '../platform/crypto.js';
import { isDatabaseFailure } from '../platform/database.js';
import { Settings } from '../platform/settings.js';
import { Renderer } from '../rendering/renderer.js';
import type { ClaimedDelivery } from './delivery.repository.js';
import { linkCode, linkToken } from './link.js';

/** Makes the message of one delivery, or says why there is none. */
@Injectable()
export class MessageComposer {
  private readonly log = new Logger(MessageComposer.name);

  constructor(
    private readonly renderer: Renderer,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  /** The gate is checked a second time here: the level or the address may have changed since the plan. */
  async compose(delivery: ClaimedDelivery): Promise<OutgoingMessage | SendOutcome> {
    const own = delivery.mailDomain !== null && this.settings.ownMailDomains.includes(delivery.mailDomain);
    if (mayCarry(delivery.level, delivery.channel, { ownMailDomain: own }) !== delivery.carry) {
      const reason = `按密级“${secrecyText[delivery.level]}”，此通道不得发送这样的内容`;
      return { kind: 'refused', class: 'content', code: 'GATE_CLOSED', reason };
    }
    try {
      const { channel, carry, purpose, round, subscriptionId, copyId, linkNonce } = delivery;
      const subscriber = subscriptionId !== null;
      const rendition = await this.renderer.rendition(delivery.editionId, {
        channel,
        carry,
        purpose,
        round,
        subscriber,
      });
      const { publicUrl } = this.settings.http;
      const content = this.renderer.fill(rendition, {
        name: delivery.personName,
        postTitle: delivery.postTitle,
        unitName: delivery.unitName,
        copyNumber: delivery.copyNumber,
        link: `${publicUrl}/r/${linkToken(this.vault, copyId, linkNonce)}`,
        // Only an SMS shows it, and making one takes as long as the rest of the message.
        code: channel === 'sms' ? linkCode(this.vault, copyId, linkNonce) : '',
        ...(subscriptionId ? { unsubscribe: `${publicUrl}/u/${endToken(this.vault, subscriptionId)}` } : {}),
      });
      return { deliveryId: delivery.id, address: this.vault.open(delivery.address), content };
    } catch (error) {
      if (isDatabaseFailure(error)) {
        return { kind: 'retry', class: 'network', code: 'DATABASE_AWAY', reason: '数据库暂时不可用，稍后自动再试' };
      }
      this.log.error(`delivery ${delivery.id} could not be composed: ${(error as Error).message}`);
      return {
        kind: 'refused',
        class: 'configuration',
        code: 'CANNOT_COMPOSE',
        reason: '消息无法生成（模板或密钥有误），请联系系统管理员',
      };
    }
  }
}
