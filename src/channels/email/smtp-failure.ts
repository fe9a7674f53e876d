import type { SendOutcome } from '../../domain/delivery.js';
import { smtpOutcome } from './smtp-outcome.js';

/** What is known of a failed transaction: its fault and whether a byte of the message had left. */
export interface SmtpFailure {
  error: unknown;
  messageBegun: boolean;
}

interface SmtpErrorFields {
  code: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * Only an answer from the server proves a refusal. Without one, what may have happened depends on whether the message had
 * begun to leave.
 */
export function explainSmtpFailure(failure: SmtpFailure): SendOutcome {
  const { code, responseCode, response = '', command = '' } = fieldsOf(failure.error);
  if (responseCode !== undefined && responseCode >= 400) return smtpOutcome({ responseCode, response, command });
  if (failure.messageBegun)
    return { kind: 'unknown', code, reason: '邮件内容已开始传送但没有得到答复，对方可能已收下，需核实后再补发。' };
  return (
    beforeTheMessage[code] ?? { kind: 'retry', class: 'network', code, reason: '连接邮件服务器失败，稍后自动重试。' }
  );
}

const beforeTheMessage: Readonly<Record<string, SendOutcome>> = {
  ETLS: {
    kind: 'refused',
    class: 'configuration',
    code: 'ETLS',
    reason: '与邮件服务器的加密连接失败，请检查证书与加密方式设置。',
  },
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
  return { code: typeof code === 'string' ? code : 'UNKNOWN', responseCode, response, command };
}
