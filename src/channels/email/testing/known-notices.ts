import { mail } from './bounce-corpus.js';

const from = (author: string, subject: string, body: string): Buffer =>
  mail([`From: ${author}`, `Subject: ${subject}`], body);

/** Notices in the words of the programs that write them: name, mail, envelope sender, what it says, its code where it has one. */
export const knownNotices: readonly (readonly [string, Buffer, string, 'failed' | 'pending' | 'delivered', string?])[] =
  [
    [
      '163',
      from(
        'Postmaster@163.com',
        '系统退信/Systems bounce',
        '抱歉，您的邮件被退回来了……\n原邮件信息：\n时间：2026-01-05\n主题：快报\n收件人：lisi@example.cn\n退信原因：\n收件人邮件地址（lisi@example.cn）不存在，邮件无法送达。\n SMTP error, RCPT TO: 550 User not found: lisi@example.cn',
      ),
      'postmaster@163.com',
      'failed',
      '550',
    ],
    [
      'QQ',
      from(
        'PostMaster@qq.com',
        '来自qq.com的退信',
        '很抱歉，您的邮件发送失败。发往 lisi@example.cn 的邮件因为以下原因无法送达：\n host mx.example.cn[192.0.2.4] said: 550 Mailbox not found (in reply to RCPT TO)',
      ),
      '',
      'failed',
      '550',
    ],
    [
      'Exmail',
      from('"企业邮箱" <postmaster@exmail.qq.com>', '退信通知', '收件人邮箱容量已满，错误代码：552 5.2.2'),
      '',
      'failed',
      '5.2.2',
    ],
    [
      'Gmail',
      from(
        'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        'Delivery Status Notification (Failure)',
        "** Address not found **\nYour message wasn't delivered to lisi@example.cn because the address couldn't be found.\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.",
      ),
      '',
      'failed',
      '5.1.1',
    ],
    [
      'Gmail, not yet',
      from(
        'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        'Delivery Status Notification (Delay)',
        "** Delivery incomplete **\nThere was a temporary problem delivering your message to lisi@example.cn. Gmail will retry for 47 more hours. You'll be notified if the delivery fails permanently.",
      ),
      '',
      'pending',
    ],
    [
      'Yahoo',
      from(
        'MAILER-DAEMON@yahoo.com',
        'Failure Notice',
        "Sorry, we were unable to deliver your message to the following address.\n\n<lisi@yahoo.com>:\n554: delivery error: dd This user doesn't have a yahoo.com account (lisi@yahoo.com) [0] - mta1",
      ),
      '',
      'failed',
      '554',
    ],
    [
      'MDaemon',
      from(
        'MDaemon@mx.example.cn',
        'Permanent Delivery Failure',
        'The attached message had PERMANENT fatal delivery errors!\n\nFailed address: lisi@example.cn\n--- Session Transcript ---\n --> RCPT To:<lisi@example.cn>\n <-- 550 5.1.1 <lisi@example.cn>, Recipient unknown',
      ),
      '',
      'failed',
      '5.1.1',
    ],
    [
      'Domino',
      from(
        'Postmaster@mx.example.cn',
        'DELIVERY FAILURE: User lisi (lisi@mx.example.cn) not listed in Domino Directory',
        'Your message\n  Subject: kb\nwas not delivered to:\n  lisi@mx.example.cn\nbecause:\n  User lisi (lisi@mx.example.cn) not listed in Domino Directory',
      ),
      '',
      'failed',
    ],
    [
      'Exchange 2003',
      from(
        'System Administrator <administrator@mx.example.cn>',
        'Undeliverable: kb',
        'Your message did not reach some or all of the intended recipients.\nThe following recipient(s) could not be reached:\n lisi on 2026/1/5 10:05\n The e-mail account does not exist at the organization this message was sent to.\n <mx.example.cn #5.1.1>',
      ),
      '',
      'failed',
      '5.1.1',
    ],
    [
      'IMail',
      from(
        'postmaster@mx.example.cn',
        'Undeliverable Mail',
        'Unknown user: lisi@mx.example.cn\n\nOriginal message follows.\n',
      ),
      '',
      'failed',
    ],
    [
      '139',
      from(
        '139邮箱 <postmaster@139.com>',
        '退信：快报',
        '尊敬的用户：您发送的邮件无法送达以下收件人 lisi@139.com ，失败原因 550 5.1.1 用户未开通邮箱',
      ),
      'postmaster@139.com',
      'failed',
      '5.1.1',
    ],
    [
      'Courier',
      from(
        '"Courier mail server at mx" <@mx.example.cn>',
        'NOTICE: mail delivery status.',
        'The following mailboxes:\n  <lisi@mx.example.cn>\n  550 User unknown.',
      ),
      '',
      'failed',
    ],
    [
      'GroupWise',
      from(
        'Mailer-Daemon@mx.example.cn',
        'Mail System Error - Returned Mail',
        'The message that you sent was undeliverable to the following:\n lisi (user not found)',
      ),
      '',
      'failed',
    ],
    [
      'out of time',
      from('MAILER-DAEMON@mx.example.cn', '投递失败', '邮件在队列中已超过5天，仍无法连接对方服务器，现予退回。'),
      '',
      'failed',
    ],
    [
      'arrived',
      from('postmaster@mx.example.cn', '投递报告', '您发给 lisi@example.cn 的邮件投递成功。'),
      '',
      'delivered',
    ],
    [
      'nobody reads it',
      from('no-reply@mail.example.cn', '邮件投递失败', '您的邮件未能送达 lisi@example.cn，原因：（550）该用户不存在'),
      '',
      'failed',
      '550',
    ],
    [
      'fields in the text',
      from('MAILER-DAEMON@mx.example.cn', 'Undelivered', 'Final-Recipient: rfc822; a@b.cn\nStatus: 5.2.2\n'),
      '',
      'failed',
      '5.2.2',
    ],
    [
      'code and colon',
      from('systembounce@mx.example.cn', 'Undelivered', '550:User suspended'),
      'systembounce@mx.example.cn',
      'failed',
      '550',
    ],
    [
      'gave up on a passing trouble',
      from(
        'mailer-daemon@mx.example.cn',
        'Undelivered Mail Returned to Sender',
        'host x said: 421 4.3.2 Service not available',
      ),
      '',
      'failed',
      '4.3.2',
    ],
    ['Aliyun', from('系统管理员 <system@aliyun.com>', '投递失败通知', '邮件退信：收件人帐号被冻结'), '', 'failed'],
    [
      'Taiwan',
      from('postmaster@mx.example.tw', '無法投遞的郵件', '您的郵件無法投遞：使用者不存在 550 5.1.1'),
      '',
      'failed',
      '5.1.1',
    ],
  ];
