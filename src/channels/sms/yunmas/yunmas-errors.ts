import type { SendOutcome } from '../../../domain/delivery.js';
import { later, minute, refused, smsOutcome, type SmsVerdict, tooFast, verdicts } from '../sms-verdict.js';

const badKey = refused('configuration', '云MAS 接口账号、企业名称或密钥不对，请按开户资料核对。');
const queueFull = tooFast('云MAS 发送队列已满或超过流量，稍后自动重试。', minute);

/** `rspcod` of a refused call -> what it means for the message. Refusals come with HTTP 200. */
const byCode: ReadonlyMap<string, SmsVerdict> = new Map(
  Object.entries({
    IllegalMac: refused('configuration', '云MAS 签名校验失败，请核对接口密钥。'),
    InvalidUsrOrPwd: badKey,
    NoSignId: verdicts.badSign,
    IllegalSignId: verdicts.badSign,
    NotLoadedSign: verdicts.badSign,
    IllegalIpAddress: refused('configuration', '云MAS 未登记本机的出口地址，请把本机公网 IP 报给客户经理登记。'),
    IllegalUseTemplate: verdicts.badTemplate,
    InvalidMessage: refused('content', '短信内容为空、超长或含违规词语，请修改内容。'),
    TooManyMobiles: refused('content', '一次发送的号码过多，请减小每次发送的号码数。'),
    InvalidMobile: verdicts.badNumber,
    QueueOverLimit: queueFull,
    FlowOverLimit: queueFull,
    RequestTooOften: verdicts.callsTooFast,
    OverDailyMax: tooFast('云MAS 账号达到当日发送上限，请联系客户经理调整或次日重试。', 60 * minute),
    SystemBusy: verdicts.busy,
    InternalError: verdicts.busy,
    TransportError: later('云MAS 内部传输失败，稍后自动重试。'),
  }),
);

/** The outcome of a call that was answered with anything but success. */
export function yunmasOutcome(code: string): SendOutcome {
  // The platform gave up waiting for itself: what it waited for may still happen.
  if (code === 'RequestTimeout') return { kind: 'unknown', code, reason: '云MAS 处理超时，可能已受理。' };
  return smsOutcome(code, byCode.get(code));
}
