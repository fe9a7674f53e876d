import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { BounceMailbox, type BounceMailboxOptions, checkMailbox } from '../../src/channels/email/bounce-mailbox.js';
import { verpAddress } from '../../src/channels/email/verp.js';
import type { DeliveryReport } from '../../src/domain/delivery.js';
import { until } from '../e2e/open-service.js';
import { describeWithMailServers } from '../e2e/programs.js';
import { Dovecot } from '../real-mta/dovecot.js';
import { mailboxOwner } from '../real-mta/postfix.js';
import { ServerFolder } from '../real-mta/server-process.js';

const { suite, paths } = describeWithMailServers();
const now = new Date('2026-11-23T01:12:00Z');
const addresses = { domain: 'bounce.example.cn', secret: 'verp-secret' };
const hour = 3_600_000;

const idOf = (n: number) => `0b2f9bb5-7f2e-4b5e-9a53-${String(n).padStart(12, '0')}`;
const bounce = (n: number) =>
  [
    'Return-Path: <>',
    `Delivered-To: ${verpAddress(idOf(n), now, addresses)}`,
    'From: MAILER-DAEMON@mx.cn',
    'Subject: Undelivered',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=B',
    '',
    '--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.cn\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n',
    '--B--\r\n',
  ].join('\r\n');
const letter =
  'Return-Path: <zhang@mx.cn>\r\nFrom: 张三 <zhang@mx.cn>\r\nSubject: 550 5.1.1 No such user\r\n\r\n550 5.1.1\r\n';
const strangers = bounce(1).replace(/^Delivered-To: .*$/m, 'Delivered-To: office@example.cn');

suite('a mailbox of bounces', () => {
  let folder: ServerFolder;
  let dovecot: Dovecot;
  let user: string;
  let users = 0;
  let reports: DeliveryReport[];
  let states: (string | null)[];
  let open: BounceMailbox[];

  beforeAll(async () => {
    folder = new ServerFolder();
    mkdirSync(folder.at('mail'));
    chownSync(folder.at('mail'), mailboxOwner, mailboxOwner);
    dovecot = await Dovecot.start(paths.dovecot, folder.at('mail'), mailboxOwner);
  });
  afterAll(async () => {
    await dovecot?.close();
    folder.remove();
  });
  beforeEach(() => {
    [user, reports, states, open] = [`office${users++}`, [], [], []];
  });
  afterEach(async () => {
    for (const mailbox of open) await mailbox.close();
  });

  /** Polls so rarely that whatever is heard in a test was told by the server. */
  const look = (more: Partial<BounceMailboxOptions> = {}) => {
    const mailbox = new BounceMailbox({
      ...dovecot.account(user),
      ways: { addresses, messageIdDomain: 'example.cn' },
      onReport: (report) => Promise.resolve(reports.push(report) > 0),
      onState: (problem) => states.push(problem),
      now: () => now,
      waits: { pollMs: hour, retryMs: 20, mostRetryMs: 40 },
      ...more,
    });
    open.push(mailbox);
    return mailbox;
  };
  const bring = (...mails: readonly string[]) =>
    dovecot.ask(user, async (client) => {
      for (const [n, mail] of mails.entries())
        await client.append('INBOX', mail, [], new Date(now.getTime() - hour + n * 60_000));
    });
  const known = (n: number) => until(() => reports.length >= n, `${n} reports`);
  const kept = () =>
    dovecot.ask(user, async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      const mails = await client.fetchAll('1:*', { flags: true, envelope: true });
      return mails.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort());
    });
  const marked = ['$KuaibaoTaken', '\\Seen'];

  it('is told of ours alone, and touches nothing else', async () => {
    await bring(letter, bounce(1), strangers);
    look();
    await known(1);
    expect(reports).toEqual([
      {
        ...{ provider: 'smtp', deliveryId: idOf(1), status: 'failed', code: '5.1.1', addressDead: true },
        reason: '邮箱地址不存在或已停用，请核对地址。',
        reportedAt: new Date(now.getTime() - hour + 60_000),
      },
    ]);
    await until(async () => (await kept())[1]?.length === 2, 'the mark');
    expect(await kept()).toEqual([[], marked, []]);
  });

  it('is told at once of what comes later, and moves it where that is wished', async () => {
    look({ doneFolder: '退信/已登记', encryption: 'starttls', port: dovecot.starttlsPort });
    await until(() => states.includes(null), 'the mailbox');
    await bring(bounce(2));
    await known(1);
    await until(() => dovecot.count(user, '退信/已登记').then((n) => n === 1), 'the move');
    await bring(letter, bounce(3));
    await known(2);
    await until(() => dovecot.count(user, '退信/已登记').then((n) => n === 2), 'the move');
    expect(await kept()).toEqual([[]]);
  });

  it('leaves a bounce where it is while its report cannot be stored, and what is of nobody for good', async () => {
    await bring(bounce(4), bounce(5));
    let stores = false;
    look({
      onReport: (report) => {
        if (!stores) return Promise.reject(new Error('database away'));
        reports.push(report);
        return Promise.resolve(report.deliveryId === idOf(5));
      },
    });
    await until(() => states.length > 0, 'the failure');
    expect(states[0]).toMatch(/无法登记/);
    expect(await kept()).toEqual([[], []]);
    stores = true;
    await known(2);
    await until(async () => (await kept())[1]?.length === 2, 'the mark');
    expect((await kept())[0]).toEqual([]);
  });

  it('goes on after the server was away, and takes nothing a second time', async () => {
    await bring(bounce(6));
    look();
    await known(1);
    await dovecot.stop();
    await until(() => states.at(-1), 'the failure');
    const file = folder.at('mail', user, 'new', '1.M1.test');
    writeFileSync(file, bounce(7));
    chownSync(file, mailboxOwner, mailboxOwner);
    await dovecot.start();
    await known(2);
    expect(reports.map(({ deliveryId }) => deliveryId)).toEqual([idOf(6), idOf(7)]);
    await until(() => states.at(-1) === null, 'the word that all is well');
  });

  it('gives the same report where it has to look once more', async () => {
    await bring(bounce(8));
    const mailbox = look({ onReport: (report) => Promise.resolve(reports.push(report) < 0) });
    await known(1);
    await mailbox.close();
    look();
    await known(2);
    expect(reports[1]).toEqual(reports[0]);
  });

  it('says what is wrong with the settings, and what to do', async () => {
    const right = dovecot.account(user);
    const port = dovecot.starttlsPort;
    expect(await checkMailbox(right)).toBeNull();
    expect(await checkMailbox({ ...right, password: 'guessed' })).toMatch(/登录失败.*授权码/);
    expect(await checkMailbox({ ...right, folder: '没有的' })).toMatch(/IMAP_FOLDER/);
    expect(await checkMailbox({ ...right, ca: null })).toMatch(/根证书.*IMAP_CA_FILE。/);
    expect(await checkMailbox({ ...right, host: 'localhost' })).toMatch(/签发给127\.0\.0\.1.*IMAP_HOST/);
    expect(await checkMailbox({ ...right, port })).toMatch(/IMAP_ENCRYPTION改为starttls（通常是143端口）/);
    expect(await checkMailbox({ ...right, port: 1 })).toMatch(/IMAP_PORT/);
    look({ password: 'guessed' });
    await until(() => states.length > 0, 'the failure');
    expect(states[0]).toMatch(/登录失败/);
  });
});
