import { mail, type Sample } from './bounce-corpus.js';

/** Numbers that look like codes and are none. */
const numbers = [
  '我已搬到县政府大楼512室办公',
  '请拨打 0373 550-1234',
  '可乘551路公交车',
  '会务费500元，住宿452元',
  '内网地址10.5.2.1，网关10.5.2.254',
  '请学习手册5.1.3至5.1.7节',
  '系统将在重试540分钟后恢复',
  '服务器 5.188.10.23 已经更换',
  '分机 550 转 1，谢谢',
  '报名人数550人，限额421人',
  '见第 5.2.2 节',
  'See section 5.1.1 of the manual, room 550',
  'Call me on 550 or 451, ext. 554',
  'version 4.4.7 has been installed, 552 MB',
  '身份证尾号 5521，车牌 豫G550',
  '2026-4-50 5.5.5.5 554-0000',
  '工单 550：空调维修，工单 551：窗户',
  '食堂每餐 5.5.1 套餐，12.5.1.1 版',
  '预算550万元，结余4.2.1亿元',
  '邮编 453200，传真 0373-5501234',
];

/** Words of failure in mail that is about something else. */
const failureTalk = [
  '各单位：近期邮箱已满的用户较多，请及时清理。',
  '升级期间邮件可能无法投递，敬请谅解。',
  '如收到退信，请与信息中心联系。',
  '发送邮件前请核对地址，避免因用户不存在而退信。',
  'During the upgrade mail to unknown users will be rejected.',
  'If your mailbox is full, delete old mail.',
  '我处已停用旧账号，新账号另行通知。',
  '本人出差，邮箱地址不变；退回的材料请放512室。',
];

const person = '李四 <lisi@mx.example.cn>';
const bounceText = [
  'Subject: Undelivered Mail Returned to Sender',
  'From: MAILER-DAEMON@mx.example.cn',
  '',
  '<wangwu@mx.example.cn>: host mx[10.1.1.1] said: 550 5.1.1 User unknown',
  '您的邮件被退回，退信原因：用户不存在',
].join('\r\n');
const statusFields = 'Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b.cn\r\nAction: failed\r\nStatus: 5.1.1';
const wholeReport = [
  'From: MAILER-DAEMON@mx.example.cn',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=IN',
  '',
  '--IN',
  'Content-Type: message/delivery-status',
  '',
  statusFields,
  '',
  '--IN--',
].join('\r\n');

function plain(name: string, headers: readonly string[], body: string, sender: string): Sample {
  return { name, raw: mail(headers, body), sender };
}

const around = (inner: readonly string[]) => [
  '--O',
  'Content-Type: text/plain',
  '',
  '请看附件，什么意思？',
  ...inner,
  '--O--',
];

/** Mail that comes to a bounce address and says nothing about our mail. */
export const noBounces: readonly Sample[] = [
  ...numbers.flatMap((text) => [
    plain(
      `automatic reply, null sender: ${text}`,
      [`From: ${person}`, 'Subject: 自动回复: 快报', 'Auto-Submitted: auto-replied'],
      text,
      '',
    ),
    plain(`automatic reply without a mark: ${text}`, [`From: ${person}`, 'Subject: 快报'], text, ''),
    plain(
      `vacation of a postmaster: ${text}`,
      ['From: postmaster@mx.example.cn', 'Subject: Automatic reply: kb'],
      text,
      '',
    ),
    plain(`Auto-Submitted, no author: ${text}`, ['Auto-Submitted: auto-replied'], text, ''),
    plain(`notice of the mail system: ${text}`, ['From: postmaster@mx.example.cn', 'Subject: 系统升级公告'], text, ''),
    plain(`notice without a subject: ${text}`, ['From: mailer-daemon@mx.example.cn'], `各位用户：\r\n${text}。`, ''),
    plain(`a person's reply: ${text}`, [`From: ${person}`, 'Subject: Re: 快报'], text, 'lisi@mx.example.cn'),
    plain(
      `out of office in English: ${text}`,
      ['From: Li Si <lisi@mx.example.cn>', 'Subject: Out of Office', 'X-Autoreply: yes'],
      `I am on leave. ${text}`,
      '',
    ),
  ]),
  ...failureTalk.flatMap((text) => [
    plain(`announcement: ${text}`, ['From: postmaster@mx.example.cn', 'Subject: 公告'], text, ''),
    plain(
      `announcement, other envelope: ${text}`,
      ['From: postmaster@mx.example.cn', 'Subject: Notice'],
      text,
      'postmaster@mx.example.cn',
    ),
    plain(`automatic reply: ${text}`, [`From: ${person}`, 'Subject: 自动回复'], text, ''),
  ]),
  ...['lisi@mx.example.cn', ''].flatMap((sender) => [
    plain(
      `a bounce pasted by a person, sender <${sender}>`,
      [`From: ${person}`, 'Subject: 转发: 系统退信'],
      bounceText,
      sender,
    ),
    {
      name: `a bounce attached by a person, sender <${sender}>`,
      raw: mail(
        [`From: ${person}`, 'Subject: Fw: Undelivered Mail', 'Content-Type: multipart/mixed; boundary=O'],
        around(['--O', 'Content-Type: message/rfc822', '', wholeReport]),
      ),
      sender,
    },
    {
      name: `the status part attached by a person, sender <${sender}>`,
      raw: mail(
        [`From: ${person}`, 'Subject: 帮忙看看', 'Content-Type: multipart/mixed; boundary=O'],
        around(['--O', 'Content-Type: message/delivery-status', '', statusFields]),
      ),
      sender,
    },
  ]),
  {
    name: 'a report written by a person',
    raw: mail(
      [`From: ${person}`, 'Content-Type: multipart/report; report-type=delivery-status; boundary=O'],
      [...['--O', 'Content-Type: message/delivery-status', '', statusFields, '--O--']],
    ),
    sender: 'lisi@mx.example.cn',
  },
  {
    name: 'a bounce in a message the mail system passes on',
    raw: mail(
      ['From: postmaster@mx.example.cn', 'Subject: 邮件隔离报告', 'Content-Type: multipart/mixed; boundary=O'],
      [...['--O', 'Content-Type: message/rfc822', '', wholeReport, '--O--']],
    ),
    sender: '',
  },
  {
    name: 'a receipt',
    raw: mail(
      [`From: ${person}`, 'Content-Type: multipart/report; report-type=disposition-notification; boundary=O'],
      [
        ...['--O', 'Content-Type: text/plain', '', 'Your message was deleted. 550 5.1.1 User unknown', '--O'],
        ...[
          'Content-Type: message/disposition-notification',
          '',
          'Disposition: automatic-action/MDN-sent-automatically; deleted',
          '--O--',
        ],
      ],
    ),
    sender: '',
  },
  {
    name: 'a complaint',
    raw: mail(
      ['From: postmaster@mx.example.cn', 'Content-Type: multipart/report; report-type=feedback-report; boundary=O'],
      [
        ...[
          '--O',
          'Content-Type: message/feedback-report',
          '',
          'Feedback-Type: abuse',
          'Status: 5.7.1',
          'Action: failed',
          '--O--',
        ],
      ],
    ),
    sender: '',
  },
  plain(
    'a postmaster answers by hand',
    ['From: postmaster@mx.example.cn', 'Subject: Re: Undelivered Mail'],
    bounceText,
    'postmaster@mx.example.cn',
  ),
  plain('a full mailbox of theirs', [`From: ${person}`, 'Subject: 快报'], '我的邮箱已满，请改发新邮箱。', ''),
  plain(
    'a warning to the owner',
    ['From: postmaster@mx.example.cn', 'Subject: 邮箱容量提醒'],
    '您的邮箱已满95%，请清理。',
    '',
  ),
  plain(
    'an announcement about returned mail',
    ['From: postmaster@mx.example.cn', 'Subject: 关于退信问题的说明'],
    '退信代码 550 5.1.1 表示用户不存在。',
    '',
  ),
  plain(
    'a challenge',
    ['From: no-reply@mx.example.cn', 'Subject: Please confirm your message'],
    'Your message is held. Reply within 540 minutes.',
    '',
  ),
  plain('nothing', [], '', ''),
];
