import { readBounceMail } from './bounce-mail.js';
import { causes, failures, mail } from './testing/bounce-corpus.js';
import { knownNotices } from './testing/known-notices.js';
import { noBounces } from './testing/no-bounces.js';

describe('a mail that was returned', () => {
  const samples = causes.flatMap((cause) =>
    failures(cause).map((sample) => ({ ...sample, cause, name: `${sample.name}: ${cause.status}` })),
  );

  it.each(samples)('is read: $name', ({ raw, sender, cause }) => {
    const verdict = readBounceMail(raw, sender);
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringMatching(cause.told) as string });
    expect([cause.status, cause.basic, '5.0.0']).toContain(verdict?.code);
  });

  const notices = knownNotices.map(([name, raw, sender, status, code]) => ({
    ...{ name, raw, sender },
    says: code === undefined ? { status } : { status, code },
  }));
  it.each(notices)('is read as that program writes: $name', ({ raw, sender, says }) => {
    expect(readBounceMail(raw, sender)).toMatchObject(says);
  });

  it('is told from as many that were not', () => {
    expect(noBounces.length).toBeGreaterThanOrEqual(samples.length);
    const read = noBounces.filter(({ raw, sender }) => readBounceMail(raw, sender) !== null);
    expect(read.map(({ name }) => name)).toEqual([]);
  });
});

describe('a mail that is still under way', () => {
  it.each([
    [
      'Postfix',
      'Delayed Mail (still being retried)',
      'Your message could not be delivered for more than 4 hour(s).\r\nIt will be retried until it is 5 day(s) old.\r\nhost mx said: 451 4.7.1 Try again',
      '4.7.1',
    ],
    [
      'Exim',
      'Warning: message 1xXgeD delayed 24 hours',
      'The message has not yet been delivered.\r\nNo action is required on your part. Delivery attempts will continue for some time.',
      '4.0.0',
    ],
    [
      'Sendmail',
      'Warning: could not send message for past 4 hours',
      'THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.',
      '4.0.0',
    ],
    ['Coremail', '投递延迟通知', '您的邮件暂时未能送达对方服务器，系统将继续尝试投递。', '4.0.0'],
  ])('is not failed: %s', (_who, subject, text, code) => {
    const raw = mail(
      ['From: MAILER-DAEMON@mx.example.cn', `Subject: ${subject}`, 'Auto-Submitted: auto-replied'],
      text,
    );
    expect(readBounceMail(raw, '')).toMatchObject({ status: 'pending', code });
  });

  it.each([
    ['the retry time is over', 'Mail delivery failed', 'retry timeout exceeded', '5.0.0'],
    ['the queue gave up', 'Undelivered', '多次尝试投递失败，系统已放弃投递，将不再重试。(4.4.7)', '4.4.7'],
    ['the status is temporary', 'Delivery Status Notification (Failure)', 'Message expired (4.4.7)', '4.4.7'],
  ])('is failed once %s', (_what, subject, text, code) => {
    const raw = mail(['From: MAILER-DAEMON@mx.example.cn', `Subject: ${subject}`], text);
    expect(readBounceMail(raw, '')).toMatchObject({ status: 'failed', code });
  });
});

it.each([
  [
    'Postfix',
    'Successful Mail Delivery Report',
    'Your message was successfully delivered to the destination(s) listed below.',
  ],
  ['Coremail', '邮件投递成功通知', '您的邮件已成功投递到对方服务器。'],
])('a mail that arrived is delivered: %s', (_who, subject, text) => {
  const raw = mail(['From: MAILER-DAEMON@mx.example.cn', `Subject: ${subject}`], text);
  expect(readBounceMail(raw, '')).toMatchObject({ status: 'delivered' });
});
