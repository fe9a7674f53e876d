/**
 * Mailboxes that misbehave, by the beginning of the local part (alone or followed by a digit, dot, plus or hyphen):
 *
 * | local part | what happens |
 * |---|---|
 * | `full` | 452 4.2.2, each time |
 * | `nouser` | 550 5.1.1 |
 * | `grey` | 451 4.7.1 the first time, taken from the second |
 * | `rate` | 550 in words about frequency, as QQ Mail answers |
 * | `late` | taken; a failure notification follows |
 * | `drop` | taken, and the link is cut without an answer, the first time for each Message-ID |
 * | `slow` | not taken, and no answer until the client gives up |
 */
export const smtpFaults = ['full', 'nouser', 'grey', 'rate', 'late', 'drop', 'slow'] as const;
export type SmtpFault = (typeof smtpFaults)[number];

export interface Reply {
  code: number;
  text: string;
}

export function smtpFaultOf(address: string): SmtpFault | null {
  const word = /^([a-z]+)(?:[\d.+-][^@]*)?@/i.exec(address)?.[1]?.toLowerCase();
  return smtpFaults.find((fault) => fault === word) ?? null;
}

/** The refusal a recipient brings when named; `seenBefore` counts earlier tries. */
export function refusalAtRecipient(fault: SmtpFault | null, seenBefore: number): Reply | null {
  if (fault === 'full') return { code: 452, text: '4.2.2 Mailbox full' };
  if (fault === 'nouser') return { code: 550, text: '5.1.1 No such user here' };
  if (fault === 'rate') return { code: 550, text: 'Domain frequency limited' };
  if (fault === 'grey' && seenBefore === 0) return { code: 451, text: '4.7.1 Greylisted, try again later' };
  return null;
}
