import type { ChannelKind } from '../domain/delivery.js';
import type { Channel, Incoming } from './channel.js';

/** The provider accounts that are configured; of one kind in order of preference. */
export class ChannelRegistry {
  constructor(private readonly channels: readonly Channel[]) {
    if (new Set(channels.map(({ account }) => account)).size !== channels.length)
      throw new Error('two channels with one account');
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
  listen(incoming: (provider: string) => Incoming): void {
    for (const channel of this.channels) channel.listen?.(incoming(channel.provider));
  }

  kinds(): ChannelKind[] {
    return [...new Set(this.channels.map(({ kind }) => kind))];
  }

  async close(): Promise<void> {
    await Promise.all(this.channels.map((channel) => channel.close()));
  }
}
