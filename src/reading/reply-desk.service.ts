import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { accountText } from '../channels/account-text.js';
import { ReplyInboxRepository, type StoredReply } from '../channels/reply-inbox.repository.js';
import { DomainError } from '../domain/errors/errors.js';
import { isOpen, replyWindow } from '../domain/sending/reply-match.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { ReadingRepository } from './reading.repository.js';
import { type MessageToNumber, RepliedCopiesRepository } from './replied-copies.repository.js';

/** A copy that a reply may be about: the newest message about it, and whether the press that acknowledges it does anything. */
export interface Candidate extends MessageToNumber {
  open: boolean;
}

/** A reply that waits, with what it may be about. */
export interface ReplyAtDesk {
  reply: StoredReply;
  /** Null when it may not be kept, or is forgotten. */
  text: string | null;
  /** Whose number it is in the list now. */
  owner: { personId: string; name: string } | null;
  /** Newest first. */
  candidates: readonly Candidate[];
}

/** What the office does with replies by SMS that nobody else can settle. */
@Injectable()
export class ReplyDeskService {
  constructor(
    private readonly database: Database,
    private readonly inbox: ReplyInboxRepository,
    private readonly sent: RepliedCopiesRepository,
    private readonly copies: ReadingRepository,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  counts(): Promise<{ open: number; settled: number }> {
    return this.inbox.counts();
  }

  async list(which: 'open' | 'settled', take: number, skip: number): Promise<ReplyAtDesk[]> {
    return Promise.all((await this.inbox.list(which, take, skip)).map((reply) => this.atDesk(reply)));
  }

  /** @throws DomainError reply.notFound */
  async find(id: string): Promise<ReplyAtDesk> {
    return this.atDesk(await this.stored(id));
  }

  /**
   * Takes the reply for the acknowledgement of one copy. It is the reader's own act; which copy he meant is the office's finding, and
   * the evidence says so.
   *
   * @throws DomainError reply.notFound, reply.settledMeanwhile, reply.copyNotOpen
   */
  async acknowledge(id: string, copyId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const { reply, candidates } = await this.find(id);
      if (reply.state !== 'open') throw new DomainError('reply.settledMeanwhile');
      if (!candidates.some((one) => one.copyId === copyId && one.open)) throw new DomainError('reply.copyNotOpen');
      await this.settle(id, { copyId }, actor);
      const note = `经${accountText(reply.provider)}收到，由${actor.name}核对后对应到本份`;
      await this.copies.acknowledge([{ copyId, at: reply.writtenAt, via: 'smsReply', onBehalfBy: null, note }]);
      await this.audit.record(actor.id, 'reply.acknowledged', `copy:${copyId}`, { reply: id });
    });
  }

  /** Lays it aside: it acknowledges nothing. @throws DomainError reply.notFound, reply.settledMeanwhile */
  async layAside(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      await this.stored(id);
      await this.settle(id, 'nothing', actor);
      await this.audit.record(actor.id, 'reply.laidAside', `reply:${id}`);
    });
  }

  /** Takes back that it was laid aside. An acknowledgement is never taken back. @throws DomainError reply.notFound, reply.settledMeanwhile */
  async reopen(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const { lookupHash } = await this.stored(id);
      if (lookupHash === null) throw new DomainError('reply.numberGone');
      if (!(await this.inbox.reopen(id))) throw new DomainError('reply.settledMeanwhile');
      await this.audit.record(actor.id, 'reply.reopened', `reply:${id}`);
    });
  }

  /** The whole number, to phone who wrote. @throws DomainError reply.notFound, reply.numberGone */
  async reveal(id: string, reason: string, actor: Actor): Promise<string> {
    return this.database.transaction(async () => {
      const { sealedNumber } = await this.stored(id);
      if (sealedNumber === null) throw new DomainError('reply.numberGone');
      await this.audit.record(actor.id, 'reply.revealed', `reply:${id}`, { reason });
      return this.vault.open(sealedNumber);
    });
  }

  private async settle(id: string, how: { copyId: string } | 'nothing', actor: Actor): Promise<void> {
    if (!(await this.inbox.settle(id, how, actor.id, this.clock.now())))
      throw new DomainError('reply.settledMeanwhile');
  }

  private async stored(id: string): Promise<StoredReply> {
    const reply = await this.inbox.find(id);
    if (!reply) throw new DomainError('reply.notFound');
    return reply;
  }

  private async atDesk(reply: StoredReply): Promise<ReplyAtDesk> {
    const { lookupHash, sealedText, provider, writtenAt } = reply;
    const text = sealedText === null ? null : this.vault.open(sealedText);
    if (lookupHash === null) return { reply, text, owner: null, candidates: [] };
    const [messages, owner] = await Promise.all([
      this.sent.messagesTo(lookupHash, provider, replyWindow(writtenAt)),
      this.sent.ownerOf(lookupHash),
    ]);
    return { reply, text, owner, candidates: candidatesOf(messages) };
  }
}

/** One for each copy, by its newest message. That a message was reported as lost says little beside an answer to it. */
function candidatesOf(messages: readonly MessageToNumber[]): Candidate[] {
  const byCopy = new Map<string, Candidate>();
  for (const message of messages) {
    const open = isOpen({ ...message, failed: false }) || byCopy.get(message.copyId)?.open === true;
    byCopy.delete(message.copyId);
    byCopy.set(message.copyId, { ...message, open });
  }
  return [...byCopy.values()].reverse();
}
