import { simpleParser } from 'mailparser';

export interface ReadMail {
  subject: string;
  html: string;
  text: string;
  messageId: string | undefined;
  /** The first link to a personal reading page. */
  link: string | undefined;
}

export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true, checksumAlgo: false });
  const text = mail.text ?? '';
  const html = mail.html || '';
  return {
    subject: mail.subject ?? '',
    html,
    text,
    messageId: mail.messageId,
    link: personalLink(text) ?? personalLink(html),
  };
}

function personalLink(body: string): string | undefined {
  return /https?:\/\/[^\s"'<>]+\/r\/[A-Za-z0-9_-]+/.exec(body)?.[0];
}
