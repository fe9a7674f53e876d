import type { SendOutcome } from '../../domain/delivery.js';
import { matterByCode } from './smtp-codes.js';
import { type Consequence, type Matter, matterAt, matterElsewhere, matters } from './smtp-matters.js';
import { wordRows } from './smtp-words.js';

/** What a mail server answered: `responseCode` is the basic code, `response` the whole reply, enhanced code included. */
export interface SmtpReply {
  responseCode: number;
  response: string;
  /** The command it answered, e.g. `RCPT TO` or `EHLO`. */
  command: string;
}

const minute = 60_000;

/** The outcome of a message the server answered with a refusal; `code` is the enhanced code where there is one. */
export function smtpOutcome(reply: SmtpReply): SendOutcome {
  const { matter, temporary, code } = readReply(reply);
  const { afterMinutes, refusedAs, ofRecipient, perhapsOfUs, ...row } = matters[matter];
  const consequence = temporary ? row.temporary : row.permanent;
  const reason = reasonFor(matter, consequence);
  const after = afterMinutes === undefined ? {} : { afterMs: afterMinutes * minute };
  switch (consequence) {
    case 'stop':
      return { kind: 'refused', class: 'configuration', code, reason };
    case 'refuse':
      return { kind: 'refused', class: refusedAs ?? 'provider', code, reason, perhapsOfUs: perhapsOfUs || undefined };
    case 'pause':
      return { kind: 'retry', class: 'throttled', code, reason, ...after };
    case 'later': {
      // A server that is busy while it looks at one recipient, and does not close, is well otherwise.
      const ofOne =
        ofRecipient ?? (reply.command === 'RCPT TO' && reply.responseCode !== 421 && matter !== 'ourAddress');
      return { kind: 'retry', class: 'provider', code, reason, ...after, about: ofOne ? 'recipient' : undefined };
    }
  }
}

/** What a notification says of a message that another system gave up. */
export interface BounceReading {
  code: string;
  /** A Chinese sentence. */
  reason: string;
  /** The mailbox is not there, or will never take mail again. */
  addressDead: boolean;
}

/**
 * Reads what a notification of failure quotes.
 *
 * @param status the RFC 3463 code of the notification, `5.0.0` where it gives none
 * @param diagnostic the words of the server that refused, e.g. `smtp; 550 5.1.1 User unknown`; empty where there are none
 */
export function readBounce(status: string, diagnostic = ''): BounceReading {
  const said = diagnostic.slice(0, 2000).replace(/^\s*[\w-]+\s*;\s*/, '');
  const [, quoted, quotedDetail] =
    /(?<![\d.:/-])([45]\d\d)(?:[\s#(:-]{1,3}([45]\.\d{1,3}\.\d{1,3})(?![\d.])|(?=[\s:;,)-]|$))/.exec(said) ?? [];
  const detail = quotedDetail ?? /^[\s#(]*([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(said)?.[1];
  // `x.0.0` says nothing; what the refusing server said does.
  const enhanced = /^[45]\.0\.0$/.test(status) ? (detail ?? (quoted ? undefined : status)) : status;
  const basic = quoted ?? (enhanced?.startsWith('4') ? '450' : '550');
  const { temporary, code, ...read } = readReply({
    responseCode: Number(basic),
    response: `${basic} ${enhanced ?? ''} ${said.replace(/^[45]\d\d[\s-]+/, '')}`,
    command: 'RCPT TO',
  });
  const matter = matterElsewhere(read.matter);
  const { mailboxDead = false, ofRecipient = false } = matters[matter];
  return {
    code: enhanced ?? code,
    reason: bounceReason(matter, temporary && !(ofRecipient && matter !== 'mailboxBusy')),
    addressDead: mailboxDead && !temporary,
  };
}

/** What was tried for days and given up has its reason in the time, unless the refusal says more. */
function bounceReason(matter: Matter, passing: boolean): string {
  if (passing || matter === 'system') return '对方邮件系统多次未能收下，已放弃投递。';
  return matter === 'unclear' ? '邮件被退回，请核对地址或联系本人。' : reasonFor(matter, 'refuse');
}

function reasonFor(matter: Matter, consequence: Consequence): string {
  const { fact, advice } = matters[matter];
  if (consequence === 'pause') return `${fact}，稍后自动继续。`;
  if (consequence === 'later') return `${fact}，稍后自动重试${advice ? `；仍不成功，${advice}` : '。'}`;
  return advice ? `${fact}，${advice}` : `${fact}。`;
}

/** Words first, then the enhanced code, then the basic one; where none says whose matter it is, the command does. */
function readReply({ responseCode, response, command }: SmtpReply): {
  matter: Matter;
  temporary: boolean;
  code: string;
} {
  const basic = String(responseCode);
  const enhanced = /^\d{3}[ -]\s*#?([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const passes = basic.startsWith('4') || enhanced?.startsWith('4') === true;
  const text = textOf(response);
  const digit = passes ? '4' : '5';
  const detail = enhanced?.slice(2) ?? '';
  const row = wordRows.find(
    ({ words, whole, at, only, code, unless }) =>
      (only === undefined || only === digit) &&
      (code === undefined || code.test(detail)) &&
      !unless?.test(detail) &&
      (at === undefined || at.includes(command)) &&
      words.test(whole ? text.whole : text.words),
  );
  // Only the answer to a login has these codes, whoever the words speak of.
  const spoken = /^53[0458]$/.test(basic) && row?.matter !== 'session' ? undefined : row?.matter;
  const named = spoken ?? matterByCode(basic, detail, command, passes);
  const temporary = passes && row?.lasting !== true;
  return { matter: matterAt(command, named, temporary), temporary, code: enhanced ?? basic };
}

/** A reply in lower case without its codes; `words` also without addresses, links and host names, which may hold any word. */
function textOf(response: string): { whole: string; words: string } {
  const whole = response
    .slice(0, 2000)
    .toLowerCase()
    .replace(/(^|\n)\d{3}[ -]/g, '$1')
    .replace(/(^|[\s(#])[245]\.\d{1,3}\.\d{1,3}(?=[\s):;,]|$)/g, '$1')
    .replace(/[^\s@<>"'（）：:，,;]+@[^\s@<>"'（）：，,;]+/g, '<>')
    // Of a link only the host says who speaks; help pages are called anything.
    .replace(/https?:\/\/([^\s/]+)\S*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const words = whole.replace(
    /\b(?:[a-z0-9_-]+\.)+(?:com|cn|net|org|gov|edu|mil|info|io|hk|tw|local|lan|test|example|invalid|internal|co|uk|de)\b\.?/g,
    '',
  );
  return { whole, words };
}
