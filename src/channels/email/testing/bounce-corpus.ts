import { gb18030 } from './gb18030.js';

/** Why a mail came back, in every form servers give it. */
export interface Cause {
  basic: string;
  status: string;
  english: string;
  chinese: string;
  /** What the office is told. */
  told: RegExp;
}

export const causes: readonly Cause[] = [
  { basic: '550', status: '5.1.1', english: 'User unknown', chinese: '用户不存在', told: /地址不存在/ },
  { basic: '550', status: '5.2.1', english: 'Account is disabled', chinese: '邮箱已停用', told: /停用/ },
  { basic: '552', status: '5.2.2', english: 'Mailbox full', chinese: '邮箱已满', told: /已满/ },
  {
    basic: '554',
    status: '5.7.1',
    english: 'Message rejected as spam',
    chinese: '垃圾邮件被拒收',
    told: /垃圾邮件|发信域名/,
  },
  { basic: '552', status: '5.3.4', english: 'Message size exceeds limit', chinese: '邮件过大', told: /大小/ },
  { basic: '550', status: '5.1.2', english: 'Host not found', chinese: '域名不存在', told: /地址不存在|找不到/ },
];

export interface Sample {
  name: string;
  raw: Buffer;
  /** Envelope sender. */
  sender: string;
}

const to = 'lisi@mx.example.cn';
const copy = ['Return-Path: <b+x@bounce.example.cn>', 'Message-ID: <x@example.cn>', 'Subject: 550 5.7.1 500元'];

export function mail(headers: readonly string[], body: string | readonly string[], end = '\r\n'): Buffer {
  return Buffer.from([...headers, '', ...(typeof body === 'string' ? [body] : body)].join(end));
}

const gb = (headers: readonly string[], body: string): Buffer => Buffer.concat([mail(headers, ''), gb18030(body)]);

const daemon = 'From: Mail Delivery System <MAILER-DAEMON@mx.example.cn>';
const report = (type = 'delivery-status') => `Content-Type: multipart/report; report-type=${type}; boundary="B/1"`;
const part = (type: string, ...lines: readonly string[]) => ['--B/1', `Content-Type: ${type}`, '', ...lines, ''];
const perMessage = ['Reporting-MTA: dns; mx.example.cn', ''];
const recipient = [`Final-Recipient: rfc822; ${to}`];
const returned = part('text/rfc822-headers', ...copy);
const statusPart = (lines: readonly string[], type = 'message/delivery-status') =>
  part(type, ...perMessage, ...recipient, ...lines);
const wrapped = (...parts: readonly (readonly string[])[]) => [...parts.flat(), '--B/1--'];

/** Every way in which a server says that `cause` was why a mail came back for good. */
export function failures({ basic, status, english, chinese }: Cause): Sample[] {
  const full = ['Action: failed', `Status: ${status}`, `Diagnostic-Code: smtp; ${basic} ${status} ${english}`];
  const reportOf = (name: string, body: readonly string[], end?: string): Sample => ({
    name,
    raw: mail([daemon, 'Subject: Undelivered Mail Returned to Sender', report()], body, end),
    sender: '',
  });
  const plain = (
    name: string,
    from: string,
    subject: string,
    body: string,
    sender = '',
    more: string[] = [],
  ): Sample => ({
    name,
    raw: mail([...(from ? [`From: ${from}`] : []), `Subject: ${subject}`, ...more], body),
    sender,
  });
  const html = (name: string, from: string, subject: string, body: string, sender = ''): Sample => ({
    name,
    raw: gb(
      [
        `From: ${from}`,
        `Subject: =?GBK?B?${gb18030(subject).toString('base64')}?=`,
        'Content-Type: text/html; charset=GBK',
      ],
      body,
    ),
    sender,
  });
  return [
    reportOf(
      'Postfix',
      wrapped(
        part('text/plain', `<${to}>: host mx[10.5.2.1] said: ${basic} ${status} ${english}`),
        statusPart(full),
        returned,
      ),
    ),
    reportOf('no words', wrapped(statusPart(full), returned)),
    reportOf('no returned message', wrapped(part('text/plain', 'Sorry.'), statusPart(full))),
    reportOf('cut off', [...part('text/plain', 'Sorry.'), ...statusPart(full)]),
    reportOf('bare line feeds', wrapped(statusPart(full), returned), '\n'),
    reportOf('RFC 6533', wrapped(statusPart(full, 'message/global-delivery-status'), returned)),
    reportOf(
      'RFC 6533 in base64',
      wrapped([
        ...['--B/1', 'Content-Type: message/global-delivery-status', 'Content-Transfer-Encoding: base64', ''],
        Buffer.from([...perMessage, ...recipient, ...full].join('\r\n')).toString('base64'),
      ]),
    ),
    reportOf('status without action', wrapped(statusPart([`Status: ${status}`]), returned)),
    reportOf(
      'action in capitals with a comment',
      wrapped(statusPart(['ACTION: FAILED (bad', ' address)', `STATUS:`, `\t${status} (sorry)`])),
    ),
    reportOf(
      'diagnostic code alone',
      wrapped(statusPart([`Diagnostic-Code: smtp; ${basic} ${status}`, `   ${english}`]), returned),
    ),
    reportOf(
      'vague status, telling diagnostic',
      wrapped(statusPart(['Action: failed', 'Status: 5.0.0', `Diagnostic-Code: smtp;${basic} ${status} ${english}`])),
    ),
    reportOf('no status part', wrapped(part('text/plain', `<${to}>: ${english}`), returned)),
    reportOf(
      'empty status part',
      wrapped(part('text/plain', `<${to}>: ${basic} ${status} ${english}`), part('message/delivery-status', '')),
    ),
    {
      name: 'report inside a footer',
      sender: '',
      raw: mail(
        [daemon, 'Content-Type: multipart/mixed; boundary=OUT'],
        [
          ...[
            '--OUT',
            report(),
            '',
            ...wrapped(statusPart(full), returned),
            '--OUT',
            'Content-Type: text/plain',
            '',
            'Scanned.',
            '--OUT--',
          ],
        ],
      ),
    },
    {
      name: 'report without its boundary in the head',
      sender: '',
      raw: mail([daemon, 'Content-Type: multipart/report'], wrapped(statusPart(full))),
    },
    {
      name: 'report from another envelope sender',
      sender: 'notify@mx.example.cn',
      raw: mail([daemon, report()], wrapped(statusPart(full))),
    },
    plain(
      'Exim',
      'Mail Delivery System <Mailer-Daemon@mx.example.cn>',
      'Mail delivery failed: returning message to sender',
      [
        'This message was created automatically by mail delivery software.',
        '',
        'A message that you sent could not be delivered to one or more of its',
        'recipients. This is a permanent error. The following address(es) failed:',
        '',
        `  ${to}`,
        '    host mx.example.cn [10.5.2.1]',
        `    SMTP error from remote mail server after RCPT TO:<${to}>:`,
        `    ${basic} ${status} ${english}`,
        '',
        '------ This is a copy of the message, including all the headers. ------',
        '',
        ...copy,
      ].join('\r\n'),
      '',
      [`X-Failed-Recipients: ${to}`, 'Auto-Submitted: auto-replied'],
    ),
    plain(
      'Exim without a code',
      'Mailer-Daemon@mx.example.cn',
      'Mail failure',
      `The following failed:\r\n  ${to}\r\n    ${english}\r\n`,
      '',
      [`X-Failed-Recipients: ${to}`, 'Auto-Submitted: auto-replied'],
    ),
    plain(
      'qmail',
      'MAILER-DAEMON@mx.example.cn',
      'failure notice',
      [
        'Hi. This is the qmail-send program at mx.example.cn.',
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "This is a permanent error; I've given up. Sorry it didn't work out.",
        '',
        `<${to}>:`,
        `Sorry, ${english}. (#${status})`,
        '',
        '--- Below this line is a copy of the message.',
        '',
        ...copy,
      ].join('\r\n'),
    ),
    plain(
      'Sendmail',
      'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.cn>',
      'Returned mail: see transcript for details',
      [
        'The original message was received at Mon, 5 Jan 2026 10:05:50 +0800',
        'from [10.5.2.1]',
        '',
        '   ----- The following addresses had permanent fatal errors -----',
        `<${to}>`,
        `    (reason: ${basic} ${status} ${english})`,
        '',
        '   ----- Transcript of session follows -----',
        '... while talking to mx.example.cn.:',
        `>>> DATA`,
        `<<< ${basic} ${status} ${english}`,
        `${basic} ${status} <${to}>... ${english}`,
      ].join('\r\n'),
    ),
    html(
      'Exchange',
      'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mx.example.cn>',
      'Undeliverable: 快报',
      `<html><style>p{font:550 5px}</style><p>Delivery has failed to these recipients or groups:</p><a href="mailto:${to}">${to}</a><p>Diagnostic information for administrators:</p><p>mx.example.cn #${basic} ${status} ${english} ##</p></html>`,
    ),
    html(
      'Coremail',
      '"系统退信" <Postmaster@163.com>',
      '系统退信',
      `<div>抱歉，您的邮件被退回来了……</div><table><tr><td>收件人：</td><td>${to}</td></tr><tr><td>退信原因：</td><td>${chinese}<br/>SMTP error, RCPT TO: Host mx.example.cn(10.5.2.1) said ${basic} ${status} ${english}</td></tr></table>`,
      'postmaster@163.com',
    ),
    html(
      'QQ',
      'PostMaster@qq.com',
      '来自qq.com的退信',
      `<p>这封邮件被退回，原因是：${chinese}</p><p>Host or domain name: ${basic}&nbsp;${english}</p>`,
    ),
    html(
      'Sina',
      'systembounce@sina.com',
      '退信通知',
      `您发送给 &lt;${to}&gt; 的邮件未能送达。原因：${basic}${chinese}`,
      'systembounce@sina.com',
    ),
    html('139', 'mailer-daemon@139.com', '邮件投递失败', `对方服务器返回（${basic}）${chinese}`),
    plain(
      'code and colon',
      'postmaster@mx.example.cn',
      'Delivery Status Notification (Failure)',
      `Could not deliver to ${to}\r\n${basic}: ${english}`,
    ),
    plain(
      'code in brackets',
      'systembounce@mx.example.cn',
      'Undelivered',
      `<${to}>\r\n(${basic}) ${english}`,
      'systembounce@mx.example.cn',
    ),
    plain('code glued to words', '', '退信', `${to}：${basic}${chinese}`),
    plain('status in brackets', 'postmaster@mx.example.cn', 'Undeliverable', `${to} could not be reached (${status})`),
    plain('Chinese words alone', 'MAILER-DAEMON', '退信', `您发给${to}的邮件被退回：${chinese}。`),
    plain('Chinese words alone, no other sign', 'postmaster@mx.example.cn', '邮件通知', `收件人 ${to}：${chinese}`),
    plain('English words alone', 'postmaster@mx.example.cn', 'failure notice', `${to}: ${english}`),
    plain('no author', '', 'Undelivered', `Host said: ${basic} ${status} ${english}`),
  ];
}
