import { Injectable, Logger } from '@nestjs/common';
import { accountText } from '../channels/account-text.js';
import type { Reply } from '../channels/channel.js';
import { ReplyInboxRepository } from '../channels/reply-inbox.repository.js';
import { serialOf } from '../channels/sms/serial.js';
import { SubscriptionService } from '../distribution/subscriptions/subscription.service.js';
import { DomainError } from '../domain/errors/errors.js';
import { maskMobile } from '../domain/people/address.js';
import { longestReplyKept, mostRepliesWaiting } from '../domain/sending/reply-keeping.js';
import { matchReply, replyWindow, writtenAt } from '../domain/sending/reply-match.js';
import { replyMeaning, type ReplyMeaning } from '../domain/sending/reply-meaning.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { Settings } from '../settings/settings.js';
import { ReadingRepository } from './reading.repository.js';
import { type MessageToNumber, RepliedCopiesRepository } from './replied-copies.repository.js';

/**
 * SMS that people sent back: one that asks for it ends subscriptions, one that says it acknowledges the one open copy of the number,
 * and everything else waits for the office. What a number is, only its keyed hash tells.
 */
@Injectable()
export class ReplyService {
  private readonly log = new Logger(ReplyService.name);

  constructor(
    private readonly database: Database,
    private readonly inbox: ReplyInboxRepository,
    private readonly sent: RepliedCopiesRepository,
    private readonly copies: ReadingRepository,
    private readonly subscriptions: SubscriptionService,
    private readonly vault: Vault,
    private readonly gate: SecrecyGate,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Harmless to repeat: providers push again, and so may we. What returned is on disk. */
  async take(replies: readonly Reply[]): Promise<void> {
    for (const reply of replies) await this.takeOne(reply);
  }

  private async takeOne(reply: Reply): Promise<void> {
    const { provider, sequenceId, mobile, content } = reply;
    // A push that is repeated leaves no second refusal of a secret in the trail either.
    if (await this.inbox.isKnown(provider, sequenceId)) return;
    const receivedAt = this.clock.now();
    const at = writtenAt(reply.writtenAt, receivedAt);
    const lookupHash = this.vault.lookupHash('sms', mobile);
    const messages = await this.sent.messagesTo(lookupHash, provider, replyWindow(at));
    const meaning = replyMeaning(content, messages.map(signer));
    const mayBeKept = await this.mayBeKept(content, sequenceId);
    await this.database.transaction(async () => {
      const keyword = meaning === 'ends' ? 'TD' : meaning === 'acknowledges' ? '1' : '';
      if (!(await this.inbox.keep({ provider, sequenceId, lookupHash, keyword, receivedAt }))) return;
      if (await this.applied(reply, meaning, messages, at)) return;
      if ((await this.inbox.waitingFrom(lookupHash)) >= mostRepliesWaiting) {
        this.log.warn(`${provider}: a number has ${mostRepliesWaiting} replies waiting, a further one is not kept`);
        return;
      }
      await this.inbox.add({
        ...{ provider, sequenceId, lookupHash, meaning, writtenAt: at, receivedAt },
        sealedNumber: this.vault.seal(mobile),
        sealedText: mayBeKept ? this.vault.seal([...content].slice(0, longestReplyKept).join('')) : null,
        masked: maskMobile(mobile),
        sentTo: reply.sentTo,
      });
    });
  }

  /** False for what a person has to look at. */
  private async applied(
    { provider, sequenceId, mobile, sentTo }: Reply,
    meaning: ReplyMeaning,
    messages: readonly MessageToNumber[],
    at: Date,
  ): Promise<boolean> {
    if (meaning === 'other') return false;
    if (meaning === 'ends') {
      const ended = await this.subscriptions.endByReply(mobile);
      await this.inbox.noteEnded(provider, sequenceId, ended);
      return ended > 0;
    }
    const digits = this.settings.sms?.vendors.get(provider)?.serialDigits ?? 0;
    const match = matchReply(
      messages.map((message) => ({ ...message, serial: serialOf(message.deliveryId, digits) })),
      sentTo,
      at,
    );
    if (match.kind === 'copy') {
      const note = `经${accountText(provider)}收到`;
      const { copyId } = match;
      await this.copies.acknowledge([{ copyId, at, via: 'smsReply', onBehalfBy: null, note }]);
    }
    return match.kind !== 'unclear';
  }

  /** What bears the mark of a state secret is stored nowhere. */
  private async mayBeKept(content: string, sequenceId: string): Promise<boolean> {
    try {
      await this.gate.passNote('unknown', `reply:${sequenceId}`, content);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'issue.classifiedText') return false;
      throw error;
    }
  }
}

const signer = ({ personName, unitName, postTitle }: MessageToNumber) => ({
  name: personName,
  unit: unitName,
  post: postTitle,
});
