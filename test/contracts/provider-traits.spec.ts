import { startBounceReceiver } from '../../src/channels/email/bounce-receiver.js';
import { readAliyunReports } from '../../src/channels/sms/aliyun-report.js';
import { readTencentReports } from '../../src/channels/sms/tencent-report.js';
import type { DeliveryReport } from '../../src/domain/delivery.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import {
  emailChannel,
  emailContent,
  impatient,
  smsChannel,
  smsContent,
  tencentChannel,
  tencentTemplates,
  wecomCard,
  wecomChannel,
} from './channels-under-test.js';
import { startReportCallback } from './report-callback.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

/** Resolves with the first `count` reports it is given. */
function reportInbox(count: number) {
  const reports: DeliveryReport[] = [];
  let arrived: (all: DeliveryReport[]) => void;
  const all = new Promise<DeliveryReport[]>((resolve) => (arrived = resolve));
  const take = (report: DeliveryReport) => {
    reports.push(report);
    if (reports.length === count) arrived(reports);
  };
  return { take, all };
}

describe('e-mail', () => {
  it('comes back as a report on the right delivery, from success and from failure notifications', async () => {
    const inbox = reportInbox(2);
    const receiver = closing(
      await startBounceReceiver({
        host: '127.0.0.1',
        port: 0,
        bounceDomain: office.bounce.domain,
        verpSecret: office.bounce.secret,
        onReport: (report) => Promise.resolve(inbox.take(report)),
      }),
    );
    place.sandbox.setBounce({ host: '127.0.0.1', port: receiver.port });
    const channel = closing(emailChannel(place.sandbox.smtpPort));
    const [good, late] = [outgoing('a@example.cn', emailContent), outgoing('late@example.cn', emailContent)];
    await outcomeOf(channel, good);
    await outcomeOf(channel, late);
    const reports = new Map((await inbox.all).map((report) => [report.deliveryId, report]));
    expect(reports.get(good.deliveryId)).toMatchObject({
      provider: 'smtp',
      status: 'delivered',
      code: '2.0.0',
      reason: '',
    });
    expect(reports.get(late.deliveryId)).toMatchObject({ provider: 'smtp', status: 'failed', code: '5.1.1' });
  });

  it('is repeated under the same Message-ID, which the sandbox counts as a repeat and not as a duplicate', async () => {
    const channel = closing(emailChannel(place.sandbox.smtpPort));
    const message = outgoing('drop@example.cn', emailContent);
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown' });
    expect(await outcomeOf(channel, message)).toMatchObject({
      kind: 'accepted',
      reference: `<${message.deliveryId}@example.cn>`,
    });
    expect(place.sandbox.book.repeats()).toHaveLength(1);
    expect(place.sandbox.book.duplicates()).toHaveLength(0);
  });

  it('does not go on without the encryption it was told to use', async () => {
    const channel = closing(emailChannel(place.sandbox.smtpPort, { encryption: 'starttls' }));
    expect(await outcomeOf(channel, outgoing('a@example.cn', emailContent))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
    expect(place.sandbox.book.all()).toHaveLength(0);
  });

  it('says that a server asks for a login that is not configured', async () => {
    const channel = closing(emailChannel(place.sandbox.smtpPort, { login: undefined }));
    expect(await outcomeOf(channel, outgoing('a@example.cn', emailContent))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
  });

  it('is shown with the link the recipient follows', async () => {
    const channel = closing(emailChannel(place.sandbox.smtpPort));
    const html = '<p>请<a href="https://kb.example.cn/r/Ab_C-1">签收</a></p>';
    await outcomeOf(channel, outgoing('a@example.cn', { ...emailContent, html }));
    expect(place.sandbox.book.messages()).toMatchObject([
      {
        title: '每日快报第12期',
        link: 'https://kb.example.cn/r/Ab_C-1',
        returnPath: expect.stringMatching(/^b\+/) as string,
      },
    ]);
    const page = await fetch(`${place.sandbox.httpUrl}/mail/1`);
    expect(await page.text()).toContain('Ab_C-1');
  });

  it.each([
    ['full@example.cn', { kind: 'retry', class: 'provider', code: '4.2.2' }],
    ['grey@example.cn', { kind: 'retry', class: 'provider', code: '4.7.1', afterMs: 300_000 }],
  ])('reads the answer of %s', async (address, outcome) => {
    const channel = closing(emailChannel(place.sandbox.smtpPort));
    expect(await outcomeOf(channel, outgoing(address, emailContent))).toMatchObject(outcome);
  });

  it.each(['two words@example.cn', 'a@example.cn\r\nBcc: all@example.cn', 'a@b.cn, c@d.cn', 'nobody'])(
    'never lets %j into a header',
    async (address) => {
      const channel = closing(emailChannel(place.sandbox.smtpPort));
      expect(await outcomeOf(channel, outgoing(address, emailContent))).toMatchObject({
        kind: 'refused',
        class: 'recipient',
      });
      expect(place.sandbox.book.all()).toHaveLength(0);
    },
  );
});

describe('SMS', () => {
  it('comes back as reports on the right deliveries', async () => {
    const inbox = reportInbox(2);
    const callback = closing(
      await startReportCallback((body) => {
        const reports = readAliyunReports(body);
        if (Array.isArray(reports)) reports.forEach(inbox.take);
        return true;
      }),
    );
    place.sandbox.setReportUrl(callback.url);
    const channel = smsChannel(place.sandbox);
    const [good, bad] = [outgoing('15400000001', smsContent), outgoing('15400009906', smsContent)];
    await outcomeOf(channel, good);
    await outcomeOf(channel, bad);
    const reports = new Map((await inbox.all).map((report) => [report.deliveryId, report]));
    expect(reports.get(good.deliveryId)).toMatchObject({ provider: 'aliyun', status: 'delivered', code: 'DELIVERED' });
    expect(reports.get(bad.deliveryId)).toMatchObject({ provider: 'aliyun', status: 'failed', code: 'UNDELIV' });
  });

  it('settles a doubt by asking the provider', async () => {
    const channel = smsChannel(place.sandbox);
    const taken = outgoing('15400009904', smsContent);
    const lost = outgoing('15400009905', smsContent);
    const startedAt = new Date();
    expect(await outcomeOf(channel, taken)).toMatchObject({ kind: 'unknown' });
    const silent = smsChannel(place.sandbox, { timeoutMs: impatient });
    expect(await outcomeOf(silent, lost)).toMatchObject({ kind: 'unknown' });
    const answers = await channel.reconcile([
      { deliveryId: taken.deliveryId, address: taken.address, startedAt },
      { deliveryId: lost.deliveryId, address: lost.address, startedAt },
    ]);
    expect(answers).toMatchObject([
      { kind: 'taken', report: { deliveryId: taken.deliveryId, status: 'delivered' } },
      { kind: 'notTaken' },
    ]);
  });

  it('finds a message behind fifty others of the same number and day', async () => {
    const { book } = place.sandbox;
    for (let n = 0; n < 60; n++)
      book.add({
        provider: 'aliyun',
        kind: 'sms',
        reference: `other-${n}`,
        to: '15400000007',
        providerId: '1^0',
        shown: true,
        title: '',
        text: '',
      });
    const message = outgoing('15400000007', smsContent);
    const channel = smsChannel(place.sandbox);
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'accepted' });
    const doubtful = { deliveryId: message.deliveryId, address: message.address, startedAt: new Date() };
    expect(await channel.reconcile([doubtful])).toMatchObject([{ kind: 'taken' }]);
  });

  it('is not taken for another message to the same number', async () => {
    const channel = smsChannel(place.sandbox);
    await outcomeOf(channel, outgoing('15400000001', smsContent));
    const doubtful = { deliveryId: 'never-sent', address: '15400000001', startedAt: new Date() };
    expect(await channel.reconcile([doubtful])).toEqual([{ kind: 'notTaken' }]);
  });

  it('has no answer to a doubt when the provider cannot be asked', async () => {
    const channel = smsChannel(place.sandbox, { accessKeySecret: 'wrong' });
    const doubtful = { deliveryId: 'x', address: '15400000001', startedAt: new Date() };
    expect(await channel.reconcile([doubtful])).toMatchObject([{ kind: 'noAnswer' }]);
  });

  it.each([
    ['a link in a variable', { ...smsContent.params, publication: 'https://x.cn' }, 'content'],
    ['a variable left out', { publication: '每日快报' }, 'content'],
  ])('is refused with %s', async (_what, params, refusal) => {
    const channel = smsChannel(place.sandbox);
    expect(await outcomeOf(channel, outgoing('15400000001', { ...smsContent, params }))).toMatchObject({
      kind: 'refused',
      class: refusal,
    });
  });

  it.each([
    ['signature', { ...smsContent, signName: '别的签名' }],
    ['template', { ...smsContent, templateCode: 'SMS_0' }],
  ])('takes a %s that is not filed for a matter of configuration', async (_what, content) => {
    const channel = smsChannel(place.sandbox);
    expect(await outcomeOf(channel, outgoing('15400000001', content))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
  });
});

describe('SMS at the second vendor', () => {
  it('comes back as reports on the right deliveries', async () => {
    const inbox = reportInbox(2);
    const callback = closing(
      await startReportCallback((body) => {
        const reports = readTencentReports(body, new Date());
        if (Array.isArray(reports)) reports.forEach(inbox.take);
        return true;
      }),
    );
    place.sandbox.setTencentReportUrl(callback.url);
    const channel = tencentChannel(place.sandbox);
    const [good, bad] = [outgoing('15400000001', smsContent), outgoing('15400009906', smsContent)];
    await outcomeOf(channel, good);
    await outcomeOf(channel, bad);
    const reports = new Map((await inbox.all).map((report) => [report.deliveryId, report]));
    expect(reports.get(good.deliveryId)).toMatchObject({ provider: 'tencent', status: 'delivered', code: 'DELIVRD' });
    expect(reports.get(bad.deliveryId)).toMatchObject({ provider: 'tencent', status: 'failed', code: 'UNDELIV' });
  });

  it('settles a doubt only by proof: our reference in a report, or no record of the number at all', async () => {
    const channel = tencentChannel(place.sandbox);
    const startedAt = new Date();
    const [taken, lost, beside] = ['15400009904', '15400009905', '15400009907'].map((number) =>
      outgoing(number, smsContent),
    );
    for (const message of [taken!, beside!]) await outcomeOf(channel, message);
    await outcomeOf(tencentChannel(place.sandbox, { timeoutMs: impatient }), lost!);
    const ask = (deliveryId: string, address: string) => ({ deliveryId, address, startedAt });
    expect(
      await channel.reconcile([
        ask(taken!.deliveryId, taken!.address),
        ask(lost!.deliveryId, lost!.address),
        ask('another', beside!.address),
      ]),
    ).toMatchObject([
      { kind: 'taken', report: { deliveryId: taken!.deliveryId, status: 'delivered' } },
      { kind: 'notTaken' },
      { kind: 'noAnswer' },
    ]);
  });

  it.each([
    ['signature', { signName: '别的签名' }],
    ['template', { templates: { ...tencentTemplates, notice: '0' } }],
    ['application', { sdkAppId: '1' }],
  ])('takes a %s that is not filed for a matter of configuration', async (_what, changes) => {
    const channel = tencentChannel(place.sandbox, changes);
    expect(await outcomeOf(channel, outgoing('15400000001', smsContent))).toMatchObject({
      kind: 'refused',
      class: 'configuration',
    });
  });
});

describe('WeCom', () => {
  it('shows nothing twice when a doubtful card is sent again', async () => {
    const channel = wecomChannel(place.sandbox);
    const message = outgoing('drop1', wecomCard);
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown' });
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'accepted' });
    expect(place.sandbox.book.messages()).toHaveLength(1);
    expect(place.sandbox.book.all()).toHaveLength(2);
    expect(place.sandbox.book.duplicates()).toHaveLength(0);
  });

  it('cuts what is too long instead of having it refused', async () => {
    const channel = wecomChannel(place.sandbox);
    const card = { ...wecomCard, title: '关于'.repeat(40), description: '汛'.repeat(400), buttonText: '查看全文详情' };
    expect(await outcomeOf(channel, outgoing('lisi', card))).toMatchObject({ kind: 'accepted' });
    expect(Buffer.byteLength(place.sandbox.book.messages()[0]?.title ?? '')).toBe(126);
  });

  it.each(['@all', 'lisi|wangwu', ''])('never sends to %j', async (address) => {
    const channel = wecomChannel(place.sandbox);
    expect(await outcomeOf(channel, outgoing(address, wecomCard))).toMatchObject({
      kind: 'refused',
      class: 'recipient',
    });
    expect(place.sandbox.book.all()).toHaveLength(0);
  });

  it('says when a member has no licence', async () => {
    const channel = wecomChannel(place.sandbox);
    expect(await outcomeOf(channel, outgoing('nolicense1', wecomCard))).toMatchObject({
      kind: 'refused',
      class: 'recipient',
    });
  });
});
