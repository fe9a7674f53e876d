import { z } from 'zod';
import { pemFile, port, type SettingsTable, type Values, words } from './types.js';

/** The mail servers, and where mail that cannot be delivered comes back. */
export const emailKeys = {
  SMTP_HOST: [z.string().optional(), 'mail server; without it the e-mail channel is off'],
  SMTP_PORT: [port.default(465), 'mail server port'],
  SMTP_ENCRYPTION: [
    z.enum(['tls', 'starttls', 'none']).default('tls'),
    'tls: encrypted from the first byte (465); starttls (587); none only for a relay on the same machine',
  ],
  SMTP_USER: [z.string().optional(), 'mail account'],
  SMTP_PASSWORD: [z.string().optional(), 'its password'],
  SMTP_CA_FILE: [
    pemFile.optional(),
    'PEM file of the authorities that vouch for the mail server, instead of those the system trusts',
  ],
  SMTP_CONNECTIONS: [z.coerce.number().int().min(1).max(50).default(5), 'connections kept open to the mail server'],
  SMTP_CLIENT: [
    z.enum(['pipelined', 'nodemailer']).default('pipelined'),
    'pipelined: several times as fast where the server offers PIPELINING; nodemailer: for a server that has trouble with it',
  ],
  SMTP_PATIENCE_SECONDS: [
    z.coerce.number().int().min(1).max(3600).default(600),
    'how long to wait for the answer to a message, half of it for the greeting and each command; RFC 5321 asks for 600 at least',
  ],
  SMTP2_HOST: [
    z.string().optional(),
    'a second mail server, which takes over while the first fails, and gives back slowly',
  ],
  SMTP2_PORT: [port.default(465), 'its port'],
  SMTP2_ENCRYPTION: [z.enum(['tls', 'starttls', 'none']).default('tls'), 'as SMTP_ENCRYPTION'],
  SMTP2_USER: [z.string().optional(), 'account there'],
  SMTP2_PASSWORD: [z.string().optional(), 'its password'],
  SMTP2_CA_FILE: [pemFile.optional(), 'as SMTP_CA_FILE'],
  MAIL_FROM: [z.email().optional(), 'address of the office in From'],
  MAIL_REPLY_TO: [z.email().optional(), 'address that answers go to, where it is not MAIL_FROM'],
  DKIM_SELECTORS: [
    z.string().transform(words).default([]),
    'names of the keys that sign mail, comma separated; npm run -s cli -- dkim new makes them',
  ],
  MAIL_OWN_DOMAINS: [
    z.string().transform(words).default([]),
    "the office's own mail domains, which may get internal issues in full, comma separated",
  ],
  BOUNCE_DOMAIN: [z.string().optional(), 'domain whose mail comes back to us, for delivery reports and bounces'],
  BOUNCE_HOST: [z.string().default('127.0.0.1'), 'address the bounce receiver listens on'],
  BOUNCE_PORT: [port.default(0), 'port of the bounce receiver; 0 takes a free one (only sensible for the sandbox)'],
  IMAP_HOST: [
    z.string().optional(),
    'mail server with the mailbox that bounces come to; it is looked through instead of listening on BOUNCE_PORT',
  ],
  IMAP_PORT: [port.default(993), 'its port'],
  IMAP_ENCRYPTION: [
    z.enum(['tls', 'starttls']).default('tls'),
    'tls: encrypted from the first byte (993); starttls (143)',
  ],
  IMAP_USER: [z.string().optional(), 'account of the mailbox'],
  IMAP_PASSWORD: [z.string().optional(), 'its password; public providers give out one of their own for it (授权码)'],
  IMAP_CA_FILE: [pemFile.optional(), 'as SMTP_CA_FILE'],
  IMAP_FOLDER: [z.string().default('INBOX'), 'folder that bounces come to; a folder in a folder is written with /'],
  IMAP_DONE_FOLDER: [
    z.string().optional(),
    'folder that bounces are moved to once they are noted; without it they stay and are marked as read',
  ],
} as const satisfies SettingsTable;

export interface RelaySettings {
  host: string;
  port: number;
  encryption: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
  /** PEM. */
  ca: string | null;
}

/** Read by IMAP. */
export interface MailboxSettings {
  host: string;
  port: number;
  encryption: 'tls' | 'starttls';
  user: string;
  password: string;
  /** PEM. */
  ca: string | null;
  folder: string;
  /** Where what was noted is moved to. */
  doneFolder: string | null;
}

export interface EmailSettings extends RelaySettings {
  /** Takes over while the first fails. */
  second: RelaySettings | null;
  connections: number;
  client: 'pipelined' | 'nodemailer';
  patienceSeconds: number;
  from: string;
  replyTo: string | null;
  /** Keys that sign what is sent, by name. */
  dkimSelectors: string[];
  bounce: { domain: string; host: string; port: number } | null;
  /** Where bounces come in, if not at `bounce`. */
  mailbox: MailboxSettings | null;
}

/** Null without a mail server. */
export function emailSettings(v: Values<typeof emailKeys>): EmailSettings | null {
  // Without an address to write in From the start is refused.
  if (!v.SMTP_HOST || !v.MAIL_FROM) return null;
  const second = v.SMTP2_HOST
    ? {
        host: v.SMTP2_HOST,
        port: v.SMTP2_PORT,
        encryption: v.SMTP2_ENCRYPTION,
        user: v.SMTP2_USER ?? null,
        password: v.SMTP2_PASSWORD ?? null,
        ca: v.SMTP2_CA_FILE ?? null,
      }
    : null;
  return {
    host: v.SMTP_HOST,
    port: v.SMTP_PORT,
    encryption: v.SMTP_ENCRYPTION,
    user: v.SMTP_USER ?? null,
    password: v.SMTP_PASSWORD ?? null,
    ca: v.SMTP_CA_FILE ?? null,
    second,
    connections: v.SMTP_CONNECTIONS,
    client: v.SMTP_CLIENT,
    patienceSeconds: v.SMTP_PATIENCE_SECONDS,
    from: v.MAIL_FROM,
    replyTo: v.MAIL_REPLY_TO ?? null,
    dkimSelectors: v.DKIM_SELECTORS,
    mailbox: mailboxSettings(v),
    bounce: v.BOUNCE_DOMAIN ? { domain: v.BOUNCE_DOMAIN, host: v.BOUNCE_HOST, port: v.BOUNCE_PORT } : null,
  };
}

function mailboxSettings(v: Values<typeof emailKeys>): MailboxSettings | null {
  if (!v.IMAP_HOST) return null;
  return {
    host: v.IMAP_HOST,
    port: v.IMAP_PORT,
    encryption: v.IMAP_ENCRYPTION,
    user: v.IMAP_USER ?? '',
    password: v.IMAP_PASSWORD ?? '',
    ca: v.IMAP_CA_FILE ?? null,
    folder: v.IMAP_FOLDER,
    doneFolder: v.IMAP_DONE_FOLDER ?? null,
  };
}

/** The domain others see as the writer's. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export const ownMailDomains = (v: Values<typeof emailKeys>): string[] =>
  v.MAIL_OWN_DOMAINS.map((domain) => domain.toLowerCase());
