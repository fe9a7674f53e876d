import { Injectable, Logger } from '@nestjs/common';
import type { OutgoingMessage } from '../../channels/channel.js';
import type { SendOutcome } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { bringsPdf } from '../../domain/sending/channel-policy.js';
import { secrecyText } from '../../domain/issue/secrecy.js';
import { ClassGate } from '../../issues/class-gate.js';
import { endToken } from '../../distribution/subscriptions/subscription.service.js';
import { Vault } from '../../platform/crypto.js';
import { isDatabaseFailure } from '../../platform/database.js';
import { Settings } from '../../settings/settings.js';
import type { MessageContent } from '../../rendering/message.js';
import { EditionPrints } from '../../rendering/print/edition-prints.js';
import { Renderer } from '../../rendering/renderer.js';
import type { ClaimedDelivery, ClaimedMessage } from '../rows/claim.repository.js';
import { linkCode, linkToken } from '../plan/link.js';

/** A message, why there is none, or of a digest those that may not be in it. */
export type Composed = OutgoingMessage | SendOutcome | Map<string, SendOutcome>;

/** Makes the message of one delivery, or of several for one person; or says why there is none. */
@Injectable()
export class MessageComposer {
  private readonly log = new Logger(MessageComposer.name);

  constructor(
    private readonly renderer: Renderer,
    private readonly prints: EditionPrints,
    private readonly vault: Vault,
    private readonly gate: ClassGate,
    private readonly settings: Settings,
  ) {}

  async compose(claimed: ClaimedMessage): Promise<Composed> {
    const all = [claimed, ...claimed.carries];
    const refusals = all.map((one) => [one.id, this.refusal(one)] as const);
    const refused = new Map(refusals.filter((pair): pair is [string, SendOutcome] => pair[1] !== null));
    if (refused.size) return claimed.carries.length ? refused : refused.get(claimed.id)!;
    try {
      const content = claimed.carries.length ? await this.digest(claimed) : await this.single(claimed);
      const address = this.vault.open(claimed.address);
      return { deliveryId: claimed.id, address, content, ...(claimed.mayHaveArrived ? { mayHaveArrived: true } : {}) };
    } catch (error) {
      if (isDatabaseFailure(error)) {
        return { kind: 'retry', class: 'network', code: 'DATABASE_AWAY', reason: '数据库暂时不可用，稍后自动再试' };
      }
      if (error instanceof DomainError && error.code.startsWith('rendering.print')) {
        // Another process may have what this one has not, or there may be more room in a while.
        const reason = `邮件要附的PDF没有生成：${error.message}`;
        return { kind: 'retry', class: 'provider', code: 'CANNOT_PRINT', reason, about: 'recipient' };
      }
      this.log.error(`delivery ${claimed.id} could not be composed: ${(error as Error).message}`);
      return {
        kind: 'refused',
        class: 'configuration',
        code: 'CANNOT_COMPOSE',
        reason: '消息无法生成（模板或密钥有误），请联系系统管理员',
      };
    }
  }

  /** The gate is checked a second time here: the level or the address may have changed since the plan. */
  private refusal({ level, channel, carry, mailDomain, isRemoved }: ClaimedDelivery): SendOutcome | null {
    if (isRemoved)
      return {
        kind: 'refused',
        class: 'recipient',
        code: 'ADDRESS_REMOVED',
        reason: '这个地址已从名单中移除，不再发送',
      };
    if (this.gate.carry(level, channel, mailDomain) === carry) return null;
    const reason = `按密级“${secrecyText[level]}”，此通道不得发送这样的内容`;
    return { kind: 'refused', class: 'content', code: 'GATE_CLOSED', reason };
  }

  private async single(delivery: ClaimedDelivery): Promise<MessageContent> {
    const { channel, carry, purpose, round, subscriptionId, copyId, codeNonce } = delivery;
    const what = { channel, carry, purpose, round, subscriber: subscriptionId !== null };
    const content = this.renderer.fill(await this.renderer.rendition(delivery.editionId, what), {
      ...personOf(delivery),
      ...this.ownOf(delivery),
      // Only an SMS shows it, and making one takes as long as the rest of the message.
      code: channel === 'sms' ? linkCode(this.vault, copyId, codeNonce) : '',
    });
    if (content.kind === 'email' && bringsPdf(delivery, delivery))
      content.attachment = await this.prints.attachmentOf(delivery.editionId);
    const asks = delivery.asksAcknowledgement && purpose !== 'withdrawal';
    return content.kind === 'wecom' && asks ? { ...content, asksAcknowledgement: true } : content;
  }

  private digest(lead: ClaimedMessage): Promise<MessageContent> {
    const parts = [lead, ...lead.carries].map((one) => ({
      editionId: one.editionId,
      carry: one.carry,
      personal: this.ownOf(one),
    }));
    return this.renderer.digest(parts, personOf(lead));
  }

  private ownOf({ copyId, copyNumber, linkNonce, subscriptionId }: ClaimedDelivery) {
    const { publicUrl } = this.settings.http;
    return {
      copyNumber,
      link: `${publicUrl}/r/${linkToken(this.vault, copyId, linkNonce)}`,
      unsubscribe: subscriptionId ? `${publicUrl}/u/${endToken(this.vault, subscriptionId)}` : undefined,
    };
  }
}

const personOf = ({ personName, postTitle, unitName }: ClaimedDelivery) => ({ name: personName, postTitle, unitName });
