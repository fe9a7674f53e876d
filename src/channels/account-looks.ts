import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { withTimeout } from '../platform/with-timeout.js';
import { type AccountLook, AccountLookRepository } from './account-look.repository.js';
import type { Channel } from './channel.js';

/** Longer than a vendor's call may take, shorter than a person waits for a page. */
const patienceMs = 20_000;
const freshMs = 30 * 60_000;
const pageMs = 3000;
const noAnswer = '没有得到服务商的应答，请检查地址、端口、防火墙与服务商的运行情况，稍后再试。';

/** Looks at provider accounts without sending anything: can it be used, what is filed there, what is left. */
@Injectable()
export class AccountLooks {
  private readonly log = new Logger(AccountLooks.name);
  private readonly underWay = new Map<string, Promise<AccountLook>>();

  constructor(
    private readonly looks: AccountLookRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * What is known of an account that is at most half an hour old, else what the provider says now if it says so soon; null when
   * it does not. Who waits for a page does not wait for a provider.
   */
  async recent(channel: Channel): Promise<AccountLook | null> {
    const kept = (await this.looks.all()).get(channel.account);
    if (kept && this.clock.now().getTime() - kept.lookedAt.getTime() < freshMs) return kept;
    return withTimeout(this.look(channel), pageMs).catch(() => null);
  }

  /** One look at a time for each account. */
  look(channel: Channel): Promise<AccountLook> {
    const underWay = this.underWay.get(channel.account);
    if (underWay) return underWay;
    const look = this.lookNow(channel).finally(() => this.underWay.delete(channel.account));
    this.underWay.set(channel.account, look);
    return look;
  }

  /** The same of what sends nothing, such as a mailbox. */
  async lookAt(account: string, check: () => Promise<string | null>): Promise<AccountLook> {
    const lookedAt = this.clock.now();
    const problem = await this.asked({ account }, check, noAnswer);
    const look: AccountLook = { lookedAt, problem, filings: null, filingsProblem: null, balance: null };
    await this.looks.keep(account, look);
    return look;
  }

  /** Asks the provider now and keeps what it says; never throws for what the provider does. */
  private async lookNow(channel: Channel): Promise<AccountLook> {
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

  private async asked<T>(channel: Pick<Channel, 'account'>, ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await withTimeout(ask(), patienceMs);
    } catch (error) {
      this.log.warn(`account ${channel.account} could not be looked at: ${(error as Error).name}`);
      return otherwise;
    }
  }
}
