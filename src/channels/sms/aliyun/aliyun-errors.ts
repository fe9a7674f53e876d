import type { SendOutcome } from '../../../domain/delivery.js';
import { later, minute, numberLimit, refused, smsOutcome, type SmsVerdict, tooFast, verdicts } from '../sms-verdict.js';

const { busy, badSign, badTemplate, badNumber, badParams, notAllowed } = verdicts;
const noMoney = refused('configuration', '短信账户余额不足或已停用，请充值后恢复通道。');
const notSubscribed = refused('configuration', '短信服务尚未开通，请在阿里云控制台开通。');
const badKey = refused('configuration', '短信接口密钥无效或签名校验失败，请检查 AccessKey。');
const badContent = refused('content', '短信内容含违规词语或超长，请修改内容。');

/** The provider's word for a refused call -> what it means for the message. Business errors come with HTTP 200. */
const byCode: Readonly<Record<string, SmsVerdict>> = {
  'isp.SYSTEM_ERROR': busy,
  'isv.SYSTEM_ERROR': busy,
  ServiceUnavailable: busy,
  InternalError: busy,
  SignatureNonceUsed: later('短信请求序号重复，自动换号重试。'),
  'isv.BUSINESS_LIMIT_CONTROL': numberLimit(60 * minute),
  'isv.DAY_LIMIT_CONTROL': tooFast('短信账户达到当日发送上限，请在控制台调整或次日重试。', 60 * minute),
  'isv.MONTH_LIMIT_CONTROL': tooFast('短信账户达到当月发送上限，请在控制台调整。', 60 * minute),
  'isv.MOBILE_NUMBER_ILLEGAL': badNumber,
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': refused('recipient', '该号码不是可发送的境内手机号，请核对号码。'),
  'isv.BLACK_KEY_CONTROL_LIMIT': verdicts.blacklisted,
  'isv.AMOUNT_NOT_ENOUGH': noMoney,
  'isv.OUT_OF_SERVICE': noMoney,
  'isv.ACCOUNT_NOT_EXISTS': badKey,
  'isv.ACCOUNT_ABNORMAL': noMoney,
  'isv.PRODUCT_UN_SUBSCRIPT': notSubscribed,
  'isv.PRODUCT_UNSUBSCRIBE': notSubscribed,
  'isv.SMS_SIGNATURE_ILLEGAL': badSign,
  'isv.SIGN_STATE_ILLEGAL': badSign,
  'isv.SMS_SIGN_ILLEGAL': badSign,
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': badSign,
  'isv.SMS_TEMPLATE_ILLEGAL': badTemplate,
  'isv.EXTEND_CODE_ERROR': refused('configuration', '短信扩展码设置有误，请检查配置。'),
  'isv.DENY_IP_RANGE': notAllowed,
  'isp.RAM_PERMISSION_DENY': notAllowed,
  SignatureDoesNotMatch: badKey,
  'InvalidAccessKeyId.NotFound': badKey,
  'InvalidAccessKeyId.Inactive': badKey,
  'InvalidTimeStamp.Expired': refused('configuration', '本机时间与标准时间相差过大，请校准服务器时钟。'),
  'isv.SMS_CONTENT_ILLEGAL': badContent,
  'isv.PARAM_LENGTH_LIMIT': refused('content', '短信变量超过允许的长度，请缩短标题。'),
  'isv.PARAM_NOT_SUPPORT_URL': verdicts.urlInParams,
  'isv.TEMPLATE_MISSING_PARAMETERS': badParams,
  'isv.INVALID_JSON_PARAM': badParams,
  'isv.MOBILE_COUNT_OVER_LIMIT': badParams,
};

/** What such an answer means to whoever asked something else than to send. */
export function aliyunReason(code: string): string {
  const outcome = aliyunOutcome(code);
  return 'reason' in outcome ? outcome.reason : `短信平台拒绝查询（${code}）。`;
}

/** The outcome of a call the provider answered with anything but OK. */
export function aliyunOutcome(code: string): SendOutcome {
  return smsOutcome(code, byCode[code] ?? (code.startsWith('Throttling') ? verdicts.callsTooFast : undefined));
}
