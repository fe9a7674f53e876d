import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import type { StatedRate } from '../domain/rate.js';
import { DomainError } from '../domain/errors/errors.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { withTimeout } from '../platform/with-timeout.js';
import { LiveSettings } from '../settings/live-settings.js';
import { isSecretKey } from '../settings/read.js';
import type { SmsVendorSettings } from '../settings/sms.js';
import type { Channel } from './channel.js';
import { ChannelRegistry } from './channel-registry.js';
import { openSmsAccount } from './open-channels.js';
import type { SmsProvider } from './sms/sms-provider.js';
import { smsProviders } from './sms/sms-providers.js';
import { readVendorValues, type ValueFault, type VendorTexts } from './sms/vendor-values.js';
import { type VendorSettingRow, VendorSettingRepository } from './vendor-setting.repository.js';

/** What is known at the console of one vendor's settings. */
export interface StoredAccount {
  vendor: SmsProvider;
  row: VendorSettingRow | null;
  /** The environment names this vendor: it wins, and nothing can be entered here. */
  fromEnvironment: boolean;
  /** Why what was entered cannot be used; null when it can, or when there is nothing. */
  problem: string | null;
}

interface OpenAccount {
  revision: number;
  channel: Channel;
  own: SmsVendorSettings;
  limits: readonly StatedRate[];
}

const patienceMs = 20_000;
const contents = z.object({ vendor: z.string(), texts: z.record(z.string(), z.string()) });
const cannotBeOpened = '保存的设置打不开，可能换过 MASTER_KEY，请重新填写。';

/**
 * SMS accounts whose settings are entered at the console. They are there besides those of the environment, which wins; every process
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
    private readonly rows: VendorSettingRepository,
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

  /** @throws DomainError channel.unknown */
  vendorCalled(name: string): SmsProvider {
    const vendor = smsProviders.find((provider) => provider.name === name);
    if (!vendor) throw new DomainError('channel.unknown');
    return vendor;
  }

  async all(): Promise<StoredAccount[]> {
    await this.refresh();
    const rows = await this.rows.all();
    return smsProviders.map((vendor) => ({
      vendor,
      row: rows.find((row) => row.vendor === vendor.name) ?? null,
      fromEnvironment: this.isGiven(vendor),
      problem: this.problems.get(vendor.name) ?? null,
    }));
  }

  /** What was entered and is no secret; of a secret, that it is there. */
  shown(row: VendorSettingRow | null): { texts: VendorTexts; secrets: ReadonlySet<string> } {
    const texts = (row?.sealed && this.opened(row.vendor, row.sealed)) || {};
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
    vendor: SmsProvider,
    typed: VendorTexts,
    seen: number,
    by: { id: string; name: string },
  ): Promise<ValueFault[]> {
    this.demandOurs(vendor);
    const row = await this.rows.load(vendor.name);
    const before = (row?.sealed && this.opened(vendor.name, row.sealed)) || {};
    const texts: Record<string, string> = {};
    for (const key of Object.keys(vendor.form)) {
      const text = typed[key]?.trim() ?? '';
      texts[key] = text === '' && isSecretKey(key) ? (before[key] ?? '') : text;
    }
    const read = readVendorValues(vendor, texts);
    if ('faults' in read) return read.faults;
    const problem = await this.tried(vendor, read.values);
    if (problem !== null) return [{ key: vendor.opens, message: `试了一下，不能使用：${problem}` }];
    const changed = Object.keys(texts).filter((key) => texts[key] !== (before[key] ?? ''));
    await this.replace(vendor, this.sealed(vendor.name, texts), seen, by, 'channel.settingsSaved', { keys: changed });
    return [];
  }

  /** @throws DomainError channel.settingsChanged */
  async remove(vendor: SmsProvider, seen: number, by: { id: string; name: string }): Promise<void> {
    await this.replace(vendor, null, seen, by, 'channel.settingsRemoved', {});
  }

  /**
   * Back to what stood there before the last change, which may be nothing.
   *
   * @returns why that cannot be used; nothing was changed then
   * @throws DomainError channel.settingsChanged
   */
  async undo(vendor: SmsProvider, seen: number, by: { id: string; name: string }): Promise<string | null> {
    const row = await this.rows.load(vendor.name);
    if (!row) throw new DomainError('channel.settingsChanged');
    if (row.previous !== null) {
      const texts = this.opened(vendor.name, row.previous);
      const read = texts && readVendorValues(vendor, texts);
      if (!read || 'faults' in read) return cannotBeOpened;
      const problem = await this.tried(vendor, read.values);
      if (problem !== null) return problem;
    }
    await this.replace(vendor, row.previous, seen, by, 'channel.settingsUndone', {});
    return null;
  }

  private demandOurs(vendor: SmsProvider): void {
    if (this.isGiven(vendor)) throw new DomainError('channel.fromEnvironment', { channel: vendor.text });
  }

  private isGiven({ name }: SmsProvider): boolean {
    return this.live.base.sms?.vendors.has(name) === true || this.channels.hasBase(name);
  }

  private async replace(
    vendor: SmsProvider,
    sealed: string | null,
    seen: number,
    by: { id: string; name: string },
    action: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.rows.replace(vendor.name, sealed, seen, by, this.clock.now())))
        throw new DomainError('channel.settingsChanged');
      await this.audit.record(by.id, action, `account:${vendor.name}`, detail);
    });
    await this.refresh();
  }

  /** Null when the vendor takes it; nothing is sent. */
  private async tried(vendor: SmsProvider, values: Parameters<SmsProvider['limits']>[0]): Promise<string | null> {
    let channel: Channel | null = null;
    try {
      channel = openSmsAccount(vendor, this.ownOf(vendor, values), this.live.base.smsTexts, () => this.clock.now());
      return await withTimeout(channel.check(), patienceMs);
    } catch {
      return '没有得到服务商的应答，请检查地址、端口与网络。';
    } finally {
      await channel?.close();
    }
  }

  private ownOf(vendor: SmsProvider, values: Parameters<SmsProvider['limits']>[0]): SmsVendorSettings {
    return vendor.settings(values, this.live.base.smsTexts)!;
  }

  /** Its vendor is sealed with it: moved to another row it is not opened. */
  private sealed(vendor: string, texts: VendorTexts): string {
    return this.vault.seal(JSON.stringify({ vendor, texts }));
  }

  private opened(vendor: string, sealed: string): VendorTexts | null {
    try {
      const known = contents.parse(JSON.parse(this.vault.open(sealed)));
      return known.vendor === vendor ? known.texts : null;
    } catch {
      return null;
    }
  }

  private async apply(): Promise<void> {
    const revision = await this.rows.revision();
    if (revision === this.revision) return;
    const [open, problems] = [new Map<string, OpenAccount>(), new Map<string, string>()];
    for (const row of await this.rows.all()) {
      const vendor = smsProviders.find(({ name }) => name === row.vendor);
      if (!vendor || row.sealed === null || this.isGiven(vendor)) continue;
      const known = this.open.get(row.vendor);
      const account = known?.revision === row.revision ? known : this.opening(vendor, row, row.sealed);
      if (typeof account === 'string') problems.set(row.vendor, account);
      else open.set(row.vendor, account);
    }
    // One that cannot be used stops no other.
    for (const [name, problem] of problems) this.log.error(`account ${name} is not used: ${problem}`);
    [this.open, this.problems, this.revision] = [open, problems, revision];
    const { base } = this.live;
    const accounts = Object.fromEntries([...open].map(([name, { limits }]) => [name, limits]));
    const vendors = new Map([
      ...(base.sms?.vendors ?? []),
      ...[...open].map(([name, { own }]) => [name, own] as const),
    ]);
    this.live.use({
      ...base,
      sms: vendors.size > 0 ? { ...base.smsTexts, ...base.sms, vendors } : null,
      limits: { ...base.limits, accounts: { ...base.limits.accounts, ...accounts } },
    });
    await this.channels.replace([...open.values()].map(({ channel }) => channel));
  }

  private opening(vendor: SmsProvider, { revision }: VendorSettingRow, sealed: string): OpenAccount | string {
    const texts = this.opened(vendor.name, sealed);
    if (texts === null) return cannotBeOpened;
    const read = readVendorValues(vendor, texts);
    if ('faults' in read)
      return `保存的设置有误：${read.faults.map(({ key, message }) => `${key} ${message}`).join('')}`;
    try {
      const own = this.ownOf(vendor, read.values);
      const channel = openSmsAccount(vendor, own, this.live.base.smsTexts, () => this.clock.now());
      return { revision, channel, own, limits: vendor.limits(read.values) };
    } catch (error) {
      this.log.error(`account ${vendor.name} cannot be opened: ${(error as Error).name}`);
      return '保存的设置不能使用，请重新填写。';
    }
  }
}
