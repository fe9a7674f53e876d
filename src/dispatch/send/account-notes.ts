import { accountText } from '../../channels/account-text.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { type AccountState, standingOf, usableAccounts } from '../../domain/sending/fail-over.js';

/** Why an account is not in use, in words for the office. */
export interface AccountNote {
  account: string;
  text: string;
  /** Only a person can reopen it; the others come back by themselves, or at once when a person says so. */
  stopped: boolean;
}

/** One note for each account of a channel that is not well, in order of preference. */
export function accountNotes(accounts: readonly { account: string; state: AccountState }[], now: Date): AccountNote[] {
  const alone = accounts.length === 1;
  const inUse = usableAccounts(accounts, now).usable.find(({ probe }) => !probe)?.account;
  const instead = inUse === undefined ? '' : `现由${accountText(inUse)}发送。`;
  return accounts.flatMap(({ account, state }) => {
    const standing = standingOf(state, now, alone);
    if (standing === 'ready') return [];
    return [
      { account, text: `${accountText(account)}${words(standing, state)}${instead}`, stopped: standing === 'stopped' },
    ];
  });
}

function words(standing: 'probe' | 'suspended' | 'throttled' | 'stopped', state: AccountState): string {
  const why = state.reason ? `：${state.reason.replace(/。$/, '')}。` : '。';
  switch (standing) {
    case 'stopped':
      return `已停用${why}请改正设置后重新启用。`;
    case 'throttled':
      return `限速，${chineseDateTime(state.closedUntil!)}后自动继续${why}`;
    case 'suspended':
      return `连续发送失败，暂停使用，${chineseDateTime(state.suspendedUntil!)}后先试发几条，正常即恢复${why}`;
    case 'probe':
      return `连续发送失败后正在试发，正常即恢复${why}`;
  }
}
