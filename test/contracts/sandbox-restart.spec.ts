import { startBounceReceiver } from '../../src/channels/email/bounce-receiver.js';
import { readAliyunReports } from '../../src/channels/sms/aliyun/aliyun-report.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { emailChannel, emailContent, smsChannel, smsContent, wecomCard, wecomChannel } from './channels-under-test.js';
import { startReportCallback } from './report-callback.js';
import { office, startSandboxUnderTest } from './sandbox-under-test.js';

const closing = afterwards();

/** A promise and its end, for what arrives over a socket. */
function awaited<T>() {
  let arrive: (value: T) => void = () => undefined;
  const arrived = new Promise<T>((resolve) => (arrive = resolve));
  return { arrived, arrive: (value: T) => arrive(value) };
}

describe('a sandbox started again in the same folder', () => {
  it('still owes the notifications of the run before', async () => {
    const before = closing(await startSandboxUnderTest());
    const channel = closing(emailChannel(before.sandbox.smtpPort));
    const message = outgoing('a@example.cn', emailContent);
    await outcomeOf(channel, message);
    await before.sandbox.stop();

    const report = awaited<string>();
    const receiver = closing(
      await startBounceReceiver({
        host: '127.0.0.1',
        port: 0,
        bounceDomain: office.bounce.domain,
        verpSecret: office.bounce.secret,
        onReport: ({ deliveryId }) => Promise.resolve(report.arrive(deliveryId)),
      }),
    );
    closing(await startSandboxUnderTest({ dir: before.dir, bounce: { host: '127.0.0.1', port: receiver.port } }));
    expect(await report.arrived).toBe(message.deliveryId);
  });

  it('still owes the SMS reports of the run before, and pushes until they are taken', async () => {
    const before = closing(await startSandboxUnderTest());
    const message = outgoing('15400000001', smsContent);
    await outcomeOf(smsChannel(before.sandbox), message);
    await before.sandbox.stop();

    const report = awaited<unknown>();
    let pushes = 0;
    const callback = closing(
      await startReportCallback((body) => {
        pushes += 1;
        if (pushes === 3) report.arrive(readAliyunReports(body)?.rows);
        return pushes === 3;
      }),
    );
    const after = closing(await startSandboxUnderTest({ dir: before.dir }));
    after.sandbox.setReportUrl(callback.url);
    expect(await report.arrived).toMatchObject([{ deliveryId: message.deliveryId, status: 'delivered' }]);
    expect(pushes).toBe(3);
  });

  it('still knows which cards it has shown', async () => {
    const before = closing(await startSandboxUnderTest());
    const message = outgoing('lisi', wecomCard);
    await outcomeOf(wecomChannel(before.sandbox), message);
    await before.sandbox.stop();
    const after = closing(await startSandboxUnderTest({ dir: before.dir }));
    expect(await outcomeOf(wecomChannel(after.sandbox), message)).toMatchObject({ kind: 'accepted' });
    expect(after.sandbox.book.messages()).toHaveLength(1);
  });
});
