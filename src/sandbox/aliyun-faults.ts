/**
 * Numbers that misbehave, by their last four digits:
 *
 * | ending | what happens |
 * |---|---|
 * | 9901 | isv.MOBILE_NUMBER_ILLEGAL |
 * | 9902 | isv.BUSINESS_LIMIT_CONTROL |
 * | 9903 | isp.SYSTEM_ERROR the first time for each OutId |
 * | 9904 | taken, and the link is cut without an answer, the first time for each OutId |
 * | 9905 | not taken, and no answer until the client gives up |
 * | 9906 | taken, reported failed (UNDELIV) |
 * | 9907 | taken, never reported |
 * | 9908 | taken, reported twice |
 * | 9909 | Throttling.User |
 */
export const aliyunFaults = {
  9901: 'badNumber',
  9902: 'numberLimit',
  9903: 'busyOnce',
  9904: 'cutAfterTaking',
  9905: 'silent',
  9906: 'undelivered',
  9907: 'neverReported',
  9908: 'reportedTwice',
  9909: 'throttled',
} as const;
export type AliyunFault = (typeof aliyunFaults)[keyof typeof aliyunFaults];

export function aliyunFaultOf(number: string): AliyunFault | null {
  const ending = number.slice(-4);
  return (aliyunFaults as Readonly<Record<string, AliyunFault>>)[ending] ?? null;
}

/** Faults that refuse at once, as the provider's code. */
export function refusalFor(fault: AliyunFault | null, isFirstTry: boolean): string | null {
  if (fault === 'badNumber') return 'isv.MOBILE_NUMBER_ILLEGAL';
  if (fault === 'numberLimit') return 'isv.BUSINESS_LIMIT_CONTROL';
  if (fault === 'busyOnce' && isFirstTry) return 'isp.SYSTEM_ERROR';
  if (fault === 'throttled') return 'Throttling.User';
  return null;
}
