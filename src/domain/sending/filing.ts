/** 报备: what a vendor of SMS must have approved before it carries a text, and what it says has become of that. */

export const filingStates = ['filed', 'pending', 'rejected', 'expired', 'missing', 'unknown'] as const;
/**
 * `expired`: withdrawn or no longer valid; `missing`: the vendor knows no such signature or template; `unknown`: a state that the
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
