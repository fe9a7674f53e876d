/**
 * Followers that misbehave, by the beginning of the openid (alone or followed by a digit, dot or hyphen); they follow whatever the
 * list says, but for `nofollow`:
 *
 * | openid | what happens |
 * |---|---|
 * | `nofollow` | errcode 43004 |
 * | `unknown` | errcode 40003 |
 * | `refused` | errcode 43101, as of somebody who took his consent back |
 * | `busy` | errcode -1 the first time |
 * | `quota` | errcode 45009 |
 * | `drop` | shown, and the link is cut without an answer, the first time |
 * | `slow` | not taken, and no answer until the client gives up |
 * | `block` | taken; the finish event says `failed:user block` |
 * | `sysfail` | taken; `failed: system failed` |
 * | `freq` | taken; `failed:freq limit`, which the vendor's documents do not know |
 * | `intercept` | taken, no event, and listed as intercepted |
 * | `zeroid` | the event has MsgID 0 |
 * | `twice` | the event comes twice |
 */
export const wechatFaults = [
  'nofollow',
  'unknown',
  'refused',
  'busy',
  'quota',
  'drop',
  'slow',
  'block',
  'sysfail',
  'freq',
  'intercept',
  'zeroid',
  'twice',
] as const;
export type WechatFault = (typeof wechatFaults)[number];

export function wechatFaultOf(openid: string): WechatFault | null {
  const word = /^([a-z]+)(?:[\d.-].*)?$/i.exec(openid)?.[1]?.toLowerCase();
  return wechatFaults.find((fault) => fault === word) ?? null;
}

/** What is said at once instead of taking the message; `busy` only the first time. */
export const refusalOf = (fault: WechatFault | null, isFirstTry: boolean): number => {
  const codes: Partial<Record<WechatFault, number>> = { nofollow: 43004, unknown: 40003, refused: 43101, quota: 45009 };
  if (fault === 'busy' && isFirstTry) return -1;
  return (fault && codes[fault]) ?? 0;
};
