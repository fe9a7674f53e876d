import type { SendOutcome } from '../../domain/delivery.js';

type Verdict =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number; about?: 'recipient' }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

const minute = 60_000;

function refused(of: 'recipient' | 'content' | 'configuration', reason: string): Verdict {
  return { kind: 'refused', class: of, reason };
}

function numberLimit(afterMs: number): Verdict {
  return {
    kind: 'retry',
    class: 'provider',
    reason: '该号码短时间内收到的短信过多，稍后自动重试。',
    afterMs,
    about: 'recipient',
  };
}

function tooFast(reason: string, afterMs: number): Verdict {
  return { kind: 'retry', class: 'throttled', reason, afterMs };
}

/** The first row that matches counts; codes are families with a detail after the dot. */
const byCode: readonly (readonly [RegExp, Verdict])[] = [
  [/^RequestLimitExceeded/, tooFast('短信接口调用过快，稍后自动重试。', minute)],
  [/^LimitExceeded\.AppDailyLimit/, tooFast('短信应用达到当日发送上限，请在控制台调整或次日重试。', 60 * minute)],
  [/^LimitExceeded\.(PhoneNumberThirtySecondLimit|DeliveryFrequencyLimit)/, numberLimit(minute)],
  [/^LimitExceeded\.PhoneNumber/, numberLimit(60 * minute)],
  [/^FailedOperation\.MarketingSendTimeConstraint/, tooFast('短信平台此时段不发送，稍后自动重试。', 60 * minute)],
  [/^InvalidParameterValue\.IncorrectPhoneNumber/, refused('recipient', '手机号码无效，请核对号码。')],
  [/^FailedOperation\.PhoneNumberInBlacklist/, refused('recipient', '该号码在短信平台的黑名单中，请改用其他通道。')],
  [/^AuthFailure/, refused('configuration', '短信接口密钥无效或签名校验失败，请检查 SecretId 与服务器时钟。')],
  [
    /^FailedOperation\.SignatureIncorrectOrUnapproved/,
    refused('configuration', '短信签名未通过审核、未报备或与账号不符，请检查签名。'),
  ],
  [
    /^FailedOperation\.TemplateIncorrectOrUnapproved/,
    refused('configuration', '短信模板未通过审核或与账号不符，请检查模板编号。'),
  ],
  [/^FailedOperation\.InsufficientBalance/, refused('configuration', '短信套餐余量不足，请充值后恢复通道。')],
  [/^UnauthorizedOperation/, refused('configuration', '短信接口账号没有发送权限，请检查授权与 IP 限制。')],
  [/^InvalidParameterValue\.SdkAppIdNotExist/, refused('configuration', '短信应用编号不存在，请检查 SdkAppId。')],
  [/^FailedOperation\.ContainSensitiveWord/, refused('content', '短信内容含违规词语，请修改内容。')],
  [
    /^InvalidParameterValue\.ProhibitedUseUrlInTemplateParameter/,
    refused('content', '短信变量中不允许出现网址，请检查标题与模板。'),
  ],
  [
    /^InvalidParameterValue\.(ContentLengthLimit|TemplateParameterLengthLimit)/,
    refused('content', '短信或变量超过允许的长度，请缩短标题。'),
  ],
  [
    /^(InvalidParameterValue\.TemplateParameter|FailedOperation\.TemplateParam)/,
    refused('content', '短信变量与模板不符，请检查模板变量。'),
  ],
  [
    /^(InternalError|FailedOperation\.FailResolvePacket)/,
    { kind: 'retry', class: 'provider', reason: '短信平台繁忙，稍后自动重试。' },
  ],
];

/** The outcome of a message the provider answered with anything but Ok. An unknown word is tried again, within the deadline. */
export function tencentOutcome(code: string): SendOutcome {
  const verdict: Verdict = byCode.find(([pattern]) => pattern.test(code))?.[1] ?? {
    kind: 'retry',
    class: 'provider',
    reason: `短信平台返回未识别的结果（${code}），稍后自动重试。`,
  };
  return { ...verdict, code };
}
