import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../domain/delivery.js';
import { type Carry, mayCarry, type SecrecyLevel } from '../domain/issue/secrecy.js';
import { Settings } from '../settings/settings.js';

/**
 * What a message to an address may carry: asked by the plan, by every act that adds a message, and again by the worker at the
 * moment of sending, always here.
 */
@Injectable()
export class ClassGate {
  private readonly ownMailDomains: ReadonlySet<string>;

  constructor({ ownMailDomains }: Settings) {
    this.ownMailDomains = new Set(ownMailDomains.map((domain) => domain.toLowerCase()));
  }

  /** @param mailDomain of an e-mail address; null for other channels, and for an address nobody knows */
  carry(level: SecrecyLevel, channel: ChannelKind, mailDomain: string | null): Carry {
    return mayCarry(level, channel, { ownMailDomain: this.isOwn(mailDomain) });
  }

  /** Whether the mail stays in the office's own house. A domain below one of them is another. */
  isOwn(mailDomain: string | null): boolean {
    return mailDomain !== null && this.ownMailDomains.has(mailDomain.toLowerCase());
  }
}
