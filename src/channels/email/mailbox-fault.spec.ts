import { mailboxSentence } from './mailbox-fault.js';

const failure = (more: object) => Object.assign(new Error('Command failed'), more);

it.each<[object, RegExp]>([
  [failure({ authenticationFailed: true, responseText: 'LOGIN fail' }), /登录失败.*授权码/],
  [failure({ mailboxMissing: true }), /IMAP_FOLDER/],
  [failure({ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND imap.exapmle.cn' }), /找不到.*IMAP_HOST/],
  [failure({ code: 'ECONNREFUSED' }), /连接不上.*IMAP_PORT/],
  [failure({ code: 'CONNECT_TIMEOUT' }), /没有应答.*IMAP_ENCRYPTION/],
  [failure({ code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }), /^退信邮箱的服务器的证书已过期/],
  [failure({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), /写进IMAP_CA_FILE。$/],
  [failure({ message: 'wrong version number' }), /IMAP_ENCRYPTION改为starttls（通常是143端口）/],
  [failure({ message: 'Server does not support STARTTLS', tlsFailed: true }), /IMAP_ENCRYPTION改为tls.*993）。$/],
  [failure({ code: 'NoConnection' }), /连接中断/],
  [failure({ responseText: 'secret of the server' }), /连接中断/],
  [null as never, /连接中断/],
])('says what to do about %s', (error, sentence) => {
  expect(mailboxSentence(error)).toMatch(sentence);
  expect(mailboxSentence(error)).not.toMatch(/SMTP|secret/);
});
