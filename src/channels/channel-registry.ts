import type { ChannelKind } from '../domain/delivery.js';
import type { Channel, Incoming } from './channel.js';

/** The provider accounts that are configured; of one kind in order of preference. */
export class ChannelRegistry {
  private channels: readonly Channel[];
  /** How much is under way on each; one that is no longer configured is closed when nothing is. */
  private readonly uses = new Map<Channel, number>();
  private incoming: ((account: string) => Incoming) | null = null;

  /** @param base those that are there as long as the process */
  constructor(private readonly base: readonly Channel[]) {
    this.channels = distinct(base);
  }

  hasBase(account: string): boolean {
    return this.base.some((channel) => channel.account === account);
  }

  /** From now on these are there besides; those that were, finish what they have begun. */
  async replace(further: readonly Channel[]): Promise<void> {
    const before = this.channels;
    this.channels = distinct([...this.base, ...further]);
    for (const channel of further)
      if (this.incoming && !before.includes(channel)) channel.listen?.(this.incoming(channel.account));
    for (const channel of before)
      if (!this.channels.includes(channel) && !this.uses.has(channel)) await channel.close();
  }

  /** Keeps a channel open for as long as the work lasts, also when it is replaced meanwhile. */
  async during<T>(channel: Channel, work: () => Promise<T>): Promise<T> {
    this.uses.set(channel, (this.uses.get(channel) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = this.uses.get(channel)! - 1;
      if (left > 0) this.uses.set(channel, left);
      else {
        this.uses.delete(channel);
        if (!this.channels.includes(channel)) await channel.close();
      }
    }
  }

  /** The preferred one of its kind. */
  get(kind: ChannelKind): Channel | undefined {
    return this.accountsOf(kind)[0];
  }

  accountsOf(kind: ChannelKind): Channel[] {
    return this.channels.filter((channel) => channel.kind === kind);
  }

  all(): readonly Channel[] {
    return this.channels;
  }

  account(name: string): Channel | undefined {
    return this.channels.find(({ account }) => account === name);
  }

  accounts(): string[] {
    return this.channels.map(({ account }) => account);
  }

  /** Opens the lines on which providers report. */
  listen(incoming: (account: string) => Incoming): void {
    this.incoming = incoming;
    for (const channel of this.channels) channel.listen?.(incoming(channel.account));
  }

  kinds(): ChannelKind[] {
    return [...new Set(this.channels.map(({ kind }) => kind))];
  }

  async close(): Promise<void> {
    await Promise.all(this.channels.map((channel) => channel.close()));
  }
}

function distinct(channels: readonly Channel[]): readonly Channel[] {
  if (new Set(channels.map(({ account }) => account)).size !== channels.length)
    throw new Error('two channels with one account');
  return channels;
}
