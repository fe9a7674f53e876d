import type { SendOutcome } from '../../domain/delivery.js';

type Verdict =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number; about?: 'recipient' }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

const minute = 60_000;

function later(reason: string, afterMs?: number): Verdict {
  return { kind: 'retry', class: 'provider', reason, afterMs };
}

function tooFast(reason: string, afterMs: number): Verdict {
  return { kind: 'retry', class: 'throttled', reason, afterMs };
}

function refused(of: 'recipient' | 'content' | 'configuration', reason: string): Verdict {
  return { kind: 'refused', class: of, reason };
}

const busy = later('短信平台繁忙，稍后自动重试。');
const noMoney = refused('configuration', '短信账户余额不足或已停用，请充值后恢复通道。');
const notSubscribed = refused('configuration', '短信服务尚未开通，请在阿里云控制台开通。');
const badSign = refused('configuration', '短信签名未通过审核、未报备或与账号不符，请检查签名。');
const badTemplate = refused('configuration', '短信模板未通过审核或与账号不符，请检查模板编号。');
const badKey = refused('configuration', '短信接口密钥无效或签名校验失败，请检查 AccessKey。');
const notAllowed = refused('configuration', '短信接口账号没有发送权限，请检查授权与 IP 限制。');
const badNumber = refused('recipient', '手机号码无效，请核对号码。');
const badParams = refused('content', '短信变量与模板不符，请检查模板变量。');
const badContent = refused('content', '短信内容含违规词语或超长，请修改内容。');

/** The provider's word for a refused call -> what it means for the message. Business errors come with HTTP 200. */
const byCode: Readonly<Record<string, Verdict>> = {
  'isp.SYSTEM_ERROR': busy,
  'isv.SYSTEM_ERROR': busy,
  ServiceUnavailable: busy,
  InternalError: busy,
  SignatureNonceUsed: later('短信请求序号重复，自动换号重试。'),
  // A limit on one number must not close the channel for the others.
  'isv.BUSINESS_LIMIT_CONTROL': {
    kind: 'retry',
    class: 'provider',
    reason: '该号码短时间内收到的短信过多，稍后自动重试。',
    afterMs: 60 * minute,
    about: 'recipient',
  },
  'isv.DAY_LIMIT_CONTROL': tooFast('短信账户达到当日发送上限，请在控制台调整或次日重试。', 60 * minute),
  'isv.MONTH_LIMIT_CONTROL': tooFast('短信账户达到当月发送上限，请在控制台调整。', 60 * minute),
  'isv.MOBILE_NUMBER_ILLEGAL': badNumber,
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': refused('recipient', '该号码不是可发送的境内手机号，请核对号码。'),
  'isv.BLACK_KEY_CONTROL_LIMIT': refused('recipient', '该号码在短信平台的黑名单中，请改用其他通道。'),
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
  'isv.PARAM_NOT_SUPPORT_URL': refused('content', '短信变量中不允许出现网址，请检查标题与模板。'),
  'isv.TEMPLATE_MISSING_PARAMETERS': badParams,
  'isv.INVALID_JSON_PARAM': badParams,
  'isv.MOBILE_COUNT_OVER_LIMIT': badParams,
};

/** The outcome of a call the provider answered with anything but OK. An unknown word is tried again, within the deadline. */
export function aliyunOutcome(code: string): SendOutcome {
  const verdict =
    byCode[code] ??
    (code.startsWith('Throttling')
      ? tooFast('短信接口调用过快，稍后自动重试。', minute)
      : later(`短信平台返回未识别的结果（${code}），稍后自动重试。`));
  return { ...verdict, code };
}

/** Carrier words in reports -> a sentence for the office. */
const carrierReasons: readonly (readonly [RegExp, string])[] = [
  [
    /^(MK:0001|DB:0101|MOBILE_NOT_ON_SERVICE|MOBILE_NUMBER_ILLEGAL|isv\.MOBILE_NUMBER_ILLEGAL)/,
    '号码是空号，请核对号码。',
  ],
  [/^(DB:0102|SUSPENDED|MOBILE_IN_ARREARS)/, '号码已停机。'],
  [/^(EXPIRED|MOBILE_SEND_LIMIT|TIMEOUT)/, '手机长时间关机或无信号，未能送达。'],
  [/^(REJECTD?|BLACKLIST|MOBILE_IN_BLACK)/, '运营商拦截或本人拒收。'],
  [/^UNDELIV/, '手机停机、空号或无法接收短信。'],
];

export function carrierReason(code: string): string {
  return carrierReasons.find(([pattern]) => pattern.test(code))?.[1] ?? `短信未送达（${code}）。`;
}
