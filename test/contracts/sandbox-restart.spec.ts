import { createServer } from 'node:http';
import { startBounceReceiver } from '../../src/channels/email/bounce-receiver.js';
import { readAliyunReports } from '../../src/channels/sms/aliyun-report.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { emailChannel, emailContent, smsChannel, smsContent, wecomCard, wecomChannel } from './channels-under-test.js';
import { office, startSandboxUnderTest } from './sandbox-under-test.js';

function promised<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve: (value: T) => resolve(value) };
}

describe('a sandbox started again in the same folder', () => {
  it('still owes the notifications of the run before', async () => {
    const before = await startSandboxUnderTest();
    const channel = emailChannel(before.sandbox.smtpPort);
    const message = outgoing('a@example.cn', emailContent);
    await outcomeOf(channel, message);
    await channel.close();
    await before.sandbox.stop();

    const reported = promised<string>();
    const receiver = await startBounceReceiver({
      host: '127.0.0.1',
      port: 0,
      bounceDomain: office.bounce.domain,
      verpSecret: office.bounce.secret,
      onReport: ({ deliveryId }) => Promise.resolve(reported.resolve(deliveryId)),
    });
    const after = await startSandboxUnderTest({ dir: before.dir, bounce: { host: '127.0.0.1', port: receiver.port } });
    expect(await reported.promise).toBe(message.deliveryId);
    await after.remove();
    await receiver.close();
  });

  it('still owes the SMS reports of the run before, and pushes until they are taken', async () => {
    const before = await startSandboxUnderTest();
    const message = outgoing('15400000001', smsContent);
    await outcomeOf(smsChannel(before.sandbox), message);
    await before.sandbox.stop();

    const taken = promised<unknown>();
    let pushes = 0;
    const callback = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        pushes += 1;
        if (pushes < 3) return void response.writeHead(500).end('{}');
        taken.resolve(readAliyunReports(JSON.parse(body)));
        response.end('{"code":0,"msg":"接收成功"}');
      });
    });
    await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
    const address = callback.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const after = await startSandboxUnderTest({ dir: before.dir });
    after.sandbox.setReportUrl(`http://127.0.0.1:${address.port}/`);
    expect(await taken.promise).toMatchObject([{ deliveryId: message.deliveryId, status: 'delivered' }]);
    expect(pushes).toBe(3);
    await after.remove();
    callback.closeAllConnections();
    await new Promise((resolve) => callback.close(resolve));
  });

  it('still knows which cards it has shown', async () => {
    const before = await startSandboxUnderTest();
    const message = outgoing('lisi', wecomCard);
    await outcomeOf(wecomChannel(before.sandbox), message);
    await before.sandbox.stop();
    const after = await startSandboxUnderTest({ dir: before.dir });
    expect(await outcomeOf(wecomChannel(after.sandbox), message)).toMatchObject({ kind: 'accepted' });
    expect(after.sandbox.book.messages()).toHaveLength(1);
    await after.remove();
  });
});
