import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { withTimeout } from '../platform/with-timeout.js';
import { type AccountLook, AccountLookRepository } from './account-look.repository.js';
import type { Channel } from './channel.js';

/** Longer than a vendor's call may take, shorter than a person waits for a page. */
const patienceMs = 20_000;
const noAnswer = '没有得到服务商的应答，请检查地址、端口、防火墙与服务商的运行情况，稍后再试。';

/** Looks at provider accounts without sending anything: can it be used, what is filed there, what is left. */
@Injectable()
export class AccountLooks {
  private readonly log = new Logger(AccountLooks.name);

  constructor(
    private readonly looks: AccountLookRepository,
    private readonly clock: Clock,
  ) {}

  /** Asks the provider now and keeps what it says; never throws for what the provider does. */
  async look(channel: Channel): Promise<AccountLook> {
    const lookedAt = this.clock.now();
    const [problem, filings, balance] = await Promise.all([
      this.asked(channel, () => channel.check(), noAnswer),
      this.asked(channel, () => channel.filings?.() ?? Promise.resolve(null), {
        kind: 'notKnown' as const,
        reason: noAnswer,
      }),
      this.asked(channel, () => channel.balance?.() ?? Promise.resolve(null), null),
    ]);
    const look: AccountLook = {
      lookedAt,
      problem,
      filings: filings?.kind === 'known' ? filings.filings : null,
      filingsProblem: filings?.kind === 'notKnown' ? filings.reason : null,
      balance,
    };
    await this.looks.keep(channel.account, look);
    return look;
  }

  private async asked<T>(channel: Channel, ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await withTimeout(ask(), patienceMs);
    } catch (error) {
      this.log.warn(`account ${channel.account} could not be looked at: ${(error as Error).name}`);
      return otherwise;
    }
  }
}
