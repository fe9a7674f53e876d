import type { DeliveryReport, PartReport } from '../../src/domain/delivery.js';
import { readAliyunReports } from '../../src/channels/sms/aliyun/aliyun-report.js';
import { readTencentReports } from '../../src/channels/sms/tencent/tencent-report.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import {
  cmppChannel,
  impatient,
  smsChannel,
  smsContent,
  tencentChannel,
  tencentTemplates,
  yunmasChannel,
} from './channels-under-test.js';
import { startReportCallback } from './report-callback.js';
import { reportInbox } from './report-inbox.js';
import { startSandboxUnderTest, type SandboxUnderTest, tencentFiled } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

describe('SMS', () => {
  it('comes back as reports on the right deliveries', async () => {
    const inbox = reportInbox(2);
    const callback = closing(
      await startReportCallback((body) => {
        readAliyunReports(body)?.rows.forEach(inbox.take);
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
    const answers = await channel.reconcile!([
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
    expect(await channel.reconcile!([doubtful])).toMatchObject([{ kind: 'taken' }]);
  });

  it('is not taken for another message to the same number', async () => {
    const channel = smsChannel(place.sandbox);
    await outcomeOf(channel, outgoing('15400000001', smsContent));
    const doubtful = { deliveryId: 'never-sent', address: '15400000001', startedAt: new Date() };
    expect(await channel.reconcile!([doubtful])).toEqual([{ kind: 'notTaken' }]);
  });

  it('has no answer to a doubt when the provider cannot be asked', async () => {
    const channel = smsChannel(place.sandbox, { accessKeySecret: 'wrong' });
    const doubtful = { deliveryId: 'x', address: '15400000001', startedAt: new Date() };
    expect(await channel.reconcile!([doubtful])).toMatchObject([{ kind: 'noAnswer' }]);
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

it('is claimed in small numbers where a vendor cannot be asked what became of a killed worker’s', () => {
  const { sandbox } = place;
  const gateway = closing(cmppChannel(sandbox.cmpp!.port));
  const sizes = [smsChannel(sandbox), tencentChannel(sandbox), yunmasChannel(sandbox), gateway].map(
    ({ batchSize }) => batchSize,
  );
  expect(sizes.map((size) => size <= 16)).toEqual([false, false, true, true]);
  expect(yunmasChannel(sandbox, { perCall: 50 }).batchSize).toBe(50);
});

describe('SMS at the second vendor', () => {
  it.each([
    ['by the number it gave, as it ships', false],
    ['by our own word, where its support switched that on', true],
  ])('comes back as reports on the right messages, %s', async (_what, echoesSession) => {
    place = closing(await startSandboxUnderTest({ tencent: { ...tencentFiled, echoesSession } }));
    const heard: (DeliveryReport | PartReport)[] = [];
    const [good, bad] = [outgoing('15400000001', smsContent), outgoing('15400009906', smsContent)];
    let done: () => void;
    const both = new Promise<void>((resolve) => (done = resolve));
    const callback = closing(
      await startReportCallback((body) => {
        heard.push(...readTencentReports(body, new Date())!.rows);
        if (heard.length === 2) done();
        return true;
      }),
    );
    place.sandbox.setTencentReportUrl(callback.url);
    const channel = tencentChannel(place.sandbox);
    const answers = [await outcomeOf(channel, good), await outcomeOf(channel, bad)];
    await both;
    const names = answers.map((answer, at) =>
      echoesSession
        ? { deliveryId: [good, bad][at]!.deliveryId }
        : { reference: answer.kind === 'accepted' && answer.parts![0] },
    );
    expect(heard).toHaveLength(2);
    expect(heard).toContainEqual(expect.objectContaining({ ...names[0], status: 'delivered', code: 'DELIVRD' }));
    expect(heard).toContainEqual(expect.objectContaining({ ...names[1], status: 'failed', code: 'UNDELIV' }));
  });

  it('leaves a doubt open where its reports name nothing of ours', async () => {
    const channel = tencentChannel(place.sandbox);
    const startedAt = new Date();
    const taken = outgoing('15400009904', smsContent);
    await outcomeOf(channel, taken);
    expect(await channel.reconcile!([{ ...taken, startedAt }])).toMatchObject([{ kind: 'noAnswer' }]);
    expect(await channel.reconcile!([{ ...taken, address: '15400000009', startedAt }])).toMatchObject([
      { kind: 'notTaken' },
    ]);
  });

  it('does not take the silence of its lists about what is older than they are for a no', async () => {
    const asked = { deliveryId: 'x', address: '15400000009', startedAt: new Date(Date.now() - 72 * 3_600_000) };
    expect(await tencentChannel(place.sandbox).reconcile!([asked])).toMatchObject([{ kind: 'noAnswer' }]);
  });

  it('settles a doubt only by proof: our reference in a report, or no record of the number at all', async () => {
    place = closing(await startSandboxUnderTest({ tencent: { ...tencentFiled, echoesSession: true } }));
    const channel = tencentChannel(place.sandbox);
    const startedAt = new Date();
    const [taken, lost, beside] = ['15400009904', '15400009905', '15400009907'].map((number) =>
      outgoing(number, smsContent),
    );
    for (const message of [taken!, beside!]) await outcomeOf(channel, message);
    await outcomeOf(tencentChannel(place.sandbox, { timeoutMs: impatient }), lost!);
    const ask = (deliveryId: string, address: string) => ({ deliveryId, address, startedAt });
    expect(
      await channel.reconcile!([
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
