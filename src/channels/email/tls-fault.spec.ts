import { isTlsFault, saidBy, tlsSentence } from './tls-fault.js';

describe('what is said of a handshake that failed', () => {
  it.each([
    // Node, OpenSSL 3
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'SMTP_CA_FILE'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'SMTP_CA_FILE'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'SMTP_CA_FILE'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate', 'SMTP_CA_FILE'],
    ['CERT_SIGNATURE_FAILURE', 'certificate signature failure', 'SMTP_CA_FILE'],
    ['CERT_HAS_EXPIRED', 'certificate has expired', '已过期'],
    ['CERT_NOT_YET_VALID', 'certificate is not yet valid', '尚未生效'],
    ['CERT_REVOKED', 'certificate revoked', '吊销'],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'C0E7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
      'starttls',
    ],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'error:0A0000C6:SSL routines::packet length too long', 'starttls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'error:0A00042E:SSL routines::tlsv1 alert protocol version', 'TLS 1.2'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'error:0A000102:SSL routines::unsupported protocol', 'TLS 1.2'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'error:0A000410:SSL routines::sslv3 alert handshake failure', 'TLS 1.2'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'error:0A00018A:SSL routines::dh key too small', 'TLS 1.2'],
    ['ERR_SSL_EE_KEY_TOO_SMALL', 'error:0A00018F:SSL routines::ee key too small', 'TLS 1.2'],
    // its code alone, or its words alone
    ['EPROTO', 'write EPROTO C0E7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'starttls'],
    ['ESOCKET', 'Error initiating TLS - certificate has expired', '已过期'],
    ['ETLS', 'data before the handshake', '请检查证书与加密方式设置'],
  ])('%s: %s', (code, message, advice) => {
    expect(tlsSentence(saidBy({ code, message }))).toContain(advice);
  });

  it.each([
    [{ message: "Host: a. is not in the cert's altnames: DNS:mail.x.gov.cn, DNS:*.y.cn" }, 'mail.x.gov.cn、*.y.cn'],
    [
      { message: "IP: 10.0.0.5 is not in the cert's list: ", cert: { subjectaltname: 'DNS:oa.x.gov.cn' } },
      'oa.x.gov.cn',
    ],
    [{ message: "IP: 10.0.0.5 is not in the cert's list: ", cert: { subjectaltname: 'DNS:<b>，请拨打' } }, '别的名称'],
    [{ message: 'Cert does not contain a DNS name' }, '别的名称'],
  ])('names what the certificate is made out to: %j', (error, names) => {
    expect(tlsSentence(saidBy({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', ...error }))).toContain(`签发给${names}的`);
  });

  it.each([
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'error:0A000438:SSL routines::tlsv1 alert internal error'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'error:0A000416:SSL routines::sslv3 alert certificate unknown'],
    ['CERT_CHAIN_TOO_LONG', 'certificate chain too long'],
    ['CERT_REJECTED', 'certificate rejected'],
    ['ERR_TLS_CERT_ALTNAME_FORMAT', 'Invalid subject alternative name string'],
    ['ESOCKET', 'C0:error:0A000438:SSL routines::tlsv1 alert internal error'],
  ])('%s is a matter of the handshake, though nobody has words for it', (code, message) => {
    expect(isTlsFault(saidBy({ code, message }))).toBe(true);
  });

  it.each([
    ['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', 'error:0A000126:SSL routines::unexpected eof while reading'],
    ['ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'],
    ['ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.5:465'],
    ['ETIMEDOUT', 'Connection timeout'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND expired.self-signed-mail.example'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH'],
  ])('%s is a matter of the network', (code, message) => {
    expect(isTlsFault(saidBy({ code, message }))).toBe(false);
  });
});
