import type { SendOutcome } from '../../../domain/delivery.js';
import { later, minute, refused, smsOutcome, type SmsVerdict, tooFast, verdicts } from '../sms-verdict.js';
import type { LinkRefusal } from './cmpp-link.js';

const malformed = refused('configuration', '短信网关不认本系统的报文格式，请与运营商核对 CMPP 版本。');
const tooLong = refused('content', '短信超过网关允许的长度，请缩短内容。');

/** Result of a SUBMIT (QB-GF-028-2003, 8.4.3.2). */
const bySubmitResult: ReadonlyMap<number, SmsVerdict> = new Map([
  [1, malformed],
  [2, malformed],
  [3, later('短信网关称报文序号重复，自动换号重试。')],
  [4, tooLong],
  [5, refused('configuration', '短信网关不认资费代码，请与运营商核对。')],
  [6, tooLong],
  [7, refused('configuration', '短信网关不认业务代码，请核对 CMPP_SERVICE_ID。')],
  [8, tooFast('短信网关限制流量，稍后自动重试。', minute)],
  [9, refused('recipient', '本网关不负责该号码所属的网络，请改用其他通道或与运营商确认异网转发。')],
  [10, refused('configuration', '短信网关不认接入号，请核对 CMPP_SRC_ID 与扩展位数。')],
  [11, refused('configuration', '短信网关不认企业代码，请核对 CMPP_SP_ID。')],
  [12, refused('configuration', '短信网关不认计费号码，请与运营商核对。')],
  [13, verdicts.badNumber],
]);

/** Results above 99 are a maker's own: its list must be asked for, and the code is shown as it came. */
export const submitOutcome = (result: number): SendOutcome => smsOutcome(`CMPP:${result}`, bySubmitResult.get(result));

/** Status of a CONNECT (8.4.1.2). */
const byConnectStatus: ReadonlyMap<number, SmsVerdict> = new Map([
  [1, malformed],
  [2, refused('configuration', '短信网关不认企业代码或本机地址，请核对 CMPP_SP_ID 并请运营商登记本机 IP。')],
  [3, refused('configuration', '短信网关登录认证失败，请核对 CMPP_SP_ID、CMPP_SECRET 与服务器时钟。')],
  [4, refused('configuration', '短信网关不支持 CMPP_VERSION 所设的版本，请与运营商核对。')],
  [5, later('短信网关暂时拒绝登录，可能是连接数已满，稍后自动重试。', 5 * minute)],
]);

const networkReasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ECONNREFUSED: '短信网关拒绝连接，请检查地址、端口与防火墙。',
    ENOTFOUND: '找不到短信网关的域名，请检查 CMPP_HOST 与 DNS。',
    EHOSTUNREACH: '短信网关不可达，请检查专线与路由。',
    ENETUNREACH: '短信网关不可达，请检查专线与路由。',
    TIMEOUT: '短信网关没有应答登录，请检查专线与防火墙。',
    BAD_FRAME: '对方不是 CMPP 短信网关，请检查地址与端口。',
  }),
);

/** Nothing has left: no link is open. */
export function refusalOutcome(refusal: LinkRefusal): SendOutcome {
  if (refusal.kind === 'status') return smsOutcome(`CONNECT:${refusal.status}`, byConnectStatus.get(refusal.status));
  const reason = networkReasons.get(refusal.code) ?? '与短信网关的连接断开，正在重新连接。';
  return { kind: 'retry', class: 'network', code: refusal.code, reason };
}
