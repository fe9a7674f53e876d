import { Logger } from '@nestjs/common';
import { providerOf } from '../domain/sending/account-name.js';
import type { Clock } from '../platform/clock.js';
import type { Vault } from '../platform/crypto.js';
import { domainOf, type EmailSettings } from '../settings/email.js';
import type { Settings } from '../settings/settings.js';
import type { SmsSettings, SmsVendorSettings } from '../settings/sms.js';
import type { WechatSettings } from '../settings/wechat.js';
import type { WecomSettings } from '../settings/wecom.js';
import type { Channel } from './channel.js';
import { ChannelRegistry } from './channel-registry.js';
import { loadDkimKeys } from './email/dkim-keys.js';
import { EmailChannel } from './email/email-channel.js';
import { timeoutsFor } from './email/mail-transport.js';
import { SmsChannel } from './sms/sms-channel.js';
import type { SmsProvider } from './sms/sms-provider.js';
import { smsProviders } from './sms/sms-providers.js';
import { timersOf } from './sms/timers.js';
import { WechatChannel } from './wechat/wechat-channel.js';
import { WecomChannel } from './wecom/wecom-channel.js';

/** Signs envelope senders, so that only addresses we wrote can report on a delivery. */
export const verpSecret = (vault: Vault): string => vault.deriveToken('verp');

/** An account of every provider that the settings configure; of several for one channel the first is tried first. */
export function openChannels(settings: Settings, vault: Vault, clock: Clock): ChannelRegistry {
  const { email, sms, wecom } = settings;
  const now = () => clock.now();
  const channels: Channel[] = [];
  if (email) {
    const office = { ...settings, hasMailbox: email.mailbox !== null };
    channels.push(openEmailAccount('smtp', email, office, vault, now));
    if (email.second) channels.push(openEmailAccount('smtp2', { ...email, ...email.second }, office, vault, now));
  }
  if (sms) channels.push(...smsChannels(sms, now));
  if (wecom) channels.push(openWecomAccount(wecom, settings.officeName, vault, now));
  if (settings.wechat) channels.push(wechatChannel(settings.wechat, now));
  return new ChannelRegistry(channels);
}

export function openWecomAccount(
  { base, corpId, secret, agentId, concurrency, callback, oauth }: WecomSettings,
  officeName: string,
  vault: Vault,
  now: () => Date,
): Channel {
  const button = {
    officeName,
    seal: (text: string) => vault.seal(text),
    open: (sealed: string) => vault.open(sealed),
  };
  return new WecomChannel({
    ...{ baseUrl: base, corpId, secret, agentId, concurrency },
    ...(callback ? { button } : {}),
    ...(oauth ? { trustedDomain: oauth.domain } : {}),
    now: () => now().getTime(),
  });
}

/** @throws Error when a signing key is not there */
export function openEmailAccount(
  account: string,
  email: EmailSettings,
  { officeName, dataDir, hasMailbox }: Pick<Settings, 'officeName' | 'dataDir'> & { hasMailbox: boolean },
  vault: Vault,
  now: () => Date,
): Channel {
  return new EmailChannel({
    account,
    host: email.host,
    port: email.port,
    encryption: email.encryption,
    login: email.user ? { user: email.user, password: email.password ?? '' } : undefined,
    ca: email.ca ?? undefined,
    from: { name: officeName, address: email.from },
    replyTo: email.replyTo ?? undefined,
    list: { name: officeName, id: `kuaibao.${domainOf(email.from)}` },
    dkim: loadDkimKeys(dataDir, domainOf(email.from), email.dkimSelectors),
    ...(email.bounce ? { bounce: { domain: email.bounce.domain, secret: verpSecret(vault) } } : {}),
    askDeliveryStatus: email.bounce !== null || hasMailbox,
    concurrency: email.connections,
    client: email.client,
    timeouts: timeoutsFor(email.patienceSeconds),
    now,
  });
}

/** How often it is asked what the platform kept from its readers. */
const interceptionsEveryMs = 10 * 60_000;

function wechatChannel(wechat: WechatSettings, now: () => Date): Channel {
  const { base: baseUrl, appId, secret, message, templateId, fields, concurrency } = wechat;
  const log = new Logger('WeChat');
  return new WechatChannel({
    ...{ baseUrl, appId, secret, message, templateId, fields, concurrency },
    now: () => now().getTime(),
    polls: { timers: timersOf(now), everyMs: interceptionsEveryMs, warn: (what) => log.warn(what) },
  });
}

function smsChannels({ vendors, concurrency, reconcileAfterMs }: SmsSettings, now: () => Date): Channel[] {
  return [...vendors].map(([account, own]) => {
    const vendor = smsProviders.find(({ name }) => name === providerOf(account))!;
    return openSmsAccount(account, vendor, own, { concurrency, reconcileAfterMs }, now);
  });
}

export const openSmsAccount = (
  account: string,
  vendor: SmsProvider,
  own: SmsVendorSettings,
  { concurrency, reconcileAfterMs }: Pick<SmsSettings, 'concurrency' | 'reconcileAfterMs'>,
  now: () => Date,
): Channel => new SmsChannel(vendor.open(own, now), { account, filed: own, concurrency, reconcileAfterMs });
