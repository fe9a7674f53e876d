import { accountText } from '../channels/account-text.js';
import type { ChannelRegistry } from '../channels/channel-registry.js';
import { channelText } from '../domain/sending/channel-text.js';

/**
 * Asks each configured account whether it would take messages: connects, logs in, asks what costs nothing. Sends nothing.
 *
 * @param mailbox asks the same of the mailbox that bounces come to
 * @returns 0 where all are well, 1 where one is not
 */
export async function channelsCommand(
  registry: ChannelRegistry,
  say: (line: string) => void,
  mailbox?: () => Promise<string | null>,
): Promise<number> {
  const accounts = registry.accounts();
  if (accounts.length === 0) say('没有启用任何发送通道。请设置SMTP_HOST、短信平台或企业微信，见npm run config。');
  const problems = await Promise.all(accounts.map((account) => registry.account(account)!.check()));
  for (const [place, account] of accounts.entries()) {
    const kind = channelText[registry.account(account)!.kind];
    say(`${kind}（${accountText(account)}）：${problems[place] ?? '正常。'}`);
  }
  if (mailbox) {
    problems.push(await mailbox());
    say(`退信邮箱：${problems.at(-1) ?? '正常。'}`);
  }
  return problems.some((problem) => problem !== null) ? 1 : 0;
}
