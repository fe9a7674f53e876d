import nodemailer from 'nodemailer';
import type { DeliveryReport } from '../../domain/delivery.js';
import { startBounceReceiver, type BounceReceiver } from './bounce-receiver.js';
import { verpAddress } from './verp.js';

const domain = 'bounce.example.cn';
const secret = 'verp-secret';
const id = '0b2f9bb5-7f2e-4b5e-9a53-0a4d2ff2a6a1';
const own = verpAddress(id, secret, domain);

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
});
