import type { SendOutcome } from '../../domain/delivery.js';

type Row =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

function refused(of: 'recipient' | 'content' | 'configuration', reason: string): Row {
  return { kind: 'refused', class: of, reason };
}

const busy: Row = { kind: 'retry', class: 'provider', reason: '企业微信繁忙，稍后自动重试。' };
const tooFast: Row = {
  kind: 'retry',
  class: 'throttled',
  reason: '企业微信限制调用频率，稍后自动重试。',
  afterMs: 60_000,
};
const noMember = refused('recipient', '企业微信中没有该成员或不在应用可见范围内，请核对账号。');
const badSecret = refused(
  'configuration',
  '企业微信的应用密钥不正确，请核对 WECOM_SECRET：在管理后台打开该应用，查看 Secret；重置过的要换成新的。',
);
const staleToken = refused(
  'configuration',
  '企业微信的访问令牌换新后仍被拒绝，请核对 WECOM_SECRET 是否刚被重置、是否有别的系统在用同一应用。',
);
const noRight = refused('configuration', '企业微信应用没有权限，请在管理后台检查应用的权限与可见范围。');
const wrongInterface = refused(
  'configuration',
  '企业微信不允许调用这个接口，请核对 WECOM_SECRET 是自建应用的 Secret，而不是通讯录同步等的。',
);
const wrongAgent = refused(
  'configuration',
  'WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用的，请在管理后台打开该应用，核对 AgentId 与 Secret。',
);
const untrustedIp = (ip: string): string =>
  `本机出口 IP${ip === '' ? '' : `（${ip}）`}不在企业微信可信 IP 名单中，请在管理后台打开该应用，在“企业可信IP”中登记；登记前须先设置可信域名或接收消息。`;
const badContent = refused('content', '企业微信不接受这条消息的内容或格式。');

/** The three answers that say "not processed: the token is stale"; the client asks for a new one and repeats once. */
export const staleTokenCodes: ReadonlySet<number> = new Set([40014, 42001, 41001]);

/**
 * "taskid has existed or empty or exceed max len", said of malformed cards as well: on a first try no proof of anything
 * (developers.weixin.qq.com/community/enterprisewechat/doc/000e8a97798020098fdd7015a51800).
 */
const usedTask = 42014;
export const isUsedTask = (errcode: number): boolean => errcode === usedTask;

/** Codes of self-built apps only; the same numbers mean other things elsewhere in the WeChat family. */
const byCode: Readonly<Record<number, Row>> = {
  [-1]: busy,
  6000: busy,
  45009: tooFast,
  45033: tooFast,
  40003: noMember,
  40031: noMember,
  43004: refused('recipient', '该成员未关注企业微信插件，请本人先扫码关注。'),
  46004: noMember,
  60111: noMember,
  81013: noMember,
  301021: noMember,
  40001: badSecret,
  40013: refused('configuration', '企业微信的企业 ID 不正确，请核对 WECOM_CORP_ID：在管理后台“我的企业”中查看。'),
  40056: refused('configuration', '企业微信应用 ID 不正确，请核对 WECOM_AGENT_ID。'),
  41011: refused('configuration', '未填写企业微信应用 ID，请检查设置。'),
  48002: wrongInterface,
  48004: wrongInterface,
  50001: refused(
    'configuration',
    '链接域名未在企业微信登记为可信域名，请在管理后台打开该应用，在“网页授权及JS-SDK”中登记（含端口）。',
  ),
  50002: noRight,
  50003: refused('configuration', '企业微信应用已停用，请在管理后台启用。'),
  60011: noRight,
  60020: refused('configuration', untrustedIp('')),
  301002: wrongAgent,
  // A fresh token was refused as well.
  40014: staleToken,
  41001: staleToken,
  42001: staleToken,
  40008: badContent,
  40033: badContent,
  40035: badContent,
  40058: badContent,
  [usedTask]: refused('content', '企业微信不接受这张卡片：任务编号已用过，或卡片格式有误。'),
  42017: badContent,
  44004: refused('content', '消息内容为空，请检查模板。'),
  45002: refused('content', '消息内容超过企业微信允许的长度。'),
  85002: refused('content', '消息含企业微信禁用的词语，请修改内容。'),
};

/**
 * The outcome of an answer with a code other than 0. An unknown code is tried again, within the deadline.
 *
 * @param said the vendor's own words; nothing of them is shown but the address that it names
 */
export function wecomOutcome(errcode: number, said = ''): SendOutcome {
  const row = byCode[errcode] ?? {
    kind: 'retry' as const,
    class: 'provider' as const,
    reason: `企业微信返回未识别的结果（${errcode}），稍后自动重试。`,
  };
  const ip = errcode === 60020 ? (/from ip: ([0-9a-f.:]{3,45})/i.exec(said)?.[1] ?? '') : '';
  return { ...row, ...(ip === '' ? {} : { reason: untrustedIp(ip) }), code: String(errcode) };
}
