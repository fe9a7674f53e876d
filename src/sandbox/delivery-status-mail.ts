import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BookMessage } from './book.js';

/** A delivery status notification (RFC 3464) about a message in the book, as the recipient's mail server would write it. */
export function deliveryStatusMail(message: BookMessage, status: 'delivered' | 'failed', code: string): string {
  const boundary = `=_dsn_${randomUUID()}`;
  const server = hostname();
  const action = status === 'delivered' ? 'delivered' : 'failed';
  return [
    `From: Mail Delivery System <mailer-daemon@${server}>`,
    `To: <${message.returnPath ?? ''}>`,
    `Subject: ${status === 'delivered' ? 'Successful Mail Delivery Report' : 'Undelivered Mail Returned to Sender'}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@${server}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Your message to ${message.to} was ${action}.`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${server}`,
    `Original-Envelope-Id: ${message.reference}`,
    `Arrival-Date: ${new Date(message.at).toUTCString().replace('GMT', '+0000')}`,
    '',
    `Original-Recipient: rfc822;${message.to}`,
    `Final-Recipient: rfc822; ${message.to}`,
    `Action: ${action}`,
    `Status: ${code}`,
    ...(status === 'failed' ? [`Diagnostic-Code: smtp; 550 ${code} No such user`] : []),
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${message.messageId ?? ''}`,
    `To: <${message.to}>`,
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
