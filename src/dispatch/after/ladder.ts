import { Injectable, Logger } from '@nestjs/common';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { Clock } from '../../platform/clock.js';
import { LadderRepository } from '../rows/ladder.repository.js';

const AT_ONCE = 5000;

/** Takes the next rung for everybody who has not been reached by the one before. */
@Injectable()
export class Ladder {
  private readonly log = new Logger(Ladder.name);

  constructor(
    private readonly rungs: LadderRepository,
    private readonly channels: ChannelRegistry,
    private readonly clock: Clock,
  ) {}

  async climb(): Promise<void> {
    const accounts = this.channels
      .kinds()
      .flatMap((channel) => this.channels.accountsOf(channel).map(({ account }) => ({ channel, account })));
    for (;;) {
      const taken = await this.rungs.take(this.clock.now(), AT_ONCE, accounts);
      if (taken > 0) this.log.log(`${taken} messages go out on the next channel of their ladder`);
      if (taken < AT_ONCE) return;
    }
  }
}
