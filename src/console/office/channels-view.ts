import type { AccountLook } from '../../channels/account-look.repository.js';
import { accountText } from '../../channels/account-text.js';
import type { CallbackAddress } from '../../channels/callback-addresses.js';
import { accountNotes } from '../../dispatch/send/account-notes.js';
import { chineseDateTime } from '../../domain/calendar.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { type Limit, rateText } from '../../domain/rate.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { type AccountState, type Standing, standingOf } from '../../domain/sending/fail-over.js';
import { filingName, filingText, type FilingState } from '../../domain/sending/filing.js';
import type { StoredAccount } from '../../channels/stored-accounts.js';
import { maskEmail } from '../../domain/people/address.js';
import type { MailboxSettings } from '../../settings/email.js';
import { changedText } from './channel-settings-view.js';
import type { AccountDay, AccountFault } from './account-day.repository.js';

/** All that is known of one provider account. */
export interface KnownAccount {
  account: string;
  /** What the office calls it; null where it calls it nothing. */
  ownName: string | null;
  kind: ChannelKind;
  /** When and by whom it was entered at the console; null where the environment sets it. */
  changed: string | null;
  limits: readonly Limit[];
  state: AccountState & { changedAt?: Date };
  look: AccountLook | null;
  day: AccountDay | null;
  faults: readonly AccountFault[];
  /** Empty for who may not see them: they hold a secret. */
  callbacks: readonly CallbackAddress[];
}

export interface AccountCard {
  account: string;
  name: string;
  kind: string;
  source: string;
  /** Its settings are entered here. */
  ours: boolean;
  limits: string;
  standing: { tone: string; text: string };
  /** Why it does not send, since when, and what takes over. */
  note: string | null;
  mayReopen: boolean;
  stopped: boolean;
  day: string;
  balance: string | null;
  look: { tone: 'good' | 'bad'; text: string } | null;
  filings: readonly { name: string; tone: string; text: string; reason: string | null }[];
  filingsProblem: string | null;
  faults: readonly { when: string; reason: string; code: string | null; times: number }[];
  callbacks: readonly (CallbackAddress & { id: string })[];
}

export const standings: Readonly<Record<Standing, { tone: string; text: string }>> = {
  ready: { tone: 'good', text: '正常' },
  probe: { tone: 'warn', text: '试发中' },
  suspended: { tone: 'warn', text: '暂停' },
  throttled: { tone: 'warn', text: '限速' },
  stopped: { tone: 'bad', text: '已停用' },
};

const filingTones: Readonly<Record<FilingState, string>> = {
  filed: 'good',
  partly: 'warn',
  pending: 'warn',
  rejected: 'bad',
  expired: 'bad',
  missing: 'bad',
  unknown: 'neutral',
};

/** @param accounts of one kind in order of preference */
export function accountCards(accounts: readonly KnownAccount[], now: Date, may: { reopen: boolean }): AccountCard[] {
  return accounts.map((known) => {
    const peers = accounts.filter(({ kind }) => kind === known.kind);
    const standing = standingOf(known.state, now, peers.length === 1);
    const note = accountNotes(peers, now).find(({ account }) => account === known.account);
    return {
      account: known.account,
      name: [accountText(known.account), known.ownName].filter(Boolean).join('：'),
      kind: channelText[known.kind],
      source: known.changed === null ? '环境变量' : `控制台，${known.changed}`,
      ours: known.changed !== null,
      limits: rateText(known.limits),
      standing: standings[standing],
      note: note === undefined ? null : withSince(note.text, note.stopped ? known.state.changedAt : undefined),
      mayReopen: may.reopen && note !== undefined,
      stopped: standing === 'stopped',
      day: dayText(known.day),
      balance: known.look?.balance ?? null,
      look: lookOf(known.look),
      filings: (known.look?.filings ?? []).map((filing) => ({
        name: filingName(filing),
        tone: filingTones[filing.state],
        text: filingText[filing.state],
        reason: filing.reason,
      })),
      filingsProblem: known.look?.filingsProblem ?? null,
      faults: known.faults.map(({ lastAt, reason, code, times }) => ({
        when: chineseDateTime(lastAt),
        reason: reason ?? '服务商没有说明原因。',
        code,
        times,
      })),
      callbacks: known.callbacks.map((callback, at) => ({ ...callback, id: `callback-${known.account}-${at}` })),
    };
  });
}

/** The mailbox that bounces come to, as the page shows it; null where there is none. */
export function mailboxCard(
  mailbox: MailboxSettings | null,
  stored: StoredAccount | undefined,
  look: AccountLook | null,
) {
  if (mailbox === null) return null;
  const ours = stored !== undefined && !stored.fromEnvironment;
  return {
    host: `${mailbox.host}:${mailbox.port}`,
    user: maskEmail(mailbox.user),
    folder: mailbox.folder,
    source: ours ? `控制台，${changedText(stored.row)}` : '环境变量',
    ours,
    look: lookOf(look),
  };
}

/**
 * What could be entered at the console: accounts that are not there yet, those that were entered and cannot be used, and a further one
 * of each provider that has one.
 *
 * @param furtherOf the account under which a further one would be entered
 */
export function offeredAccounts(
  stored: readonly StoredAccount[],
  furtherOf: (provider: StoredAccount['provider']) => string | null,
  inUse: readonly string[],
): { account: string; text: string; problem: string | null }[] {
  const missing = stored
    .filter(({ account, fromEnvironment, row, problem }) =>
      account === 'imap'
        ? !fromEnvironment && (!row?.sealed || problem !== null)
        : !fromEnvironment && !inUse.includes(account),
    )
    .filter(({ account, row, provider }) => account === provider.name || row?.sealed)
    .map(({ account, problem }) => ({ account, text: accountText(account), problem }));
  const further = [...new Set(stored.map(({ provider }) => provider))].flatMap((provider) => {
    const account = furtherOf(provider);
    return account === null || missing.some((one) => one.account === account)
      ? []
      : [{ account, text: `再加一个${provider.text}账号`, problem: null }];
  });
  return [...missing, ...further];
}

const withSince = (text: string, since: Date | undefined): string =>
  since === undefined ? text : `${chineseDateTime(since)}起，${text}`;

function dayText(day: AccountDay | null): string {
  if (day === null) return '今天还没有经这个账号发送。';
  const { accepted, delivered, refused, open } = day;
  const rest = [
    ...(delivered > 0 ? [`其中${delivered}条已报告送达`] : []),
    ...(refused > 0 ? [`被拒${refused}次`] : []),
    ...(open > 0 ? [`待重试或待确认${open}次`] : []),
  ];
  return `服务商已受理${[`${accepted}条`, ...rest].join('，')}。`;
}

function lookOf(look: AccountLook | null): AccountCard['look'] {
  if (look === null) return null;
  const when = chineseDateTime(look.lookedAt);
  return look.problem === null
    ? { tone: 'good', text: `${when}试过，可以使用。` }
    : { tone: 'bad', text: `${when}试过，不能使用：${look.problem}` };
}
