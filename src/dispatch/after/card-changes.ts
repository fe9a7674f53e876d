import { Injectable, Logger } from '@nestjs/common';
import type { Channel, ChangeAnswer } from '../../channels/channel.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { cardWords } from '../../domain/reading/card.js';
import { Clock } from '../../platform/clock.js';
import { Vault } from '../../platform/crypto.js';
import { CardRepository, type RecalledMessage, type RedrawnCard } from '../rows/card.repository.js';

/** Calls under way at once. */
const AT_ONCE = 8;

/**
 * What happens to messages that were sent: a card of a copy that was acknowledged in another way shows it, and one of a
 * withdrawn issue is taken back. Each is tried once, and nothing depends on it: the page tells the truth in any case, and the
 * notice of a withdrawal goes to everybody.
 */
@Injectable()
export class CardChanges {
  private readonly log = new Logger(CardChanges.name);

  constructor(
    private readonly cards: CardRepository,
    private readonly channels: ChannelRegistry,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async changeDue(signal: AbortSignal): Promise<void> {
    for (const channel of this.channels.all()) {
      // What is wrong is taken back before what is right is redrawn.
      if (channel.recall) await this.recallWithdrawn(channel, signal);
      if (channel.redraw) await this.redrawAcknowledged(channel, signal);
    }
  }

  private async recallWithdrawn(channel: Channel, signal: AbortSignal): Promise<void> {
    const since = this.ago(channel.recallableForMs);
    while (!signal.aborted) {
      const taken = await this.cards.takeWithdrawn(channel.account, since, this.clock.now(), AT_ONCE);
      await Promise.all(taken.map((message) => this.recall(channel, message)));
      if (taken.length < AT_ONCE) return;
    }
  }

  private async redrawAcknowledged(channel: Channel, signal: AbortSignal): Promise<void> {
    const since = this.ago(channel.redrawableForMs);
    await this.cards.forgetHandles(channel.account, since);
    while (!signal.aborted) {
      const taken = await this.cards.takeAcknowledged(channel.account, since, AT_ONCE);
      await Promise.all(taken.map((card) => this.redraw(channel, card)));
      if (taken.length < AT_ONCE) return;
    }
  }

  private async recall(channel: Channel, { deliveryId, reference }: RecalledMessage): Promise<void> {
    const answer = await this.asked(() => channel.recall!({ reference }));
    await this.cards.noteRecall(deliveryId, answer.kind === 'done' ? null : answer, this.clock.now());
  }

  private async redraw(channel: Channel, { address, ...card }: RedrawnCard): Promise<void> {
    const text = cardWords({ ...card, withdrawnAt: null }, this.clock.now());
    if (text === null) return;
    const answer = await this.asked(() => channel.redraw!({ ...card, address: this.vault.open(address) }, text));
    if (answer.kind !== 'done') this.log.warn(`card ${card.deliveryId} not redrawn: ${answer.code}`);
  }

  private async asked(ask: () => Promise<ChangeAnswer>): Promise<ChangeAnswer> {
    try {
      return await ask();
    } catch (error) {
      this.log.error(`a card was not changed: ${(error as Error).message}`);
      return { kind: 'notDone', code: 'FAILED', reason: '系统未能提出请求，请联系系统管理员。' };
    }
  }

  private ago(ms = 0): Date {
    return new Date(this.clock.now().getTime() - ms);
  }
}
