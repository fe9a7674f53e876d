import type { ChannelKind } from '../domain/delivery.js';
import type { Channel } from './channel.js';

/** The channels that are configured, one for each kind. */
export class ChannelRegistry {
  private readonly channels: ReadonlyMap<ChannelKind, Channel>;

  constructor(channels: readonly Channel[]) {
    this.channels = new Map(channels.map((channel) => [channel.kind, channel]));
    if (this.channels.size !== channels.length) throw new Error('two channels of one kind');
  }

  get(kind: ChannelKind): Channel | undefined {
    return this.channels.get(kind);
  }

  kinds(): ChannelKind[] {
    return [...this.channels.keys()];
  }

  async close(): Promise<void> {
    await Promise.all([...this.channels.values()].map((channel) => channel.close()));
  }
}
