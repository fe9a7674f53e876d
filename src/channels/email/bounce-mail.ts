import { readBounceText } from './bounce-text.js';
import type { BounceVerdict } from './bounce-verdict.js';
import { readDeliveryStatus } from './dsn.js';
import { bodyText, headerText, readMime, type MimePart } from './mime-reader.js';
import { textOfHtml } from './text-of-html.js';

/**
 * What a mail to a bounce address says, or null for mail that is no bounce: an out-of-office answer, a person's reply, a person
 * who passes on somebody's bounce, a receipt (RFC 8098), a complaint. `sender` is the envelope sender, empty for a true bounce.
 */
export function readBounceMail(raw: Buffer, sender: string): BounceNews | null {
  const mail = readMime(raw.subarray(0, mostBytes));
  const verdict = verdictOf(mail, sender);
  const leaves = leavesOf(mail);
  return verdict && { ...verdict, returnedId: returnedId(leaves), envelopeId: envelopeId(leaves) };
}

/** The same, null for what cannot be read too. */
export function readBounceSafely(raw: Buffer, sender: string): BounceNews | null {
  try {
    return readBounceMail(raw, sender);
  } catch {
    return null;
  }
}

/** Whether a mail of this head may be a bounce at all: then it is worth reading the rest. */
export const mayBeBounce = (head: MimePart, sender: string): boolean => kindOf(head, sender) !== null;

/** What a bounce says of itself stands in front of what it returns. */
export const mostBytes = 300_000;

export interface BounceNews extends BounceVerdict {
  /** Message-ID of the mail that came back, where the bounce holds its head. */
  returnedId: string | null;
  /** What we gave the mail as ENVID (RFC 3461, 4.4), where the other system gives it back. */
  envelopeId: string | null;
}

/** Null for what is no bounce, by its head. */
function kindOf(mail: MimePart, sender: string): { reports: boolean; byMachine: boolean } | null {
  const author = headerText(mail, 'from');
  const reports = mail.type === 'multipart/report';
  const about = mail.parameters['report-type']?.toLowerCase() ?? 'delivery-status';
  if (reports && about !== 'delivery-status') return null;
  const byMachine = isMailSystem(author === '' ? sender : author) || (sender === '' && unattended.test(author));
  if (!isMailSystem(sender) && !(reports && byMachine)) return null;
  return reports || byMachine ? { reports, byMachine } : null;
}

function verdictOf(mail: MimePart, sender: string): BounceVerdict | null {
  const kind = kindOf(mail, sender);
  if (kind === null) return null;
  const { reports, byMachine } = kind;
  const leaves = leavesOf(mail);
  const text = ownText(leaves);
  const fields = leaves.filter(({ type }) => statusTypes.has(type)).map(bodyText);
  // Some write the fields for programs into the text.
  if (byMachine && /^Final-Recipient:/im.test(text)) fields.push(text);
  const stated = fields.map(readDeliveryStatus).find((verdict) => verdict !== null) ?? null;
  if (!byMachine || (stated && !isVague(stated))) return stated;
  const marked = reports || mail.headers.has('x-failed-recipients');
  const said = readBounceText({ subject: headerText(mail, 'subject'), text, marked });
  return stated && (said?.status !== 'failed' || (isVague(said) && !said.addressDead)) ? stated : said;
}

/** Failed, and not why (RFC 3463 3.1): then the words for people may tell. */
function isVague({ status, code }: BounceVerdict): boolean {
  return status === 'failed' && /^[45]\.0\.0$/.test(code);
}

const statusTypes: ReadonlySet<string> = new Set(['message/delivery-status', 'message/global-delivery-status']);

/** Local parts and names under which mail systems write, besides the null sender; people's mail says nothing about deliveries. */
const systemAddress =
  /(?:^|<|\s)<?(?:mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master|daemon|system[-_.]?bounce|bounces?|bounced?[-_.]?(?:mail|notice|notification)|mdaemon|no-?bounce|mail[-_.]?(?:delivery|system|er)|delivery|dsn|ndr|microsoftexchange[0-9a-f]{32})(?:[+=-][^@\s]{0,60})?(?:@[^\s<>]{1,255})?>?\s*$/i;
const systemName =
  /^[^<]{0,60}(?:mail (?:delivery|server)|delivery (?:sub)?system|mail(?:er)?[- ]?daemon|post ?master|delivery (?:status|notification)|mail system|(?:system|mail) administrator|系统退信|退信|邮件(?:投递)?系统|(?:系统|邮件)管理员)[^<]{0,60}</i;

const unattended = /(?:^|<|\s)(?:no|do-?not)[-_.]?reply@[^\s<>]{1,255}>?\s*$/i;

function isMailSystem(address: string): boolean {
  const trimmed = address.trim();
  return trimmed === '' || trimmed === '<>' || systemAddress.test(trimmed) || systemName.test(trimmed);
}

/** The parts that are no container, in order; what stands inside a returned message is not among them. */
function leavesOf(mail: MimePart): MimePart[] {
  return mail.parts.length === 0 ? [mail] : mail.parts.flatMap(leavesOf);
}

function envelopeId(leaves: readonly MimePart[]): string | null {
  const status = leaves.find(({ type }) => statusTypes.has(type));
  return (status && /^Original-Envelope-Id:[ \t]*([!-~]{1,100})/im.exec(bodyText(status))?.[1]) ?? null;
}

function returnedId(leaves: readonly MimePart[]): string | null {
  const returned = leaves.find(({ type }) => returnedTypes.has(type));
  return returned ? headerText(readMime(returned.body), 'message-id') : null;
}

const returnedTypes: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
]);

function ownText(leaves: readonly MimePart[]): string {
  return leaves
    .filter(
      ({ type, headers }) => readers.has(type) && !/^attachment/i.test(headers.get('content-disposition')?.[0] ?? ''),
    )
    .map((leaf) => readers.get(leaf.type)!(bodyText(leaf)))
    .join('\n');
}

const readers: ReadonlyMap<string, (text: string) => string> = new Map([
  ['text/plain', (text) => text],
  ['text/html', textOfHtml],
]);
