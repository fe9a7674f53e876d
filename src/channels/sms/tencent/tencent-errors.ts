import type { SendOutcome } from '../../../domain/delivery.js';
import { minute, numberLimit, refused, smsOutcome, type SmsVerdict, tooFast, verdicts } from '../sms-verdict.js';

/** The first row that matches counts; codes are families with a detail after the dot. */
const byCode: readonly (readonly [RegExp, SmsVerdict])[] = [
  [/^RequestLimitExceeded/, verdicts.callsTooFast],
  [/^LimitExceeded\.AppDailyLimit/, tooFast('短信应用达到当日发送上限，请在控制台调整或次日重试。', 60 * minute)],
  [/^LimitExceeded\.(PhoneNumberThirtySecondLimit|DeliveryFrequencyLimit)/, numberLimit(minute)],
  [/^LimitExceeded\.PhoneNumber/, numberLimit(60 * minute)],
  [/^FailedOperation\.MarketingSendTimeConstraint/, tooFast('短信平台此时段不发送，稍后自动重试。', 60 * minute)],
  [/^InvalidParameterValue\.IncorrectPhoneNumber/, verdicts.badNumber],
  [/^FailedOperation\.PhoneNumberInBlacklist/, verdicts.blacklisted],
  [/^AuthFailure/, refused('configuration', '短信接口密钥无效或签名校验失败，请检查 SecretId 与服务器时钟。')],
  [/^FailedOperation\.SignatureIncorrectOrUnapproved/, verdicts.badSign],
  [/^FailedOperation\.TemplateIncorrectOrUnapproved/, verdicts.badTemplate],
  [/^FailedOperation\.InsufficientBalance/, refused('configuration', '短信套餐余量不足，请充值后恢复通道。')],
  [/^UnauthorizedOperation/, verdicts.notAllowed],
  [/^InvalidParameterValue\.SdkAppIdNotExist/, refused('configuration', '短信应用编号不存在，请检查 SdkAppId。')],
  [/^FailedOperation\.ContainSensitiveWord/, refused('content', '短信内容含违规词语，请修改内容。')],
  [/^InvalidParameterValue\.ProhibitedUseUrlInTemplateParameter/, verdicts.urlInParams],
  [
    /^InvalidParameterValue\.(ContentLengthLimit|TemplateParameterLengthLimit)/,
    refused('content', '短信或变量超过允许的长度，请缩短标题。'),
  ],
  [/^(InvalidParameterValue\.TemplateParameter|FailedOperation\.TemplateParam)/, verdicts.badParams],
  [/^(InternalError|FailedOperation\.FailResolvePacket)/, verdicts.busy],
];

/** What such an answer means to whoever asked something else than to send. */
export function tencentReason(code: string): string {
  const outcome = tencentOutcome(code);
  return 'reason' in outcome ? outcome.reason : `短信平台拒绝查询（${code}）。`;
}

/** The outcome of a message the provider answered with anything but Ok. */
export function tencentOutcome(code: string): SendOutcome {
  return smsOutcome(code, byCode.find(([pattern]) => pattern.test(code))?.[1]);
}
