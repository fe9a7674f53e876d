import { isTlsFault, saidBy, tlsSentence } from './tls-fault.js';

/** What `imapflow` says of a connection, a login or a folder. */
interface MailboxError {
  code?: string;
  message?: string;
  authenticationFailed?: boolean;
  /** What the server answered to a command, for people. */
  responseText?: string;
  /** The folder is not there. */
  mailboxMissing?: boolean;
  tlsFailed?: boolean;
}

const rows: readonly (readonly [words: RegExp, sentence: string])[] = [
  [/ENOTFOUND|EAI_/, '找不到退信邮箱的服务器，请核对IMAP_HOST。'],
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/, '连接不上退信邮箱的服务器，请核对IMAP_HOST与IMAP_PORT，以及防火墙。'],
  [
    /CONNECT_TIMEOUT|GreetingTimeout|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ETIMEDOUT|ETIMEOUT/,
    '退信邮箱的服务器没有应答，请核对IMAP_PORT与IMAP_ENCRYPTION（993端口一般用tls，143端口一般用starttls），以及防火墙。',
  ],
];

const unknown = '与退信邮箱的连接中断，稍后自动重新连接。';

/** What is wrong with the mailbox, as a sentence with the mend; it holds nothing of what a server said. */
export function mailboxSentence(error: unknown): string {
  const { authenticationFailed, mailboxMissing, tlsFailed } = (error ?? {}) as MailboxError;
  if (authenticationFailed)
    return '退信邮箱登录失败，请核对IMAP_USER与IMAP_PASSWORD；公共邮箱要先开启IMAP服务，并使用“授权码”代替密码。';
  if (mailboxMissing) return '退信邮箱里没有设置的文件夹，请核对IMAP_FOLDER。';
  const said = saidBy(error);
  const [, sentence] = rows.find(([words]) => words.test(said)) ?? [];
  if (sentence) return sentence;
  return isTlsFault(said) || tlsFailed ? ofMailbox(tlsSentence(said)) : unknown;
}

/** The sentences about encryption name the settings of the server that sends. */
const ofMailbox = (sentence: string): string =>
  sentence
    .replaceAll('邮件服务器', '退信邮箱的服务器')
    .replace(/（备用服务器为SMTP2_CA_FILE）|；只有中继[^。]+/g, '')
    .replaceAll('SMTP_', 'IMAP_')
    .replaceAll('587', '143')
    .replaceAll('465', '993');
