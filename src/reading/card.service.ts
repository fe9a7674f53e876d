import { Injectable, Logger } from '@nestjs/common';
import { CallbackRepository } from '../channels/callback.repository.js';
import { CardRepository } from '../dispatch/rows/card.repository.js';
import { cardWords, judgeCardPress, pressedAt } from '../domain/reading/card.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { type ReadableCopy, ReadingRepository } from './reading.repository.js';

/** A press that a provider vouches for. */
export interface CardPressOf {
  provider: string;
  deliveryId: string;
  /** Who pressed, in the provider's writing. */
  userId: string;
  /** As the provider says. */
  at: Date | null;
}

/** A call that proves whose it is. */
export interface SignedCall {
  signature: string;
  /** How long its time is believed. */
  lifeMs: number;
}

/** 签收 by the button of a card. */
@Injectable()
export class CardService {
  private readonly log = new Logger(CardService.name);

  constructor(
    private readonly database: Database,
    private readonly cards: CardRepository,
    private readonly copies: ReadingRepository,
    private readonly callbacks: CallbackRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /**
   * A call that comes a second time changes nothing and gets the same answer.
   *
   * @returns what stands in place of the button from now on; null when the card stays as it is
   */
  async press({ provider, deliveryId, userId, at }: CardPressOf, call: SignedCall): Promise<string | null> {
    const now = this.clock.now();
    return this.database.transaction(async () => {
      const isFirst = await this.callbacks.isFirst(provider, call.signature, now, call.lifeMs);
      const card = await this.cards.lockPressed(deliveryId);
      const copy = card && (await this.copies.find({ id: card.copyId }));
      if (!copy) return this.note(provider, 'unknown', deliveryId, now);
      const addressee = card.address === '' ? '' : this.vault.open(card.address);
      const what = judgeCardPress({ addressee, revoked: copy.linkRevokedAt !== null, ...copy }, userId);
      if (what === 'notHis') return this.note(provider, 'otherPerson', deliveryId, now);
      const shown = what === 'acknowledge' && isFirst ? await this.acknowledge(copy, pressedAt(at, now)) : copy;
      const words = cardWords(shown, now);
      // The answer redraws the card.
      if (words !== null) await this.cards.dropHandle(deliveryId);
      return words;
    });
  }

  private async acknowledge({ copyId }: ReadableCopy, at: Date): Promise<ReadableCopy> {
    await this.copies.acknowledge([{ copyId, at, via: 'card', onBehalfBy: null, note: null }]);
    return (await this.copies.find({ id: copyId }))!;
  }

  private async note(provider: string, what: 'unknown' | 'otherPerson', deliveryId: string, now: Date): Promise<null> {
    await this.callbacks.count(provider, what, 1, now);
    this.log.warn(`${provider}: a press on card ${deliveryId} does not count: ${what}`);
    return null;
  }
}
