/** Words of OpenSSL, Node and the clients, and what an office does about each; the first row that matches holds. */
const rows: readonly (readonly [words: RegExp, sentence: string])[] = [
  [
    /altnames|ERR_TLS_CERT_ALTNAME_INVALID/i,
    '邮件服务器的证书是签发给$的，请把SMTP_HOST改为证书上的名称，或请其管理员更换证书。',
  ],
  [/has expired|CERT_HAS_EXPIRED/i, '邮件服务器的证书已过期，请其管理员更换证书，并核对本机时间。'],
  [/not yet valid|CERT_NOT_YET_VALID/i, '邮件服务器的证书尚未生效，请核对本机时间，或请其管理员更换证书。'],
  [
    /self[- ]signed|unable to (?:verify|get)|issuer cert|untrusted|UNABLE_TO_|SELF_SIGNED|CERT_UNTRUSTED|invalid CA|CERT_SIGNATURE_FAILURE/i,
    '邮件服务器的证书不是受信任的机构签发的，请向其管理员索取根证书，把文件写进SMTP_CA_FILE（备用服务器为SMTP2_CA_FILE）。',
  ],
  [/revoked/i, '邮件服务器的证书已被吊销，请其管理员更换证书。'],
  [
    /wrong version number|packet length too long|http request|WRONG_VERSION_NUMBER/i,
    '邮件服务器的这个端口不是一开始就加密的，请把SMTP_ENCRYPTION改为starttls（通常是587端口），或改用加密端口（通常是465）。',
  ],
  [
    /protocol version|unsupported protocol|no protocols available|handshake failure|no shared cipher|no ciphers|insufficient security|dh key too small|ee key too small|md too weak/i,
    '邮件服务器的加密方式过旧，本系统要求TLS 1.2以上，请其管理员升级。',
  ],
  [
    /STARTTLS (?:is )?not|STARTTLS$/i,
    '邮件服务器没有提供STARTTLS，请把SMTP_ENCRYPTION改为tls并使用加密端口（通常是465）；只有中继与本机同在一台机器上时才可以用none。',
  ],
];

const unknown = '与邮件服务器的加密连接失败，请检查证书与加密方式设置。';

/**
 * What stands in the way of encryption, as a sentence with the mend.
 *
 * @param said the error of the handshake, code and message; `STARTTLS` where the server does not offer it
 */
export function tlsSentence(said: string): string {
  const [, sentence] = rows.find(([words]) => words.test(said)) ?? [null, unknown];
  return sentence.replace('$', certifiedNames(said));
}

/** Where nothing was reached there was no handshake, whatever words the name of the host consists of. */
const unreached = /\b(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)\b/;

/** Whatever else the library may call a handshake or a certificate; one that ended too early is the network's. */
const ofTheLibrary = /\bERR_(?:SSL|TLS)_(?!UNEXPECTED_EOF)|\bCERT_|SSL routines:(?!:unexpected eof)/;

export const isTlsFault = (said: string): boolean =>
  !unreached.test(said) && (ofTheLibrary.test(said) || rows.some(([words]) => words.test(said)));

/** Codes, words and names of an error, whichever client met it, for the rows above. */
export function saidBy(error: unknown): string {
  const { originalCode, code, message, cert } = (error ?? {}) as {
    originalCode?: string;
    code?: string;
    message?: string;
    cert?: { subjectaltname?: string };
  };
  const names = cert?.subjectaltname;
  return [originalCode, code, message, names && `altnames: ${names}`].filter(Boolean).join(' ');
}

/** A certificate may hold any text; only what looks like a name or an address is shown. */
function certifiedNames(said: string): string {
  const listed = said.split('altnames: ').at(-1)!;
  const names = [...listed.matchAll(/(?:DNS|IP Address):([\w.:*-]{1,100})/g)].slice(0, 5).map(([, name]) => name);
  return names.length > 0 ? names.join('、') : '别的名称';
}
