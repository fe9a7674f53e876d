import { Injectable } from '@nestjs/common';
import { replyKeptDays, settledReplyDays } from '../domain/sending/reply-keeping.js';
import type { ReplyMeaning } from '../domain/sending/reply-meaning.js';
import { Database } from '../platform/database.js';

export type InboxState = 'open' | 'acknowledged' | 'nothing';

export interface NewInboxReply {
  provider: string;
  sequenceId: string;
  lookupHash: string;
  sealedNumber: string;
  /** Null when what was written must not be kept. */
  sealedText: string | null;
  masked: string;
  sentTo: string;
  meaning: ReplyMeaning;
  writtenAt: Date;
  receivedAt: Date;
}

export interface StoredReply extends Omit<NewInboxReply, 'lookupHash' | 'sealedNumber' | 'sequenceId'> {
  id: string;
  lookupHash: string | null;
  sealedNumber: string | null;
  state: InboxState;
  copyId: string | null;
  settledAt: Date | null;
  settledBy: string | null;
}

const settled: InboxState[] = ['acknowledged', 'nothing'];

/** What people sent back by SMS: that it came, once for each reply, and those that wait for a person. */
@Injectable()
export class ReplyInboxRepository {
  constructor(private readonly database: Database) {}

  async isKnown(provider: string, sequenceId: string): Promise<boolean> {
    return (await this.database.prisma.smsReply.count({ where: { provider, sequenceId } })) > 0;
  }

  /** False when this reply was pushed before. */
  async keep(reply: {
    provider: string;
    sequenceId: string;
    lookupHash: string;
    keyword: 'TD' | '1' | '';
    receivedAt: Date;
  }): Promise<boolean> {
    const { count } = await this.database.prisma.smsReply.createMany({ data: [reply], skipDuplicates: true });
    return count === 1;
  }

  async noteEnded(provider: string, sequenceId: string, ended: number): Promise<void> {
    await this.database.prisma.smsReply.updateMany({ where: { provider, sequenceId }, data: { ended } });
  }

  async add(reply: NewInboxReply): Promise<void> {
    await this.database.prisma.inboxReply.createMany({ data: [reply], skipDuplicates: true });
  }

  async waitingFrom(lookupHash: string): Promise<number> {
    return this.database.prisma.inboxReply.count({ where: { lookupHash, state: 'open' } });
  }

  async counts(): Promise<{ open: number; settled: number }> {
    const { inboxReply } = this.database.prisma;
    const [open, done] = await Promise.all([
      inboxReply.count({ where: { state: 'open' } }),
      inboxReply.count({ where: { state: { in: settled } } }),
    ]);
    return { open, settled: done };
  }

  /** Newest first. */
  async list(which: 'open' | 'settled', take: number, skip: number): Promise<StoredReply[]> {
    const rows = await this.database.prisma.inboxReply.findMany({
      where: { state: which === 'open' ? 'open' : { in: settled } },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take,
      skip,
    });
    return rows as unknown as StoredReply[];
  }

  async find(id: string): Promise<StoredReply | null> {
    return (await this.database.prisma.inboxReply.findUnique({ where: { id } })) as StoredReply | null;
  }

  /** False when somebody else was faster. */
  async settle(id: string, how: { copyId: string } | 'nothing', by: string, at: Date): Promise<boolean> {
    const as = how === 'nothing' ? { state: 'nothing' } : { state: 'acknowledged', copyId: how.copyId };
    const { count } = await this.database.prisma.inboxReply.updateMany({
      where: { id, state: 'open' },
      data: { ...as, settledAt: at, settledBy: by },
    });
    return count === 1;
  }

  /** Only what was laid aside, and is still known. */
  async reopen(id: string): Promise<boolean> {
    const { count } = await this.database.prisma.inboxReply.updateMany({
      where: { id, state: 'nothing', lookupHash: { not: null } },
      data: { state: 'open', settledAt: null, settledBy: null },
    });
    return count === 1;
  }

  /** Number and text of what is long settled; what nobody settled in all that time is laid aside. @returns of how many */
  async forget(now: Date): Promise<number> {
    const { inboxReply } = this.database.prisma;
    const [settledBefore, receivedBefore] = [settledReplyDays, replyKeptDays].map(
      (days) => new Date(now.getTime() - days * 86_400_000),
    );
    await inboxReply.updateMany({
      where: { state: 'open', receivedAt: { lt: receivedBefore } },
      data: { state: 'nothing', settledAt: now, settledBy: 'system' },
    });
    const { count } = await inboxReply.updateMany({
      where: {
        lookupHash: { not: null },
        state: { in: settled },
        OR: [{ settledAt: { lt: settledBefore } }, { receivedAt: { lt: receivedBefore } }],
      },
      data: { lookupHash: null, sealedNumber: null, sealedText: null },
    });
    return count;
  }
}
