import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { ChannelKind } from '../domain/delivery.js';
import { DomainError } from '../domain/errors/errors.js';
import { readTypedCode } from '../domain/reading/typed-code.js';
import { Clock } from '../platform/clock.js';
import { randomToken, sameText, sha256Hex, Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { AddressProofRepository, type ProofSubject } from './address-proof.repository.js';

export interface ProofOrder {
  subject: ProofSubject;
  channel: ChannelKind;
  sealed: string;
  lookupHash: string;
  /** Who asks: `account:…`, `person:…` or `net:…`. Stored only hashed. */
  askedBy: string;
  minutes: number;
  /** Tells of a decision, which brings no code. */
  decision?: 'approved' | 'rejected';
}

const codeDigits = 6;
const mostTries = 5;
const hour = 3_600_000;
/** Codes to one address, and asked for by one account, person or network address. */
const limits = { address: { hour: 3, day: 6 }, asker: { hour: 30, day: 100 } };

/** Code and link follow from a nonce and the master key: the message can be composed again after a crash. */
export function proofSecrets(vault: Vault, id: string, nonce: string): { code: string; token: string } {
  return {
    code: vault.deriveDigits('proof code', codeDigits, id, nonce),
    token: vault.deriveToken('proof link', id, nonce),
  };
}

/** Proves by a code that somebody reads at an address. */
@Injectable()
export class AddressProofService {
  constructor(
    private readonly database: Database,
    private readonly proofs: AddressProofRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** @returns which limit forbids a code now, or null when one is on its way as soon as this transaction is committed */
  async order(order: ProofOrder): Promise<'address' | 'asker' | null> {
    return this.database.transaction(async () => {
      const now = this.clock.now();
      const askedBy = this.vault.lookupHash('asker', order.askedBy);
      await this.proofs.lockAddress(order.lookupHash);
      const exceeded = async (by: { lookupHash: string } | { askedBy: string }, most: { hour: number; day: number }) =>
        (await this.proofs.countSince(by, new Date(now.getTime() - hour))) >= most.hour ||
        (await this.proofs.countSince(by, new Date(now.getTime() - 24 * hour))) >= most.day;
      if (await exceeded({ askedBy }, limits.asker)) return 'asker';
      if (await exceeded({ lookupHash: order.lookupHash }, limits.address)) return 'address';
      const [id, nonce] = [randomUUID(), randomToken(16)];
      const { code, token } = proofSecrets(this.vault, id, nonce);
      const { subject, channel, sealed, lookupHash, minutes, decision = null } = order;
      await this.proofs.addProof({
        ...{ id, nonce, subject, channel, sealed, lookupHash, askedBy },
        codeHash: this.hashOf(id, code),
        tokenHash: sha256Hex(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + minutes * 60_000),
        decision,
      });
      return null;
    });
  }

  /**
   * Runs `then` in the same transaction when the code is right. A wrong try is counted even so.
   *
   * @throws DomainError contact.codeUnreadable for what is no code, which is no try
   */
  async byCode(subject: ProofSubject, typed: string, then: () => Promise<void>): Promise<boolean> {
    const read = readTypedCode(typed, codeDigits);
    if ('fault' in read) throw new DomainError('contact.codeUnreadable', { reason: read.fault });
    return this.database.transaction(async () => {
      const proof = await this.proofs.countTry(subject, mostTries, this.clock.now());
      if (!proof || !sameText(this.hashOf(proof.id, read.code), proof.codeHash)) return false;
      if (!(await this.proofs.markUsed(proof.id, this.clock.now()))) return false;
      await then();
      return true;
    });
  }

  /** The subscription a link of a mail belongs to, while the link lives. */
  async subscriptionOf(token: string): Promise<string | null> {
    if (!/^[\w-]{22}$/.test(token)) return null;
    return (await this.proofs.byToken(sha256Hex(token), this.clock.now()))?.subscriptionId ?? null;
  }

  async byToken(token: string, then: (subscriptionId: string) => Promise<void>): Promise<boolean> {
    if (!/^[\w-]{22}$/.test(token)) return false;
    return this.database.transaction(async () => {
      const proof = await this.proofs.byToken(sha256Hex(token), this.clock.now());
      if (!proof?.subscriptionId || !(await this.proofs.markUsed(proof.id, this.clock.now()))) return false;
      await then(proof.subscriptionId);
      return true;
    });
  }

  private hashOf(id: string, code: string): string {
    return this.vault.lookupHash('proof', `${id} ${code}`);
  }
}
