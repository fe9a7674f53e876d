import { startBounceReceiver } from '../../src/channels/email/bounce-receiver.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { emailChannel, emailContent, wecomCard, wecomChannel } from './channels-under-test.js';
import { reportInbox } from './report-inbox.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

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
