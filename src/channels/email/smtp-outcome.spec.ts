import { smtpOutcome } from './smtp-outcome.js';

/** What follows, in one word, and whose matter it is. */
function verdict(response: string, command = 'RCPT TO'): string {
  const outcome = smtpOutcome({ responseCode: Number(response.slice(0, 3)), response, command });
  if (outcome.kind === 'refused') return `${outcome.class === 'configuration' ? 'stop' : 'refuse'} ${outcome.class}`;
  if (outcome.kind !== 'retry') throw new Error(outcome.kind);
  if (outcome.class === 'throttled') return 'pause';
  return outcome.about ? 'later recipient' : 'later';
}

const noMailbox = 'refuse recipient';

describe('a mailbox that does not exist or is disabled', () => {
  it.each([
    '550 5.1.1 No such user here',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '550 5.2.1 Disabled',
    '550 User not found: r001@example.cn',
    '550 5.1.1 <spam@relay.example.cn>: Recipient address rejected: User unknown in virtual mailbox table',
    '550 5.1.1 <r1@example.cn>: Recipient address rejected: undeliverable address: host mx.example.cn said: 550 no such user',
    '550 Unrouteable address',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [mx.prod.outlook.com]',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser - gsmtp',
    '550 5.2.1 The email account that you tried to reach is inactive. Learn more at https://support.google.com - gsmtp',
    '550 Mailbox not found. http://service.exmail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728',
    '550 Requested action not taken: mailbox unavailable',
    '550 mailbox unavailable',
    '550 user is locked',
    "554 RCPT (r001@example.cn) dosn't exist",
    '553 "RCPT TO" mailbox unavailable',
    '550 User suspended:r001@163.com http://mail.163.com/help/help_spam_16.htm',
    '550 Invalid User: r001@example.cn',
    "554 delivery error: dd This user doesn't have a yahoo.com account",
    '550 5.5.0 Requested action not taken: mailbox unavailable',
    '550 收件人不存在',
    '550 找不到该用户',
    '550 User does not exist, see http://x.cn/spf/limit',
    '550 该邮箱已停用',
    '550 邮箱账号不存在',
    '550 5.1.6 Mailbox has moved',
    '556 5.1.10 Recipient domain has null MX',
    '550 5.1.2 <r1@nowhere.cn>: Recipient address rejected: Domain not found',
    '501 5.1.3 Bad recipient address syntax',
    '550 5.7.13 STOREDRV.Deliver.Exception:AccountDisabledException; Failed to process message',
    '550 unknown user',
    '550 Unknown recipient',
    '550 sorry, no mailbox here by that name (#5.1.1)',
    '550 5.1.1 User Unknown',
    '550 no such recipient',
    '551 user has moved; please try <r2@example.cn>',
  ])('%s', (response) => expect(verdict(response)).toBe(noMailbox));
});

describe('what waits alone', () => {
  it.each([
    '450 4.2.1 This user receives mail at too high a rate',
    '450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.',
    '450-4.2.1 The user you are trying to contact is receiving mail at a rate that\n450-4.2.1 prevents additional messages from being delivered.',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered',
    '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
    '451 4.7.1 Too many messages to this recipient, try again later',
    '452 4.2.1 rate limit for this mailbox exceeded',
    '550 5.2.122 The recipient has exceeded their limit for the number of messages they can receive per hour',
    '550 Mailbox unavailable or access denied',
    '450 This recipient gets too much mail',
    '451 4.7.1 Recipient rate limited',
    '550 storage exceeded for this mailbox',
    '452 4.2.2 Mailbox full',
    '452 4.2.2 The email account is over quota limit',
    '552 5.2.2 Mailbox full',
    '552 5.2.2 The email account that you tried to reach is over quota',
    '552 mailbox is full',
    '552 Quota exceeded or service disabled.',
    '552 5.2.2 Requested mail action aborted: exceeded storage allocation',
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException',
    '550 邮箱已满',
    '550 对方邮箱空间不足',
    '450 4.2.1 Mailbox busy',
    '450 mailbox unavailable',
    '451 4.7.1 Greylisting in action, please come back later',
    '450 4.2.0 <r1@example.cn>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/x.html',
    '450 4.1.1 <r1@example.cn>: Recipient address rejected: unverified address: Address verification in progress',
    '451 Temporary local problem - please try later',
    '451 DT:SPM ,please try again',
    '450 该收件人短时间内收信过多，请稍后再试',
    '450 4.1.2 <r1@example.cn>: Recipient address rejected: Domain not found',
    '550 mailbox in use temporarily disabled, greylisted',
  ])('%s', (response) => expect(verdict(response)).toBe('later recipient'));

  it.each([
    ['451 4.7.1 try later', 300_000],
    ['452 4.2.2 Mailbox full', 1_800_000],
  ])('%s waits at least %d ms', (response, afterMs) =>
    expect(smtpOutcome({ responseCode: 451, response, command: 'RCPT TO' })).toMatchObject({ afterMs }),
  );
});

describe('what ends this row alone, and says nothing bad of the mailbox', () => {
  it.each([
    ['550 SPF check failed', 'provider'],
    ['550 5.1.1 mail refused, SPF check failed for your domain', 'provider'],
    [
      '550 5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.',
      'provider',
    ],
    ['550 DMARC check failed http://service.mail.qq.com/cgi-bin/help?subtype=1&&no=1001508&&id=16.', 'provider'],
    ['550 MI:SPF mx1 Qc4AwAD', 'provider'],
    ['550 5.7.23 The message was rejected because of Sender Policy Framework violation', 'provider'],
    [
      '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1',
      'provider',
    ],
    ['554 IP is rejected, HL:IPB 163 mx29', 'provider'],
    ['554 IP address is blocked', 'provider'],
    ['550 black ip', 'provider'],
    ['550 Account blocked due to spam from IP', 'provider'],
    ['554 rbl deny', 'provider'],
    ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'provider'],
    [
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
      'provider',
    ],
    ['550 Suspected spam sender', 'provider'],
    ['554 Reject by behaviour spam', 'provider'],
    ['550 5.7.25 The IP address sending this message does not have a PTR record setup', 'provider'],
    ['550 Mail is rejected by recipients', 'provider'],
    ['550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized', 'provider'],
    ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required', 'provider'],
    ['550 5.7.1 You are not authorized to send to this recipient', 'provider'],
    ['550 对方已拒收您的来信', 'provider'],
    ['554 5.4.6 Too many hops', 'provider'],
    ['554 5.4.6 Routing loop detected', 'provider'],
    ['554 5.4.14 Hop count exceeded - possible mail loop ATTR34', 'provider'],
    ['553 sorry', 'provider'],
    ['550 Denied', 'provider'],
    ['550 5.1.0 Address rejected.', 'provider'],
    ['554 5.7.1 <r1@example.cn>: Recipient address rejected: Access denied', 'provider'],
    ['550 mailbox temporarily suspended', 'provider'],
    ['550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726', 'content'],
    ['550 Error: content rejected', 'content'],
    ['550 message contains blocked words', 'content'],
    ['554 DT:SPM 163 smtp1', 'content'],
    ['554 Reject by content spam', 'content'],
    ['552 message rejected by anti-spam engine.', 'content'],
    ['551 virus infected mail rejected', 'content'],
    ['550 邮件内容含有敏感词', 'content'],
    ['552 5.3.4 Message size exceeds fixed limit', 'content'],
    ['552 Requested mail action aborted: exceeded mailsize limit', 'content'],
    ['510 The length of DATA content is achieved the maximum threshold', 'content'],
    ['550 5.6.0 Invalid message', 'content'],
    ['554 5.6.1 Media type not supported, limit of parts exceeded', 'content'],
    ['552 Illegal Attachment', 'content'],
  ])('%s', (response, of) => expect(verdict(response)).toBe(`refuse ${of}`));

  it('a bare code proves nothing of a mailbox, after the message least of all', () => {
    for (const code of ['550', '551', '553', '554'])
      for (const command of ['RCPT TO', 'DATA']) expect(verdict(`${code} no`, command)).toBe('refuse provider');
    expect(verdict('550 Suspected bounce attacks', 'DATA')).toBe('refuse provider');
  });
});

describe('what concerns the account stops it, at the recipient too', () => {
  it.each([
    '550 relay not permitted',
    '550 relaying prohibited',
    '550 Relaying is prohibited by administrator',
    '554 5.7.1 <r1@example.cn>: Relay access denied',
    '454 4.7.1 <r1@example.cn>: Relay access denied',
    '550 5.7.1 <r1@example.cn>... Relaying denied. IP name lookup failed',
    '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
    '550 5.7.64 TenantAttribution; Relay Access Denied',
    '550 5.7.1 Unable to relay for r1@example.cn',
    '550 5.7.1 We do not relay',
    '553 host denies relay',
    '550 RP:FRL',
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    '550 不允许转发',
    '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied',
    '550 authentication required',
    '530 5.7.1 Client was not authenticated',
    '530 5.7.0 Must issue a STARTTLS command first',
    '535 5.7.8 Error: authentication failed',
    '503 5.5.1 Error: need AUTH command',
    '553 authentication is required, smtp1',
    '550 请先登录',
    '550 5.1.8 Sender address rejected',
    '550 5.1.8 <office@example.cn>: Sender address rejected: Domain not found',
    '553 5.7.1 <office@example.cn>: Sender address rejected: not owned by user x',
    '553 Mail from must equal authorized user',
    '501 mail from address must be same as authorization user',
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    '550 5.1.8 Access denied, bad outbound sender',
    "541 This account isn't allowed to send email",
    '550 5.1.7 Invalid address',
    '553 Requested action not taken: Local user only',
    '552 mail from invalid.',
    '550 发件人地址与登录账号不一致',
  ])('%s', (response) => expect(verdict(response)).toBe('stop configuration'));
});

describe('what limits the account pauses it', () => {
  it.each([
    ['450 4.7.1 Error: too much mail from 192.0.2.1', 'MAIL FROM'],
    ['421 4.7.28 Our system has detected an unusual rate of mail', 'RCPT TO'],
    [
      '421-4.7.0 Our system has detected an unusual rate of\n421-4.7.0 unsolicited mail originating from your IP address. Temporarily blocked.',
      'CONN',
    ],
    ['452 4.5.3 Too many recipients', 'RCPT TO'],
    ['550 Domain frequency limited', 'RCPT TO'],
    ['550 Sender frequency limited', 'RCPT TO'],
    ['550 Connection frequency limited', 'CONN'],
    ['550 RP:TRC 163 smtp2', 'RCPT TO'],
    ['451 RP:QRC', 'RCPT TO'],
    ['550 Maximum number of mails sent by this account per day reached', 'RCPT TO'],
    ['451 MI:SFQ 163', 'MAIL FROM'],
    ['450 MI:DMC', 'MAIL FROM'],
    ['421 HL:ICC 163', 'CONN'],
    ['451 sending quota exceeded', 'RCPT TO'],
    ['550 5.4.5 Daily user sending limit exceeded', 'DATA'],
    ['550 5.4.5 Daily SMTP relay sending limit exceeded for user', 'DATA'],
    ['450 4.2.1 Peak SMTP relay limit exceeded for customer', 'MAIL FROM'],
    ["550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", 'RCPT TO'],
    ['554 5.2.2 mailbox full; Submission quota exceeded', 'MAIL FROM'],
    ['504 the number of RCPT attempts is achieved the maximum threshold', 'RCPT TO'],
    ['421 4.7.0 Too many connections from 192.0.2.1', 'CONN'],
    ['421 4.7.0 mx Error: too many errors', 'RCPT TO'],
    ['550 发信频率过快', 'MAIL FROM'],
    ['550 发件人当天内累计收件人数量超出限制', 'RCPT TO'],
    ['451 今日发信数量已达上限', 'MAIL FROM'],
    ['450 4.1.8 <office@example.cn>: Sender address rejected: Domain not found', 'RCPT TO'],
    ['454 Transient reject by behaviour spam, frequency', 'RCPT TO'],
  ])('%s at %s', (response, command) => expect(verdict(response, command)).toBe('pause'));
});

describe('before the recipient was named he is not to blame', () => {
  it.each([
    ['MAIL FROM', '550 5.1.8 Sender address rejected: user unknown', 'stop configuration'],
    ['MAIL FROM', '550 mailbox unavailable', 'stop configuration'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit', 'refuse content'],
    ['MAIL FROM', "440 mail from account doesn't conform with authentication", 'pause'],
    ['MAIL FROM', '450 "MAIL FROM" mailbox unavailable', 'pause'],
    ['MAIL FROM', '550 5.7.1 Rejected by policy', 'stop configuration'],
    ['MAIL FROM', '451 4.3.0 Temporary lookup failure', 'later'],
    ['STARTTLS', '502 Command not recognized', 'stop configuration'],
    ['EHLO', '550 Go away', 'stop configuration'],
    ['EHLO', '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname', 'stop configuration'],
    ['CONN', '554 5.7.1 Your IP is on our blacklist', 'stop configuration'],
    ['CONN', '421 4.3.2 Service shutting down', 'later'],
    ['AUTH PLAIN', '500 Syntax error', 'stop configuration'],
    ['AUTH LOGIN', '526 Authentication failure[0]', 'stop configuration'],
    ['AUTH LOGIN', '526 Authentication failure[1]', 'stop configuration'],
    ['AUTH LOGIN', '550 User has no permission', 'stop configuration'],
    ['AUTH PLAIN', '535 user not found', 'stop configuration'],
    ['AUTH PLAIN', '454 4.7.0 Temporary authentication failure', 'later'],
    ['AUTH LOGIN', '451 Requested mail action not taken: too much fail authentication', 'pause'],
  ])('at %s, %s', (command, response, expected) => expect(verdict(response, command)).toBe(expected));
});

it('leaves the other side’s policy to the row, and knows it may be about us', () => {
  const refusal = { responseCode: 550, response: '550 5.7.1 Rejected by policy' };
  for (const command of ['RCPT TO', 'DATA'])
    expect(smtpOutcome({ ...refusal, command })).toMatchObject({ class: 'provider', perhapsOfUs: true });
});

it('takes a host that blocks ours for no matter of the recipient', () =>
  expect(verdict('450 4.7.1 Service unavailable; Client host [192.0.2.1] blocked using b.barracudacentral.org')).toBe(
    'later',
  ));

it('gives the enhanced code where there is one', () => {
  const code = (response: string) =>
    smtpOutcome({ responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' });
  expect(code('550 5.1.1 No such user')).toMatchObject({ code: '5.1.1' });
  expect(code('550 relay not permitted')).toMatchObject({ code: '550' });
});

it.each([
  ['550 5.1.8 Sender address rejected', /发信地址/],
  ['550 relay not permitted', /不允许本系统向外转发/],
  ['550 SPF check failed', /SPF/],
  ['550 Mail content denied', /内容/],
  ['450 4.2.1 This user receives mail at too high a rate', /对方邮箱短时间内来信过多/],
  ['451 sending quota exceeded', /发信数量/],
  ['552 5.2.2 Mailbox full', /已满/],
  ['550 5.1.1 No such user', /邮箱地址不存在/],
  ['553 sorry', /没有说明/],
])('says of %s what it is, in one sentence', (response, sentence) => {
  const outcome = smtpOutcome({ responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' });
  expect('reason' in outcome && outcome.reason).toMatch(sentence);
  expect('reason' in outcome && outcome.reason).toMatch(/^[^。]+。$/);
});
