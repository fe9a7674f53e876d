import { Injectable } from '@nestjs/common';
import { accountText } from '../../channels/account-text.js';
import { AccountLooks } from '../../channels/account-looks.js';
import { ChannelRegistry } from '../../channels/channel-registry.js';
import { mayCarryAtMost, type SecrecyLevel } from '../../domain/issue/secrecy.js';
import { type FiledAccount, type FilingLine, filingLines } from '../../domain/sending/filing.js';

const wayOut =
  '请在服务商的管理后台补办报备，或请系统管理员改用已报备的签名和模板；办好后请系统管理员在“通道”页试一下这个通道。';

/** Whether the SMS accounts may carry what an issue would send: as their vendors say, where they can be asked. */
@Injectable()
export class FiledTexts {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly looks: AccountLooks,
  ) {}

  async lines(level: SecrecyLevel): Promise<(FilingLine & { fix: string | null; href: string })[]> {
    const carry = mayCarryAtMost(level, 'sms');
    if (carry === 'nothing') return [];
    const accounts = await Promise.all(
      this.channels.accountsOf('sms').map(async (channel): Promise<FiledAccount> => {
        const name = accountText(channel.account);
        if (!channel.filings) return { name, filings: null, problem: null };
        const look = await this.looks.recent(channel);
        if (look === null) return { name, filings: null, problem: '服务商没有及时应答。' };
        return { name, filings: look.filings, problem: look.filingsProblem };
      }),
    );
    return filingLines(accounts, [carry], ['subscriber', 'reminder', 'withdrawal']).map(({ severity, text }) => ({
      severity,
      text,
      fix: text.startsWith('未能查询') ? null : wayOut,
      href: '/channels',
    }));
  }
}
