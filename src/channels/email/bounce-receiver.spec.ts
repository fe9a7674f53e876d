import { connect, type Socket } from 'node:net';
import nodemailer from 'nodemailer';
import type { DeliveryReport } from '../../domain/delivery.js';
import { startBounceReceiver, type BounceLimits, type BounceReceiver } from './bounce-receiver.js';
import { verpAddress } from './verp.js';

const domain = 'bounce.example.cn';
const secret = 'verp-secret';
const id = '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1';
const sentAt = new Date('2025-12-30T03:04:05Z');
const own = verpAddress(id, sentAt, { secret, domain });

const limits: BounceLimits = { clients: 60, connections: 5, perMinute: 50, idleMs: 30_000, mailMs: 30_000 };

let receiver: BounceReceiver;
let reports: DeliveryReport[];
let fails: boolean;

beforeEach(async () => {
  reports = [];
  fails = false;
  receiver = await startBounceReceiver({
    host: '127.0.0.1',
    port: 0,
    bounceDomain: domain,
    verpSecret: secret,
    messageIdDomain: 'example.cn',
    limits,
    onReport: (report) => {
      if (fails) return Promise.reject(new Error('database away'));
      reports.push(report);
      return Promise.resolve();
    },
    now: () => new Date('2026-01-02T03:04:05Z'),
  });
});
afterEach(() => receiver.close());

function bounceTo(address: string, raw: string): Promise<unknown> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: receiver.port, ignoreTLS: true });
  return transport.sendMail({ envelope: { from: '', to: [address] }, raw }).finally(() => transport.close());
}

const failure = 'Subject: Undelivered\r\n\r\nHost said: 550 5.1.1 No such user\r\n';

describe('startBounceReceiver', () => {
  it('reports on the delivery the address names', async () => {
    await bounceTo(own, failure);
    expect(reports).toEqual([
      {
        provider: 'smtp',
        deliveryId: id,
        status: 'failed',
        code: '5.1.1',
        reason: '邮箱地址不存在或已停用，请核对地址。',
        addressDead: true,
        reportedAt: new Date('2026-01-02T03:04:05Z'),
      },
    ]);
  });

  it.each([
    'postmaster@bounce.example.cn',
    own.replace(id, id.replace('0b2f', '0b2e')),
    own.replace(domain, 'other.cn'),
  ])('takes nothing for %s', async (address) => {
    await expect(bounceTo(address, failure)).rejects.toMatchObject({ responseCode: 550 });
    expect(reports).toEqual([]);
  });

  it('lets the other server keep the bounce while it cannot be stored', async () => {
    fails = true;
    await expect(bounceTo(own, failure)).rejects.toMatchObject({ responseCode: 451 });
    fails = false;
    await bounceTo(own, failure);
    expect(reports).toHaveLength(1);
  });

  it('takes mail that is no bounce without a report', async () => {
    await bounceTo(own, 'Subject: 自动回复\r\nAuto-Submitted: auto-replied\r\n\r\n550 休假\r\n');
    expect(reports).toEqual([]);
  });

  it('refuses what is larger than any bounce', async () => {
    await expect(bounceTo(own, `Subject: x\r\n\r\n${'x'.repeat(1_100_000)}`)).rejects.toMatchObject({
      responseCode: 552,
    });
  });

  it('takes nothing for an address it wrote too long ago', async () => {
    const old = verpAddress(id, new Date('2025-12-17T03:04:05Z'), { secret, domain });
    await expect(bounceTo(old, failure)).rejects.toMatchObject({ responseCode: 550 });
  });

  it('believes nothing of a bounce that returns another mail of ours', async () => {
    const returning = (messageId: string) =>
      [
        'From: MAILER-DAEMON@mx.cn',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=B',
        '',
        '--B\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n',
        `--B\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\nMessage-ID: ${messageId}\r\n\r\ntext\r\n--B--\r\n`,
      ].join('\r\n');
    await bounceTo(own, returning(`<${id.replace('0b2f', '0b2e')}@example.cn>`));
    expect(reports).toEqual([]);
    await bounceTo(own, returning(`<${id}@example.cn>`));
    await bounceTo(own, returning('<of-a-gateway@mx.cn>'));
    expect(reports).toHaveLength(2);
  });

  it('believes nothing a person sends', async () => {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: receiver.port, ignoreTLS: true });
    await transport.sendMail({ envelope: { from: 'zhang@mx.cn', to: [own] }, raw: failure });
    transport.close();
    expect(reports).toEqual([]);
  });
});

describe('peers of the receiver', () => {
  const sockets: Socket[] = [];
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

  /** Resolves with what the receiver says first. */
  const dial = (localAddress: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: receiver.port, localAddress, allowHalfOpen: true });
      sockets.push(socket);
      socket.once('data', (greeting) => resolve(greeting.toString()));
      socket.once('error', reject);
    });
  const say = (socket: Socket, text: string) =>
    new Promise<string>((resolve) => {
      socket.once('data', (answer) => resolve(answer.toString()));
      socket.write(text);
    });

  it('have their own places: what one holds idle shuts nobody else out', async () => {
    const greetings = await Promise.all(Array.from({ length: 60 }, () => dial('127.0.0.2')));
    expect(greetings.filter((greeting) => greeting.startsWith('220'))).toHaveLength(limits.connections);
    expect(greetings.filter((greeting) => greeting.startsWith('421'))).toHaveLength(60 - limits.connections);
    await bounceTo(own, failure);
    expect(reports).toHaveLength(1);
  });

  it('get an answer when they end their half of the connection with the mail, as Exim does', async () => {
    await dial('127.0.0.1');
    const socket = sockets[0]!;
    await say(socket, 'EHLO mx.cn\r\n');
    await say(socket, 'MAIL FROM:<>\r\n');
    await say(socket, `RCPT TO:<${own}>\r\n`);
    await say(socket, 'DATA\r\n');
    let answers = '';
    socket.on('data', (answer) => (answers += answer.toString()));
    socket.end(`${failure}.\r\nQUIT\r\n`);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answers).toMatch(/^250 /);
    expect(reports).toHaveLength(1);
  });

  it('are let go when they say nothing, and when they talk on without ever bringing a mail', async () => {
    const open = (of: Partial<BounceLimits>) =>
      startBounceReceiver({
        ...{ host: '127.0.0.1', port: 0, bounceDomain: domain, verpSecret: secret },
        limits: { ...limits, ...of },
        onReport: () => Promise.resolve(),
      });
    const ended = async ({ port }: BounceReceiver, talk: (socket: Socket) => void) => {
      const socket = connect({ host: '127.0.0.1', port });
      sockets.push(socket);
      let heard = '';
      socket.on('data', (text) => (heard += text.toString()));
      socket.on('error', () => undefined);
      talk(socket);
      await new Promise((resolve) => socket.once('close', resolve));
      return heard;
    };
    const silent = await open({ idleMs: 40 });
    expect(await ended(silent, () => undefined)).toContain('421 ');
    const slow = await open({ mailMs: 200 });
    // Each answer is followed by the next word.
    const heard = await ended(slow, (socket) => socket.on('data', () => socket.write('NOOP\r\n')));
    expect(heard.split('250 ').length).toBeGreaterThan(2);
    await Promise.all([silent.close(), slow.close()]);
  });
});
