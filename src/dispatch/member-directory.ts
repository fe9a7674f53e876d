import { Injectable, Logger } from '@nestjs/common';
import { WecomClient } from '../channels/wecom/wecom-client.js';
import { accountOfMobile } from '../channels/wecom/wecom-members.js';
import { defaultVendorTimeoutMs } from '../channels/vendor-http.js';
import { lookupEveryMs, lookupPauseMs, lookupsAtOnce, missKeptMs } from '../domain/people/member-lookup.js';
import { usableAccounts, wellAccount } from '../domain/sending/fail-over.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import { ContactService } from '../organisation/contact.service.js';
import { MemberLookupRepository, type WithoutAccount } from '../organisation/member-lookup.repository.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { JobRunner } from '../platform/jobs/job-runner.js';
import { Settings } from '../settings/settings.js';
import { ClaimRepository } from './rows/claim.repository.js';
import { GateRepository } from './send/gate.repository.js';
import { TurnRepository } from './when/turn.repository.js';

const kind = 'wecom';
const TURN = 'members.look';

/**
 * Finds WeCom accounts by the mobile numbers of the list, for people of whom none was entered: a few an hour, one after the other,
 * and never while a card waits to be sent.
 */
@Injectable()
export class MemberDirectory {
  private readonly log = new Logger(MemberDirectory.name);

  constructor(
    runner: JobRunner,
    private readonly settings: Settings,
    private readonly lookups: MemberLookupRepository,
    private readonly contacts: ContactService,
    private readonly channels: ChannelRegistry,
    private readonly gates: GateRepository,
    private readonly claims: ClaimRepository,
    private readonly turns: TurnRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {
    runner.on('members.look', (_, signal) => this.look(signal));
  }

  /** Harmless to repeat: one process has the turn. */
  async look(signal: AbortSignal): Promise<void> {
    const client = this.client();
    if (!client || (await this.isSending())) return;
    const now = this.clock.now();
    if (!(await this.turns.take(TURN, now, lookupEveryMs))) return;
    await this.lookups.forgetMisses(new Date(now.getTime() - missKeptMs));
    let found = 0;
    for (const person of await this.lookups.next(lookupsAtOnce)) {
      if (signal.aborted) break;
      const answer = await accountOfMobile(client, this.vault.open(person.sealed));
      if (answer.kind === 'later' || answer.kind === 'stop') {
        if (answer.kind === 'stop') await this.turns.putOff(TURN, new Date(now.getTime() + lookupPauseMs));
        this.log.warn(`accounts are not looked for further now: ${answer.code}`);
        break;
      }
      if (answer.kind === 'found' && (await this.keep(person, answer.userId))) found += 1;
      else await this.lookups.keepMiss(person.mobileHash, now);
    }
    if (found > 0) this.log.log(`${found} WeCom accounts found by mobile number`);
  }

  private client(): WecomClient | null {
    const { wecom } = this.settings;
    if (!wecom?.findsMembers) return null;
    return new WecomClient({
      ...{ baseUrl: wecom.base, corpId: wecom.corpId, secret: wecom.secret },
      timeoutMs: defaultVendorTimeoutMs,
      now: () => this.clock.now().getTime(),
    });
  }

  private async isSending(): Promise<boolean> {
    const now = this.clock.now();
    const states = await this.gates.all();
    const accounts = this.channels
      .accountsOf(kind)
      .map((channel) => ({ channel, state: states.get(channel.account) ?? wellAccount }));
    return usableAccounts(accounts, now).usable.length === 0 || (await this.claims.hasDueWork(kind, now));
  }

  private keep({ personId }: WithoutAccount, userId: string): Promise<boolean> {
    return this.contacts.addFound(personId, kind, userId, { id: 'system' });
  }
}
