import { simpleParser } from 'mailparser';
import { readBounceText, readDeliveryStatus, type BounceVerdict } from './dsn.js';

/**
 * What a mail to a bounce address says, or null for mail that is no bounce: an out-of-office answer, a person's reply.
 * `sender` is the envelope sender, empty for a true bounce.
 */
export async function readBounceMail(raw: Buffer, sender: string): Promise<BounceVerdict | null> {
  const mail = await simpleParser(raw, { keepDeliveryStatus: true, skipImageLinks: true, skipTextToHtml: true });
  const status = mail.attachments.find((part) => part.contentType === 'message/delivery-status');
  if (status) return readDeliveryStatus(status.content.toString('utf8'));
  const autoSubmitted = mail.headers.get('auto-submitted');
  const isAnswer = typeof autoSubmitted === 'string' && /^auto-replied/i.test(autoSubmitted);
  if (isAnswer || !isSentByMachine(sender)) return null;
  return readBounceText(`${mail.subject ?? ''}\n${mail.text ?? ''}`);
}

/** Numbers in a person's reply are no error codes, so free text is read only from senders that are mail systems. */
function isSentByMachine(sender: string): boolean {
  return sender === '' || /^(postmaster|mailer-daemon)@/i.test(sender);
}
