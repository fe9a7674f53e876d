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
  [/^DELETED/, '短信在运营商处已被删除，未能送达。'],
  [/^UNKNOWN/, '运营商不知道最终结果，未能确认送达。'],
  // The first letter names a station on the way, the second what it did (QB-GF-028-2003, table 1).
  [/^[CDIMS]A:/, '运营商网络没有应答，未能确认送达。'],
  [/^[CDIMS]B:/, '运营商网络拒绝转发。'],
  [/^[CDIMS]C:/, '运营商没有返回最终结果，未能确认送达。'],
];

export function carrierReason(code: string): string {
  return carrierReasons.find(([pattern]) => pattern.test(code))?.[1] ?? `短信未送达（${code}）。`;
}
