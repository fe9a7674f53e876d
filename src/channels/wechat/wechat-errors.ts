import type { SendOutcome } from '../../domain/delivery.js';

type Row =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

const refused = (of: 'recipient' | 'content' | 'configuration', reason: string): Row => ({
  kind: 'refused',
  class: of,
  reason,
});

const busy: Row = { kind: 'retry', class: 'provider', reason: '微信繁忙，稍后自动重试。' };
const badSecret = refused(
  'configuration',
  '微信服务号的 AppSecret 不正确，请核对 WECHAT_SECRET：在微信开发者平台或公众平台后台查看，重置过的要换成新的。',
);
const staleToken = refused(
  'configuration',
  '微信的访问凭证换新后仍被拒绝，请核对 WECHAT_SECRET 是否刚被重置、是否有别的系统在强制刷新同一服务号的凭证。',
);
const notFollowing = refused('recipient', '该微信没有关注服务号，请本人扫码关注并重新绑定。');
const notWanted = refused('recipient', '本人没有同意接收这个订阅通知，请本人在微信里同意后再发。');
const wrongTemplate = refused(
  'configuration',
  '模板 ID 不可用，请核对 WECHAT_TEMPLATE_ID 是否属于 WECHAT_MESSAGE 所选的一类（模板消息与订阅通知的模板不能混用）；更换或删除过类目的，模板会随之删除，须重新选用。',
);
const noRight = refused(
  'configuration',
  '服务号没有这个接口的权限，请在公众平台后台确认已通过认证并开通了模板消息或订阅通知。',
);
const badField = refused(
  'content',
  '模板字段的内容不符合要求，请核对 WECHAT_TEMPLATE_FIELDS 与后台模板的字段是否一致。',
);
const untrustedIp = (ip: string): string =>
  `本机出口 IP${ip === '' ? '' : `（${ip}）`}不在服务号的 IP 白名单中，请在微信开发者平台的“基础信息—开发密钥”中登记。`;

/** "Not processed: the token is not valid". 40001 is said of a wrong secret as well. */
export const staleTokenCodes: ReadonlySet<number> = new Set([40001, 40014, 42001, 41001]);

/** Codes of official accounts (developers.weixin.qq.com/doc/oplatform/developers/errCode); WeCom's same numbers mean other things. */
const byCode: Readonly<Record<number, Row>> = {
  [-1]: busy,
  61450: busy,
  45009: {
    kind: 'retry',
    class: 'throttled',
    reason: '服务号当日的消息额度已用完，稍后自动重试；可在公众平台后台查看或清零调用次数。',
    afterMs: 30 * 60_000,
  },
  45011: { kind: 'retry', class: 'throttled', reason: '微信限制调用频率，稍后自动重试。', afterMs: 60_000 },
  40003: refused('recipient', '微信不认识这个绑定，请本人重新扫码绑定。'),
  43004: notFollowing,
  43019: refused('recipient', '该微信已被服务号加入黑名单，请在公众平台后台移出。'),
  43101: notWanted,
  46004: refused('recipient', '该微信不存在，请本人重新扫码绑定。'),
  48002: refused('recipient', '本人在微信里关闭了服务号的消息接收，请本人重新打开。'),
  50005: notFollowing,
  40001: staleToken,
  40014: staleToken,
  41001: staleToken,
  42001: staleToken,
  40125: badSecret,
  40243: refused('configuration', '服务号的 AppSecret 已被冻结，请在微信开发者平台解冻。'),
  40013: refused('configuration', '微信服务号的 AppID 不正确，请核对 WECHAT_APP_ID。'),
  40036: wrongTemplate,
  40037: wrongTemplate,
  40164: refused('configuration', untrustedIp('')),
  48001: noRight,
  48004: refused('configuration', '服务号的接口被封禁，请在公众平台后台的通知中心查看原因。'),
  50002: refused('configuration', '服务号的接口受限或账号异常，请在公众平台后台查看通知。'),
  47001: badField,
  47003: badField,
  45002: refused('content', '消息内容超过微信允许的长度。'),
  45005: refused('content', '消息中的链接超过微信允许的长度。'),
};

/**
 * The outcome of an answer with a code other than 0. An unknown code is tried again, within the deadline.
 *
 * @param said the vendor's own words; of them only the address and the field that it names are shown
 */
export function wechatOutcome(errcode: number, said = ''): SendOutcome {
  const row = byCode[errcode] ?? {
    kind: 'retry' as const,
    class: 'provider' as const,
    reason: `微信返回未识别的结果（${errcode}），稍后自动重试。`,
  };
  return { ...row, reason: moreOf(errcode, said) ?? row.reason, code: String(errcode) };
}

function moreOf(errcode: number, said: string): string | null {
  if (errcode === 40164) {
    const ip = /\bip ([0-9a-f.:]{3,45})/i.exec(said)?.[1];
    return ip ? untrustedIp(ip) : null;
  }
  if (errcode === 47003) {
    const field = /data\.([a-z_]{1,20}\d{1,3})\.value/i.exec(said)?.[1];
    return field
      ? `模板字段 ${field} 的内容不符合要求，请核对 WECHAT_TEMPLATE_FIELDS 与后台模板的字段是否一致。`
      : null;
  }
  return null;
}

/** The Chinese sentence of a code. */
export function wechatReason(errcode: number, said = ''): string {
  const outcome = wechatOutcome(errcode, said);
  return 'reason' in outcome ? outcome.reason : '';
}

/** What became of a message that was taken: the words of a finish event. @returns null for success */
export function finishFault(status: string): { code: string; reason: string } | null {
  const word = status
    .trim()
    .toLowerCase()
    .replace(/^failed:?\s*/, '');
  if (word === 'success') return null;
  const code = word === '' ? 'failed' : word.slice(0, 60);
  const known: Readonly<Record<string, string>> = {
    'user block': '本人在微信里拒收服务号的消息。',
    'freq limit': '微信限制了发给本人的频率，没有送到。',
    'system failed': '微信未能送到，原因是微信系统故障。',
  };
  return { code, reason: known[code] ?? '微信报告没有送到。' };
}

/** The platform keeps a template message from its reader without a word (queryblocktmplmsg). */
export const intercepted = {
  code: 'intercepted',
  reason: '微信平台拦截了这条模板消息，本人没有收到。请检查模板的使用场景是否与类目相符，必要时改用长期订阅通知。',
};
