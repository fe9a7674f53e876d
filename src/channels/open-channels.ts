import type { Clock } from '../platform/clock.js';
import type { Vault } from '../platform/crypto.js';
import { domainOf, type EmailSettings } from '../settings/email.js';
import type { Settings } from '../settings/settings.js';
import type { SmsSettings, SmsVendorSettings } from '../settings/sms.js';
import type { Channel } from './channel.js';
import { ChannelRegistry } from './channel-registry.js';
import { loadDkimKeys } from './email/dkim-keys.js';
import { EmailChannel } from './email/email-channel.js';
import { timeoutsFor } from './email/mail-transport.js';
import { SmsChannel } from './sms/sms-channel.js';
import type { SmsProvider } from './sms/sms-provider.js';
import { smsProviders } from './sms/sms-providers.js';
import { WecomChannel } from './wecom/wecom-channel.js';

/** Signs envelope senders, so that only addresses we wrote can report on a delivery. */
export const verpSecret = (vault: Vault): string => vault.deriveToken('verp');

/** An account of every provider that the settings configure; of several for one channel the first is tried first. */
export function openChannels(settings: Settings, vault: Vault, clock: Clock): ChannelRegistry {
  const { email, sms, wecom } = settings;
  const now = () => clock.now();
  const channels: Channel[] = [];
  if (email) {
    channels.push(emailChannel('smtp', email, settings, vault, now));
    if (email.second) channels.push(emailChannel('smtp2', { ...email, ...email.second }, settings, vault, now));
  }
  if (sms) channels.push(...smsChannels(sms, now));
  if (wecom) {
    const { base, corpId, secret, agentId, concurrency, callback, oauth } = wecom;
    const button = {
      officeName: settings.officeName,
      seal: (text: string) => vault.seal(text),
      open: (sealed: string) => vault.open(sealed),
    };
    channels.push(
      new WecomChannel({
        ...{ baseUrl: base, corpId, secret, agentId, concurrency },
        ...(callback ? { button } : {}),
        ...(oauth ? { trustedDomain: oauth.domain } : {}),
        now: () => now().getTime(),
      }),
    );
  }
  return new ChannelRegistry(channels);
}

function emailChannel(
  account: string,
  email: EmailSettings,
  { officeName, dataDir }: Settings,
  vault: Vault,
  now: () => Date,
): EmailChannel {
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
    askDeliveryStatus: email.bounce !== null || email.mailbox !== null,
    concurrency: email.connections,
    client: email.client,
    timeouts: timeoutsFor(email.patienceSeconds),
    now,
  });
}

function smsChannels({ vendors, concurrency, reconcileAfterMs }: SmsSettings, now: () => Date): Channel[] {
  return [...vendors].map(([name, own]) => {
    const vendor = smsProviders.find((provider) => provider.name === name)!;
    return openSmsAccount(vendor, own, { concurrency, reconcileAfterMs }, now);
  });
}

export const openSmsAccount = (
  vendor: SmsProvider,
  own: SmsVendorSettings,
  { concurrency, reconcileAfterMs }: Pick<SmsSettings, 'concurrency' | 'reconcileAfterMs'>,
  now: () => Date,
): Channel => new SmsChannel(vendor.open(own, now), { concurrency, reconcileAfterMs });
