import { Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { type AccountLook, AccountLookRepository } from '../../channels/account-look.repository.js';
import { AccountLooks } from '../../channels/account-looks.js';
import { callbackAddresses } from '../../channels/callback-addresses.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { StoredAccounts } from '../../channels/stored-accounts.js';
import { DispatchService } from '../../dispatch/acts/dispatch.service.js';
import { howToOpen } from '../../dispatch/plan/preflight.js';
import { GateRepository } from '../../dispatch/send/gate.repository.js';
import { beijingDate } from '../../domain/calendar.js';
import { channelKinds } from '../../domain/delivery.js';
import { DomainError } from '../../domain/errors/errors.js';
import { mayDo } from '../../domain/roles.js';
import { wellAccount } from '../../domain/sending/fail-over.js';
import { Audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { page, type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { Settings } from '../../settings/settings.js';
import { AccountDayRepository } from './account-day.repository.js';
import { changedText } from './channel-settings-view.js';
import { accountCards, mailboxCard, offeredAccounts } from './channels-view.js';

const weekMs = 7 * 86_400_000;
const faultsShown = { each: 5, all: 500 };

/** 通道: what each provider account is doing, and what to do about it. Without secrets for all but the system administrator. */
@Needs('channel.read')
@Controller('channels')
export class ChannelsPages {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly gates: GateRepository,
    private readonly days: AccountDayRepository,
    private readonly looks: AccountLookRepository,
    private readonly looking: AccountLooks,
    private readonly stored: StoredAccounts,
    private readonly dispatch: DispatchService,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Get()
  async show(@CurrentActor() actor: Actor): Promise<PageReply> {
    const now = this.clock.now();
    const stored = await this.stored.all();
    const [states, days, faults, looks] = await Promise.all([
      this.gates.all(),
      this.days.since(new Date(`${beijingDate(now)}T00:00:00+08:00`)),
      this.days.faultsSince(new Date(now.getTime() - weekMs), faultsShown.all),
      this.looks.all(),
    ]);
    const may = { manage: mayDo(actor.roles, 'channel.manage'), reopen: mayDo(actor.roles, 'channel.control') };
    const known = this.channels.all().map((channel) => ({
      account: channel.account,
      ownName: this.settings.accountNames.get(channel.account) ?? null,
      changed: this.channels.hasBase(channel.account)
        ? null
        : changedText(stored.find(({ account }) => account === channel.account)?.row ?? null),
      kind: channel.kind,
      limits: this.settings.limits.accounts[channel.account] ?? [],
      state: states.get(channel.account) ?? wellAccount,
      look: looks.get(channel.account) ?? null,
      day: days.find(({ account }) => account === channel.account) ?? null,
      faults: faults.filter(({ account }) => account === channel.account).slice(0, faultsShown.each),
      callbacks: may.manage ? callbackAddresses(channel, this.settings) : [],
    }));
    return page('console/office/channels', {
      accounts: accountCards(known, now, may),
      // What could be entered here, and what was and cannot be used.
      offered: offeredAccounts(stored, (provider) => this.stored.furtherOf(provider, stored), this.channels.accounts()),
      mailbox: mailboxCard(
        this.settings.email?.mailbox ?? null,
        stored.find(({ account }) => account === 'imap'),
        looks.get('imap') ?? null,
      ),
      off: channelKinds.filter((kind) => !this.channels.kinds().includes(kind)).map(howToOpen),
      may,
    });
  }

  /** 试一下: asks the provider without sending anything. */
  @Needs('channel.manage')
  @Post(':account/try')
  async try(@Param('account') account: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    const { problem } = await this.lookAt(account);
    await this.audit.record(actor.id, 'channel.tried', `account:${account}`, { usable: problem === null });
    return seeOther(`/channels#account-${account}`);
  }

  /** @throws DomainError channel.unknown */
  private async lookAt(account: string): Promise<AccountLook> {
    const channel = this.channels.account(account);
    if (channel) return this.looking.look(channel);
    const mailbox = account === 'imap' && this.settings.email?.mailbox;
    if (!mailbox) throw new DomainError('channel.unknown');
    const { checkMailbox } = await import('../../channels/email/bounce-mailbox.js');
    return this.looking.lookAt(account, () => checkMailbox(mailbox));
  }

  @Needs('channel.control')
  @Post(':account/reopen')
  async reopen(@Param('account') account: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    if (!this.channels.account(account)) throw new DomainError('channel.unknown');
    await this.dispatch.reopenAccount(account, actor);
    return seeOther(`/channels#account-${account}`);
  }
}
