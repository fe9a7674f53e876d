import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../domain/errors/errors.js';
import { accountOf, providerOf } from '../domain/sending/account-name.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { withTimeout } from '../platform/with-timeout.js';
import { LiveSettings } from '../settings/live-settings.js';
import { isSecretKey } from '../settings/read.js';
import { type AccountSettingRow, AccountSettingRepository } from './account-setting.repository.js';
import { accountText } from './account-text.js';
import { ChannelRegistry } from './channel-registry.js';
import { readVendorValues, type ValueFault, type VendorTexts, type VendorValues } from './sms/vendor-values.js';
import type { OpenedAccount, StorableProvider } from './storable-provider.js';
import { numbersOf, ownOf, placeOf, providerCalled, storableProviders } from './storable-providers.js';

/** What is known at the console of one account's settings. */
export interface StoredAccount {
  account: string;
  provider: StorableProvider;
  row: AccountSettingRow | null;
  /** The environment has this account: it wins, and nothing can be entered here. */
  fromEnvironment: boolean;
  /** Why what was entered cannot be used; null when it can, or when there is nothing. */
  problem: string | null;
}

interface OpenAccount {
  /** Opened anew when it differs. */
  state: string;
  opened: OpenedAccount;
  name: string | null;
  place: number;
}

const patienceMs = 20_000;
/** Rows of the first release call the account by the vendor's name. */
const contents = z.object({ vendor: z.string(), texts: z.record(z.string(), z.string()) });
const cannotBeOpened = '保存的设置打不开，可能换过 MASTER_KEY，请重新填写。';

/**
 * Accounts whose settings are entered at the console. They are there besides those of the environment, which wins; every process
 * looks at the newest revision before it sends and every few seconds, so that nothing has to be started anew.
 */
@Injectable()
export class StoredAccounts implements OnApplicationShutdown {
  private readonly log = new Logger(StoredAccounts.name);
  private revision = 0;
  private open = new Map<string, OpenAccount>();
  private problems = new Map<string, string>();
  private applying: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly rows: AccountSettingRepository,
    private readonly channels: ChannelRegistry,
    private readonly live: LiveSettings,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Applies what there is, and looks again for as long as the process runs. */
  async start(everyMs: number): Promise<void> {
    await this.refresh();
    this.timer = setInterval(
      () => void this.refresh().catch((error: Error) => this.log.warn(`not looked at: ${error.message}`)),
      everyMs,
    ).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Applies the newest revision, if this process has not done so; messages under way are finished as they were begun. */
  async refresh(): Promise<void> {
    if ((await this.rows.revision()) === this.revision) return this.applying;
    this.applying = this.applying.catch(() => undefined).then(() => this.apply());
    return this.applying;
  }

  /** One account, whether there is anything of it or not. @throws DomainError channel.unknown */
  async known(account: string): Promise<StoredAccount> {
    const provider = providerCalled(account);
    await this.refresh();
    return this.knownOf(account, provider, await this.rows.load(account));
  }

  /** Every account of which something is known, and the first of every provider. */
  async all(): Promise<StoredAccount[]> {
    await this.refresh();
    const rows = await this.rows.all();
    return storableProviders.flatMap((provider) =>
      numbersOf(provider)
        .map((n) => accountOf(provider.name, n))
        .map((account) => this.knownOf(account, provider, rows.find((row) => row.account === account) ?? null))
        .filter((known) => known.account === provider.name || known.row !== null || known.fromEnvironment),
    );
  }

  /** Under which a further account would be entered; null where there can be no more, or where the first is still missing. */
  furtherOf(provider: StorableProvider, all: readonly StoredAccount[]): string | null {
    const taken = all.filter((known) => known.provider === provider && (known.fromEnvironment || known.row?.sealed));
    const numbers = numbersOf(provider).map((n) => accountOf(provider.name, n));
    const free = numbers.find((account) => taken.every((known) => known.account !== account));
    return taken.length > 0 ? (free ?? null) : null;
  }

  /** What was entered and is no secret; of a secret, that it is there. */
  shown(row: AccountSettingRow | null): { texts: VendorTexts; secrets: ReadonlySet<string> } {
    const texts = (row?.sealed && this.unsealed(row.account, row.sealed)) || {};
    const entries = Object.entries(texts).filter(([, text]) => text !== '');
    return {
      texts: Object.fromEntries(entries.filter(([key]) => !isSecretKey(key))),
      secrets: new Set(entries.map(([key]) => key).filter(isSecretKey)),
    };
  }

  /**
   * Tries what was typed and uses it from now on; a secret left empty stays as it is.
   *
   * @returns what is wrong with it; nothing was changed then
   * @throws DomainError channel.fromEnvironment, channel.settingsChanged
   */
  async save(
    account: string,
    typed: VendorTexts,
    seen: number,
    by: { id: string; name: string },
  ): Promise<ValueFault[]> {
    const provider = providerCalled(account);
    this.demandOurs(account, provider);
    const row = await this.rows.load(account);
    const before = (row?.sealed && this.unsealed(account, row.sealed)) || {};
    const texts: Record<string, string> = {};
    for (const key of Object.keys(provider.form)) {
      const text = typed[key]?.trim() ?? '';
      texts[key] = text === '' && isSecretKey(key) ? (before[key] ?? '') : text;
    }
    const read = this.read(provider, texts);
    if ('faults' in read) return read.faults;
    const problem = await this.tried(account, provider, read.values);
    if (problem !== null) return [{ key: provider.opens, message: `试了一下，不能使用：${problem}` }];
    const changed = Object.keys(texts).filter((key) => texts[key] !== (before[key] ?? ''));
    await this.replace(account, this.sealed(account, texts), seen, by, 'channel.settingsSaved', { keys: changed });
    return [];
  }

  /** @throws DomainError channel.settingsChanged */
  async remove(account: string, seen: number, by: { id: string; name: string }): Promise<void> {
    await this.replace(account, null, seen, by, 'channel.settingsRemoved', {});
  }

  /**
   * Back to what stood there before the last change, which may be nothing.
   *
   * @returns why that cannot be used; nothing was changed then
   * @throws DomainError channel.settingsChanged
   */
  async undo(account: string, seen: number, by: { id: string; name: string }): Promise<string | null> {
    const provider = providerCalled(account);
    const row = await this.rows.load(account);
    if (!row) throw new DomainError('channel.settingsChanged');
    if (row.previous !== null) {
      const texts = this.unsealed(account, row.previous);
      const read = texts && this.read(provider, texts);
      if (!read || 'faults' in read) return cannotBeOpened;
      const problem = await this.tried(account, provider, read.values);
      if (problem !== null) return problem;
    }
    await this.replace(account, row.previous, seen, by, 'channel.settingsUndone', {});
    return null;
  }

  private knownOf(account: string, provider: StorableProvider, row: AccountSettingRow | null): StoredAccount {
    const fromEnvironment = this.isGiven(account, provider);
    return { account, provider, row, fromEnvironment, problem: this.problems.get(account) ?? null };
  }

  private demandOurs(account: string, provider: StorableProvider): void {
    if (this.isGiven(account, provider))
      throw new DomainError('channel.fromEnvironment', { channel: accountText(account) });
  }

  private isGiven(account: string, provider: StorableProvider): boolean {
    return provider.isGiven(account, this.live.base) || this.channels.hasBase(account);
  }

  private read(provider: StorableProvider, texts: VendorTexts) {
    return readVendorValues(
      { ...provider, faults: (values) => provider.faults?.(values, this.live.base) ?? [] },
      texts,
    );
  }

  private async replace(
    account: string,
    sealed: string | null,
    seen: number,
    by: { id: string; name: string },
    action: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.rows.replace(account, sealed, seen, by, this.clock.now())))
        throw new DomainError('channel.settingsChanged');
      await this.audit.record(by.id, action, `account:${account}`, detail);
    });
    await this.refresh();
  }

  /** Null when the provider takes it; nothing is sent. */
  private async tried(account: string, provider: StorableProvider, values: VendorValues): Promise<string | null> {
    let opened: OpenedAccount | null = null;
    try {
      opened = provider.open(values, this.opening(account, false));
      return await withTimeout(opened.check(), patienceMs);
    } catch (error) {
      this.log.warn(`account ${account} could not be tried: ${(error as Error).name}`);
      return opened === null
        ? '这些设置打不开，请核对（例如 DKIM 密钥要先在服务器上生成）。'
        : '没有得到服务商的应答，请检查地址、端口与网络。';
    } finally {
      await opened?.channel?.close();
    }
  }

  private opening(account: string, hasMailbox: boolean) {
    return { account, base: this.live.base, hasMailbox, vault: this.vault, now: () => this.clock.now() };
  }

  /** Its account is sealed with it: moved to another row it is not opened. */
  private sealed(account: string, texts: VendorTexts): string {
    return this.vault.seal(JSON.stringify({ vendor: account, texts }));
  }

  private unsealed(account: string, sealed: string): VendorTexts | null {
    try {
      const known = contents.parse(JSON.parse(this.vault.open(sealed)));
      return known.vendor === account ? known.texts : null;
    } catch {
      return null;
    }
  }

  private async apply(): Promise<void> {
    const revision = await this.rows.revision();
    if (revision === this.revision) return;
    const rows = await this.rows.all();
    const [open, problems] = [new Map<string, OpenAccount>(), new Map<string, string>()];
    const mailbox = rows.find(({ account, sealed }) => account === 'imap' && sealed !== null);
    const hasMailbox = this.live.base.email?.mailbox != null || mailbox !== undefined;
    for (const row of rows) {
      const provider = storableProviders.find(({ name }) => name === providerOf(row.account));
      if (!provider || row.sealed === null || this.isGiven(row.account, provider)) continue;
      const state = `${row.revision} ${provider.kind === 'email' && hasMailbox}`;
      const known = this.open.get(row.account);
      const account = known?.state === state ? known : this.opened(provider, row, row.sealed, state, hasMailbox);
      if (typeof account === 'string') problems.set(row.account, account);
      else open.set(row.account, account);
    }
    // One that cannot be used stops no other.
    for (const [name, problem] of problems) this.log.error(`account ${name} is not used: ${problem}`);
    const inOrder = new Map([...open].sort(([a, { place: p }], [b, { place: q }]) => p - q || placeOf(a) - placeOf(b)));
    [this.open, this.problems, this.revision] = [inOrder, problems, revision];
    const names = [...inOrder].flatMap(([account, { name }]) => (name === null ? [] : [[account, name] as const]));
    const { base } = this.live;
    const used = [...inOrder.values()].reduce((settings, { opened }) => opened.use(settings), base);
    this.live.use({ ...used, accountNames: new Map([...base.accountNames, ...names]) });
    await this.channels.replace([...inOrder.values()].flatMap(({ opened: { channel } }) => channel ?? []));
  }

  private opened(
    provider: StorableProvider,
    { account }: AccountSettingRow,
    sealed: string,
    state: string,
    hasMailbox: boolean,
  ): OpenAccount | string {
    const texts = this.unsealed(account, sealed);
    if (texts === null) return cannotBeOpened;
    const read = this.read(provider, texts);
    if ('faults' in read)
      return `保存的设置有误：${read.faults.map(({ key, message }) => `${key} ${message}`).join('')}`;
    try {
      return { state, opened: provider.open(read.values, this.opening(account, hasMailbox)), ...ownOf(read.values) };
    } catch (error) {
      this.log.error(`account ${account} cannot be opened: ${(error as Error).name}`);
      return '保存的设置不能使用，请重新填写。';
    }
  }
}
