import type { SendOutcome } from '../../domain/delivery.js';
import { smtpOutcome } from './smtp-outcome.js';
import { isTlsFault, saidBy, tlsSentence } from './tls-fault.js';

/** What is known of a failed transaction: its fault and whether a byte of the message had left. */
export interface SmtpFailure {
  error: unknown;
  messageBegun: boolean;
}

/** How both clients call a server that took the connection and said nothing. */
export const noGreeting = 'Greeting never received';

interface SmtpErrorFields {
  code: string;
  responseCode?: number;
  response?: string;
  command?: string;
  /** Codes and words of the system, the encryption library or the client. */
  said: string;
}

/**
 * Only an answer from the server proves a refusal. Without one, what may have happened depends on whether the message had
 * begun to leave.
 */
export function explainSmtpFailure(failure: SmtpFailure): SendOutcome {
  const { code, responseCode, response = '', command = '', said } = fieldsOf(failure.error);
  if (responseCode !== undefined && responseCode >= 400) {
    // Whoever does not know the command does not offer it; other answers to it pass.
    if (command === 'STARTTLS' && responseCode >= 500 && responseCode <= 504) return tlsRefusal(command);
    return smtpOutcome({ responseCode, response, command });
  }
  if (failure.messageBegun)
    return { kind: 'unknown', code, reason: '邮件内容已开始传送但没有得到答复，对方可能已收下，需核实后再补发。' };
  if (code === 'ETLS' || isTlsFault(said)) return tlsRefusal(said);
  return beforeTheMessage[code] ?? { kind: 'retry', class: 'network', code, reason: networkSentence(said) };
}

const tlsRefusal = (said: string): SendOutcome => ({
  kind: 'refused',
  class: 'configuration',
  code: 'ETLS',
  reason: tlsSentence(said),
});

const networkSentence = (said: string): string =>
  said.includes(noGreeting)
    ? '邮件服务器接通后没有问候，稍后自动重试；如使用465端口，请把SMTP_ENCRYPTION改为tls。'
    : '连接邮件服务器失败，稍后自动重试。';

const beforeTheMessage: Readonly<Record<string, SendOutcome>> = {
  EAUTH: {
    kind: 'refused',
    class: 'configuration',
    code: 'EAUTH',
    reason: '登录邮件服务器失败，请检查账号、密码与登录方式。',
  },
  ENOAUTH: { kind: 'refused', class: 'configuration', code: 'ENOAUTH', reason: '邮件服务器要求登录，请填写发信账号。' },
  EENVELOPE: { kind: 'refused', class: 'recipient', code: 'EENVELOPE', reason: '邮箱地址格式不正确，请核对地址。' },
  EMESSAGE: { kind: 'refused', class: 'content', code: 'EMESSAGE', reason: '邮件超过服务器允许的大小，请精简内容。' },
};

function fieldsOf(error: unknown): SmtpErrorFields {
  const { code, responseCode, response, command } = (error ?? {}) as Partial<SmtpErrorFields>;
  return { code: typeof code === 'string' ? code : 'UNKNOWN', responseCode, response, command, said: saidBy(error) };
}
