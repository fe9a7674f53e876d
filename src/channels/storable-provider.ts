import type { ChannelKind } from '../domain/delivery.js';
import type { Vault } from '../platform/crypto.js';
import type { Settings } from '../settings/settings.js';
import type { SettingsTable, Values } from '../settings/types.js';
import type { Channel } from './channel.js';

/** What an account is opened with. */
export interface Opening {
  account: string;
  /** As the environment gives them. */
  base: Settings;
  /** Whether bounces are looked for in a mailbox, wherever its settings stand. */
  hasMailbox: boolean;
  vault: Vault;
  now: () => Date;
}

/** An account that was opened by what somebody entered. */
export interface OpenedAccount {
  /** Null where nothing is sent over it. */
  channel: Channel | null;
  /** The settings with it; those of the environment stay as they are. */
  use(settings: Settings): Settings;
  /** A harmless call that proves it; a Chinese sentence when something is wrong. */
  check(): Promise<string | null>;
}

/** A provider whose settings can be entered at the console. */
export interface StorableProvider {
  readonly name: string;
  /** As the office calls it. */
  readonly text: string;
  readonly kind: ChannelKind;
  readonly keys: SettingsTable;
  /** The key that switches it on, and those that must then be given too. */
  readonly opens: string;
  readonly needs: readonly string[];
  /** What is asked for, in Chinese and in this order. */
  readonly form: Readonly<Record<string, string>>;
  /** There may be more than one account of it. */
  readonly several: boolean;
  /** The environment has this account. */
  isGiven(account: string, base: Settings): boolean;
  /** What is wrong with values that are right one by one, `KEY：` and a sentence each. */
  faults?(values: Values<SettingsTable>, base: Settings): readonly string[];
  /** @throws Error when it cannot be opened, such as for a signing key that is not there */
  open(values: Values<SettingsTable>, opening: Opening): OpenedAccount;
}
