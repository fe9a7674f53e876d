import type { Incoming } from '../../src/channels/channel.js';
import type { RecipientReport } from '../../src/domain/delivery.js';
import { readFields, type TemplateField } from '../../src/domain/sending/wechat-fields.js';
import { heldTimers } from '../../src/channels/sms/testing/held-timers.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { wechatChannel, wechatContent } from './channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest, wechatFiled } from './sandbox-under-test.js';

const closing = afterwards();
const subscription = { message: 'subscription', templateId: office.wechatNotice } as const;
let place: SandboxUnderTest;

beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

it('names a template message by all 64 bits of its number', async () => {
  const channel = closing(wechatChannel(place.sandbox));
  const outcome = await outcomeOf(channel, outgoing('oZhangSan', wechatContent));
  const { providerId } = place.sandbox.book.messages()[0]!;
  expect(BigInt(providerId)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  expect(outcome).toEqual({ kind: 'accepted', reference: providerId, parts: [providerId] });
});

it('sends what a doubt is about once more under the same id, and the reader has it once', async () => {
  const channel = closing(wechatChannel(place.sandbox));
  const message = outgoing('drop1', wechatContent);
  expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown' });
  expect(await outcomeOf(channel, { ...message, mayHaveArrived: true })).toMatchObject({ kind: 'accepted' });
  expect(place.sandbox.book.messages()).toHaveLength(1);
  expect(channel.repeatableForMs).toBeGreaterThan(0);
  expect(closing(wechatChannel(place.sandbox, subscription)).repeatableForMs).toBe(0);
});

it('sends a subscription notice, whose answer has no number', async () => {
  const channel = closing(wechatChannel(place.sandbox, subscription));
  expect(await outcomeOf(channel, outgoing('oZhangSan', wechatContent))).toEqual({ kind: 'accepted', reference: 'ok' });
  expect(await outcomeOf(channel, outgoing('refused1', wechatContent))).toMatchObject({
    kind: 'refused',
    class: 'recipient',
    code: '43101',
  });
  expect(place.sandbox.book.messages()).toMatchObject([{ title: wechatContent.values.issue, link: wechatContent.url }]);
});

it.each([
  ['thing1=issue', /thing2、time3、phrase4没有内容/],
  ['thing1=issue,thing2=summary,time3=sent,phrase4=state,thing9=act', /没有字段thing9/],
])('says what is wrong with the fields: %s', async (fields, problem) => {
  const channel = closing(wechatChannel(place.sandbox, { fields: readFields(fields) as TemplateField[] }));
  expect(await channel.check()).toMatch(problem);
});

it('tells an unusable template, and says which field of a notice was refused', async () => {
  const wrongKind = closing(wechatChannel(place.sandbox, { templateId: office.wechatNotice }));
  expect(await wrongKind.check()).toMatch(/WECHAT_TEMPLATE_ID/);
  expect(await outcomeOf(wrongKind, outgoing('oZhangSan', wechatContent))).toMatchObject({ code: '40037' });
  const fields = readFields('thing1=issue,thing2=summary,phrase4=state') as TemplateField[];
  const lacking = closing(wechatChannel(place.sandbox, { ...subscription, fields }));
  expect(await outcomeOf(lacking, outgoing('oZhangSan', wechatContent))).toMatchObject({
    class: 'content',
    reason: expect.stringContaining('time3') as string,
  });
});

it('gets over a token that has died before its time', async () => {
  const channel = closing(wechatChannel(place.sandbox));
  expect(await channel.check()).toBeNull();
  place.sandbox.wechat!.breakToken();
  expect(await outcomeOf(channel, outgoing('oZhangSan', wechatContent))).toMatchObject({ kind: 'accepted' });
});

it('names the address that is not in the list', async () => {
  const closed = closing(await startSandboxUnderTest({ wechat: { ...wechatFiled, trustedIp: () => false } }));
  expect(await closing(wechatChannel(closed.sandbox)).check()).toMatch(/203\.0\.113\.7.*IP 白名单/);
});

it('hears of what the platform intercepted, each once', async () => {
  const timers = heldTimers(new Date());
  const heard: RecipientReport[] = [];
  const rounds: (() => void)[] = [];
  const incoming: Incoming = {
    reports: () => Promise.resolve(),
    replies: () => Promise.resolve(),
    ofRecipients(reports) {
      heard.push(...reports);
      rounds.shift()?.();
      return Promise.resolve();
    },
  };
  const polls = { timers, everyMs: 600_000, warn: () => undefined };
  const channel = closing(wechatChannel(place.sandbox, { polls }));
  await outcomeOf(channel, outgoing('intercept1', wechatContent));
  channel.listen(incoming);
  for (let round = 1; round <= 2; round++) {
    const asked = new Promise<void>((done) => rounds.push(done));
    timers.pass(600_000);
    await asked;
    // The round ends, and waits for the next.
    while (timers.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(heard).toMatchObject([{ kind: 'wechat', address: 'intercept1', status: 'failed', code: 'intercepted' }]);
});
