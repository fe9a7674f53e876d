import type { SendOutcome } from '../../domain/delivery.js';

/** What a mail server answered: `responseCode` is the basic code, `response` the whole reply, enhanced code included. */
export interface SmtpReply {
  responseCode: number;
  response: string;
  /** The command it answered, e.g. `RCPT TO` or `EHLO`. */
  command: string;
}

type Verdict =
  | { kind: 'retry'; class: 'throttled' | 'provider'; reason: string; afterMs?: number; about?: 'recipient' }
  | { kind: 'refused'; class: 'recipient' | 'content' | 'configuration'; reason: string };

interface TextRow {
  text: RegExp;
  /** Basic codes the text counts for. */
  codes: RegExp;
  verdict: Verdict;
}

const minute = 60_000;
const throttled: Verdict = {
  kind: 'retry',
  class: 'throttled',
  reason: '对方邮件系统限制发送频率，稍后自动重试。',
  afterMs: minute,
};
const greylisted: Verdict = {
  kind: 'retry',
  class: 'provider',
  reason: '对方邮件系统要求稍后再投（灰名单），稍后自动重试。',
  afterMs: 5 * minute,
  about: 'recipient',
};
const busy: Verdict = { kind: 'retry', class: 'provider', reason: '对方邮件系统暂时不能收信，稍后自动重试。' };
const mailboxFull: Verdict = {
  kind: 'retry',
  class: 'provider',
  reason: '对方邮箱已满，稍后自动重试；仍不成功请联系本人清理邮箱。',
  afterMs: 30 * minute,
  about: 'recipient',
};
const noSuchUser: Verdict = { kind: 'refused', class: 'recipient', reason: '邮箱地址不存在或已停用，请核对地址。' };
const spam: Verdict = {
  kind: 'refused',
  class: 'content',
  reason: '对方邮件系统判定内容为垃圾邮件，请联系对方管理员。',
};
const tooLarge: Verdict = { kind: 'refused', class: 'content', reason: '邮件超过对方允许的大小，请精简内容。' };
const badContent: Verdict = { kind: 'refused', class: 'content', reason: '对方邮件系统不接受这封邮件的内容或格式。' };
const loginRefused: Verdict = {
  kind: 'refused',
  class: 'configuration',
  reason: '发信账号或密码被拒绝，请检查发信设置。',
};
const senderRefused: Verdict = {
  kind: 'refused',
  class: 'configuration',
  reason: '邮件服务器不接受本单位的发信地址，请检查发信地址与账号。',
};
const sessionRefused: Verdict = {
  kind: 'refused',
  class: 'configuration',
  reason: '邮件服务器拒绝本机的连接或加密方式，请检查发信设置。',
};
const policyRefused: Verdict = {
  kind: 'refused',
  class: 'configuration',
  reason: '对方邮件系统因发信域名、发信 IP 或认证设置拒收，请检查 SPF、DKIM、DMARC 与发信服务器。',
};

/** Read first: providers put what they mean into words and reuse codes freely (QQ Mail answers 550 for frequency). */
const byText: readonly TextRow[] = [
  // Only the answer to a login has these codes, whatever the words.
  { text: /./, codes: /^53[0458]/, verdict: loginRefused },
  { text: /quota|mailbox (is )?full|邮箱已满/i, codes: /^(4|552)/, verdict: mailboxFull },
  { text: /message (size|length)|size limit|too (large|big)/i, codes: /^55[24]/, verdict: tooLarge },
  {
    text: /frequen|rate.?limit|limit.*exceed|exceed.*limit|too many|too fast|频率/i,
    codes: /^[45]/,
    verdict: throttled,
  },
  { text: /\brate\b|\blimit(ed)?\b/i, codes: /^(421|45\d)/, verdict: throttled },
  { text: /mailbox unavailable or access denied/i, codes: /^550/, verdict: throttled },
  { text: /gr[ea]ylist/i, codes: /^4/, verdict: greylisted },
  {
    text: /(user|mailbox|recipient|account|address).*(not found|unknown|not exist|does ?n[o']t exist|invalid|disabled|no such)|(no such|unknown|invalid).*(user|mailbox|recipient|address)|收件人不存在|用户不存在/i,
    codes: /^55[013]/,
    verdict: noSuchUser,
  },
  { text: /spam|DT:SPM|junk|virus|垃圾邮件|病毒/i, codes: /^55/, verdict: spam },
];

/** RFC 3463 codes, read when the text says nothing; the first row that matches counts. */
const byEnhancedCode: readonly (readonly [RegExp, Verdict])[] = [
  [/^4\.2\.2$/, mailboxFull],
  [/^4\.7\.1$/, greylisted],
  [/^4\./, busy],
  [/^5\.1\.([1236]|10)$/, noSuchUser],
  [/^5\.2\.1$/, noSuchUser],
  [/^5\.2\.2$/, mailboxFull],
  [/^5\.(2\.3|3\.4)$/, tooLarge],
  [/^5\.6\./, badContent],
  [/^5\.7\./, policyRefused],
];

/** RFC 5321 codes, the last resort. */
const byBasicCode: Readonly<Record<number, Verdict>> = {
  421: busy,
  450: busy,
  451: greylisted,
  452: busy,
  454: busy,
  503: busy,
  550: noSuchUser,
  551: noSuchUser,
  552: tooLarge,
  553: noSuchUser,
  554: policyRefused,
};

/** The outcome of a message the server answered with a refusal; `code` is the enhanced code where there is one. */
export function smtpOutcome(reply: SmtpReply): SendOutcome {
  const basic = String(reply.responseCode);
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(reply.response)?.[1];
  const verdict =
    byText.find((row) => row.codes.test(basic) && row.text.test(reply.response))?.verdict ??
    byEnhancedCode.find(([code]) => enhanced !== undefined && code.test(enhanced))?.[1] ??
    byBasicCode[reply.responseCode] ??
    (basic.startsWith('4') ? busy : badContent);
  return { ...atCommand(reply.command, verdict), code: enhanced ?? basic };
}

/** The recipient is not to blame for what was refused before the recipient was named, nor the content before the sender was. */
function atCommand(command: string, verdict: Verdict): Verdict {
  // One recipient's system that refuses us must not stop the mail to all others.
  if (verdict === policyRefused && (command === 'RCPT TO' || command === 'DATA'))
    return { kind: 'refused', class: 'content', reason: policyRefused.reason };
  // What is said of one recipient says nothing about the relay.
  if (verdict.kind === 'retry')
    return verdict.class === 'provider' && command === 'RCPT TO' ? { ...verdict, about: 'recipient' } : verdict;
  if (verdict.class === 'configuration') return verdict;
  if (command === 'RCPT TO' || command === 'DATA') return verdict;
  if (command === 'MAIL FROM') return verdict.class === 'recipient' ? senderRefused : verdict;
  return sessionRefused;
}
