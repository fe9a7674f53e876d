/** 报备: what a vendor of SMS must have approved before it carries a text, and what it says has become of that. */

export const filingStates = ['filed', 'partly', 'pending', 'rejected', 'expired', 'missing', 'unknown'] as const;
/**
 * `partly`: approved, but not with every carrier; `expired`: withdrawn or no longer valid; `missing`: the vendor knows no such signature or template; `unknown`: a state that the
 * vendor's document did not have.
 */
export type FilingState = (typeof filingStates)[number];

export interface Filing {
  kind: 'sign' | 'template';
  /** What a template is used for, as the settings call it; null for the signature. */
  use: string | null;
  /** The signature itself, or the template's code. */
  code: string;
  state: FilingState;
  /** The vendor's words about a refusal. */
  reason: string | null;
}

/** What a vendor says of what is filed there; it may not have been reached. */
export type FilingsAnswer = { kind: 'known'; filings: readonly Filing[] } | { kind: 'notKnown'; reason: string };

export const filingText: Readonly<Record<FilingState, string>> = {
  filed: '已通过',
  partly: '部分运营商没有报备成功',
  pending: '审核中',
  rejected: '未通过',
  expired: '已失效',
  missing: '没有报备',
  unknown: '状态不明',
};

const uses: Readonly<Record<string, string>> = {
  digest: '公开件通知',
  notice: '内部件通知',
  reminder: '催阅',
  withdrawal: '撤回通知',
  code: '验证码',
  subscriber: '订阅通知',
  decision: '订阅审核结果',
};

/** “签名‘县政府办’”, “催阅模板 SMS_1”. */
export const filingName = ({ kind, use, code }: Filing): string =>
  kind === 'sign' ? `签名“${code}”` : `${uses[use ?? ''] ?? '短信'}模板 ${code}`;

/** What the vendor does not carry, as far as it says so; what is not known refuses nothing. */
export const isUnfit = ({ state }: Filing): boolean =>
  state === 'pending' || state === 'rejected' || state === 'expired' || state === 'missing';

/** What is known of one SMS account, as the office calls it. */
export interface FiledAccount {
  name: string;
  /** Null where nothing is filed, or where it could not be learnt. */
  filings: readonly Filing[] | null;
  /** Why it could not be learnt. */
  problem: string | null;
}

export interface FilingLine {
  severity: 'block' | 'warn';
  text: string;
}

/**
 * What stands in the way of texts of these uses. Where no account may carry the first messages, it would be in vain to begin; where
 * another takes over, or only later messages are concerned, it is worth a word. What is not known refuses nothing.
 *
 * @param accounts in order of preference
 * @param first uses of the messages that go out at once
 * @param later of those that may follow
 */
export function filingLines(
  accounts: readonly FiledAccount[],
  first: readonly string[],
  later: readonly string[],
): FilingLine[] {
  const unfit = ({ filings }: FiledAccount, uses: readonly string[]) =>
    (filings ?? []).filter((filing) => isUnfit(filing) && (filing.use === null || uses.includes(filing.use)));
  const instead = accounts.find((account) => unfit(account, first).length === 0);
  const lines = accounts.flatMap((account): FilingLine[] => [
    ...unfit(account, first).map((filing): FilingLine => {
      const fault = `${account.name}的${faultText(filing)}`;
      if (instead === undefined) return { severity: 'block', text: `${fault}，运营商不会放行短信。` };
      return { severity: 'warn', text: `${fault}，短信将改由${instead.name}发送。` };
    }),
    ...(account.filings ?? [])
      .filter(({ state }) => state === 'partly')
      .map((filing): FilingLine => ({
        severity: 'warn',
        text: `${account.name}的${faultText(filing)}，这些号码可能收不到短信。`,
      })),
    ...unfit(account, later)
      .filter(({ use }) => use !== null && !first.includes(use))
      .map((filing): FilingLine => ({
        severity: 'warn',
        text: `${account.name}的${faultText(filing)}，到时发不出去。`,
      })),
    ...(account.problem === null
      ? []
      : [{ severity: 'warn', text: `未能查询${account.name}的报备状态，不影响签发：${account.problem}` } as const]),
  ]);
  return lines;
}

/** “签名‘县政府办’未通过（资质不符）”. */
const faultText = (filing: Filing): string =>
  `${filingName(filing)}${filingText[filing.state]}${filing.reason ? `（${filing.reason.replace(/。$/, '')}）` : ''}`;
