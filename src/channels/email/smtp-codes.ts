import type { Matter } from './smtp-matters.js';

/**
 * Enhanced status codes without their first digit: RFC 3463 and the IANA registry "SMTP Enhanced Status Codes"; those above
 * x.x.100 are Exchange Online's. The first row that matches counts.
 */
const byEnhancedCode: readonly (readonly [RegExp, Matter | { permanent: Matter; temporary: Matter }])[] = [
  [/^1\.(1|2|3|6|10)$/, { permanent: 'noMailbox', temporary: 'mailboxBusy' }],
  [/^1\.[78]$/, 'sender'],
  [/^1\.90$/, 'quota'],
  [/^1\./, { permanent: 'unclear', temporary: 'mailboxBusy' }],
  [/^2\.1$/, { permanent: 'noMailbox', temporary: 'mailboxBusy' }],
  [/^2\.2$/, 'mailboxFull'],
  [/^2\.3$/, 'tooLarge'],
  [/^2\.12[12]$/, 'mailboxRate'],
  [/^2\./, 'mailboxBusy'],
  [/^3\.4$/, 'tooLarge'],
  [/^3\./, { permanent: 'unclear', temporary: 'system' }],
  [/^4\.(6|14)$/, 'loop'],
  [/^4\./, { permanent: 'unreachable', temporary: 'system' }],
  [/^5\.3$/, 'rate'],
  [/^5\.6$/, 'badMessage'],
  [/^5\./, { permanent: 'unclear', temporary: 'system' }],
  [/^6\./, 'badMessage'],
  [/^7\.(54|64)$/, 'relay'],
  [/^7\.57$/, 'loginNeeded'],
  [/^7\.(8|9|11|14|139)$/, 'login'],
  // After a login it is our account (RFC 5248); Exchange says it of a mailbox whose user is disabled.
  [/^7\.13$/, 'noMailbox'],
  // RFC 7293: the mailbox, or the domain, belongs to somebody else now.
  [/^7\.1[78]$/, 'noMailbox'],
  [/^7\.(10|30)$/, 'session'],
  [/^7\.(27|60|750)$/, 'sender'],
  [/^7\.(2|12|124|13[3-6])$/, 'mailboxRule'],
  [/^7\.28$/, 'rate'],
  [/^7\.705$/, 'quota'],
  [/^7\.16$/, 'tooLarge'],
  [/^7\.1$/, { permanent: 'ourAddress', temporary: 'greylisting' }],
  [/^7\.0$/, { permanent: 'ourAddress', temporary: 'system' }],
  [/^7\./, 'ourAddress'],
];

/** Basic codes, RFC 5321, 4954 and 7504, the last resort. None of them alone proves that a mailbox is not there. */
const byBasicCode: Readonly<Record<string, Matter>> = {
  421: 'system',
  432: 'login',
  450: 'mailboxBusy',
  451: 'greylisting',
  503: 'system',
  // A host, or a domain, that takes no mail at all.
  521: 'unreachable',
  530: 'loginNeeded',
  534: 'login',
  535: 'login',
  538: 'login',
  556: 'noMailbox',
};

/** The matter by codes alone. `enhanced` is the code without its first digit, e.g. `1.1`, or empty. */
export function matterByCode(basic: string, enhanced: string, command: string, temporary: boolean): Matter {
  if (/^53[0458]$/.test(basic)) return byBasicCode[basic]!;
  const row = byEnhancedCode.find(([code]) => code.test(enhanced))?.[1];
  if (row !== undefined) return typeof row === 'string' ? row : temporary ? row.temporary : row.permanent;
  // 552 is "storage" at RCPT and, with the message at hand, its size (RFC 5321, 4.2.2 and RFC 1870).
  if (basic === '552') return command === 'RCPT TO' ? 'mailboxFull' : 'tooLarge';
  if (basic === '451' && command !== 'RCPT TO' && command !== 'DATA') return 'system';
  return byBasicCode[basic] ?? (temporary ? 'system' : 'unclear');
}
