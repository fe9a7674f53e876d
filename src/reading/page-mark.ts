import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { randomToken, sameText, Vault } from '../platform/crypto.js';

/** What a form of the page does; a mark for one is none for another. */
export type PagePurpose = 'issue' | 'again' | 'unsubscribe';

const shape = /^([0-9a-z]{8,9})\.([\w-]{8})\.([\w-]{22})$/;

/**
 * Dated, signed marks that a page carries in its forms: who sends one has had the page. They need neither script nor cookie,
 * as browsers inside WeCom and WeChat keep few. Each page has a mark of its own.
 */
@Injectable()
export class PageMarks {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** @param subject id of the copy or the subscription that the page is about */
  make(purpose: PagePurpose, subject: string, at = this.clock.now()): string {
    const [time, nonce] = [at.getTime().toString(36), randomToken(6)];
    return `${time}.${nonce}.${this.seal(purpose, subject, time, nonce)}`;
  }

  /** Milliseconds since the page was made, negative when its maker's clock was ahead; null for what is no mark of ours. */
  ageOf(mark: string, purpose: PagePurpose, subject: string): number | null {
    const [, time = '', nonce = '', seal = ''] = shape.exec(mark) ?? [];
    if (!sameText(seal, this.seal(purpose, subject, time, nonce))) return null;
    return this.clock.now().getTime() - parseInt(time, 36);
  }

  private seal(...parts: readonly string[]): string {
    return this.vault.deriveToken('page mark', ...parts);
  }
}
