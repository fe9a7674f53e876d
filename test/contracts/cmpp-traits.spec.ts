import { setImmediate as turn } from 'node:timers/promises';
import type { Incoming, Reply } from '../../src/channels/channel.js';
import type { PartReport } from '../../src/domain/delivery.js';
import { SmsChannel } from '../../src/channels/sms/sms-channel.js';
import type { CmppSmsOptions } from '../../src/channels/sms/cmpp/cmpp-sms.js';
import { cmppResults } from '../../src/sandbox/cmpp-faults.js';
import type { CmppFiled } from '../../src/sandbox/cmpp-wire.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outcomesOf, outgoing } from './channel.contract.js';
import { cmppVendor, smsContent } from './channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  place = closing(await startSandboxUnderTest());
});

const gatewayWith = async (filed: Partial<CmppFiled>) => {
  const cmpp = { ...office.cmpp, signName: office.signName, ...filed };
  place = closing(await startSandboxUnderTest({ cmpp }));
};
/** Keeps what comes in, and resolves once there are so many. */
function listening(channel: SmsChannel) {
  const [reports, replies]: [PartReport[], Reply[]] = [[], []];
  const waiting: { n: number; done: () => void }[] = [];
  const look = () => waiting.filter(({ n }) => reports.length + replies.length >= n).forEach(({ done }) => done());
  const incoming: Incoming = {
    reports: (rows) => Promise.resolve(reports.push(...rows)).then(look),
    replies: (rows) => Promise.resolve(replies.push(...rows)).then(look),
  };
  channel.listen!(incoming);
  return {
    reports,
    replies,
    until: (n: number) => new Promise<void>((done) => (waiting.push({ n, done }), look())),
  };
}
const open = (changes: Partial<CmppSmsOptions> = {}) =>
  closing(new SmsChannel(cmppVendor(place.sandbox.cmpp!.port, changes), { concurrency: 8 }));
const longContent = { ...smsContent, text: `【${office.signName}】${'汛情通报，'.repeat(30)}签收码482913。` };
const booked = () => place.sandbox.book.messages();

describe('SMS through a carrier’s gateway', () => {
  it.each([2, 3] as const)('is one message in parts, each reported on, in version %d', async (speaks) => {
    await gatewayWith({ speaks, mixesReports: true });
    const channel = open({ offered: 0x30, links: 2 });
    const heard = listening(channel);
    const messages = [outgoing('15400000001', longContent), outgoing('15400009965', longContent)];
    const outcomes = await outcomesOf(channel, messages);
    const partsOf = (at: number) => {
      const outcome = outcomes.get(messages[at]!.deliveryId);
      return outcome?.kind === 'accepted' ? outcome.parts! : [];
    };
    expect([partsOf(0).length, partsOf(1).length]).toEqual([3, 3]);
    expect(booked()).toMatchObject([{ to: '15400000001', text: longContent.text, parts: 3 }]);
    await heard.until(6);
    const said = (at: number) =>
      partsOf(at).map((part) => heard.reports.find(({ reference }) => reference === part)?.status);
    expect(said(0)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(said(1)).toEqual(['delivered', 'delivered', 'failed']);
  });

  it.each(Object.entries(cmppResults))('refuses …%s with result %d, and no phone shows it', async (ending, result) => {
    const outcome = await outcomeOf(open(), outgoing(`1540000${ending}`, smsContent));
    expect(outcome).toMatchObject({ code: `CMPP:${result}`, reason: expect.stringMatching(/。$/) as string });
    expect(booked()).toEqual([]);
  });

  it.each([
    ['another access number', { srcId: '1069' }, 'CMPP:10'],
    ['another service', { serviceId: 'OTHER' }, 'CMPP:7'],
  ])('is refused with %s', async (_what, changes, code) =>
    expect(await outcomeOf(open(changes), outgoing('15400000001', smsContent))).toMatchObject({
      ...{ kind: 'refused', class: 'configuration', code },
    }),
  );

  it.each([
    ['another account', {}, { spId: '900002' }, { kind: 'refused', class: 'configuration', code: 'CONNECT:2' }],
    ['a wrong secret', {}, { secret: 'x' }, { kind: 'refused', class: 'configuration', code: 'CONNECT:3' }],
    ['too many links', { mostLinks: 0 }, {}, { kind: 'retry', class: 'provider', code: 'CONNECT:5' }],
  ] as const)('does not sign on with %s', async (_what, filed, changes, outcome) => {
    await gatewayWith(filed);
    expect(await outcomeOf(open(changes), outgoing('15400000001', smsContent))).toMatchObject(outcome);
  });

  it('signs on with a short id, hashed as the gateway does', async () => {
    for (const padsSpId of [true, false]) {
      await gatewayWith({ spId: '9001', padsSpId });
      expect(await open({ spId: '9001', padsSpId }).check()).toBeNull();
      expect(await open({ spId: '9001', padsSpId: !padsSpId }).check()).toMatch(/认证失败/);
    }
  });

  it('speaks 2.0 with a gateway that refuses 3.0', async () => {
    await gatewayWith({ speaks: 'only2' });
    expect(await outcomeOf(open({ offered: 0x30 }), outgoing('15400000001', smsContent))).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is one message when the answer is lost and the same packet is sent again', async () => {
    const channel = open({ answerMs: 300 });
    expect(await outcomeOf(channel, outgoing('15400009962', smsContent))).toMatchObject({ kind: 'accepted' });
    expect(booked()).toHaveLength(1);
  });

  it('hears of a message before its answer, and twice', async () => {
    const channel = open();
    const heard = listening(channel);
    const outcome = await outcomeOf(channel, outgoing('15400009961', smsContent));
    expect(heard.reports.map(({ reference }) => reference)).toEqual(outcome.kind === 'accepted' ? outcome.parts : []);
    await outcomeOf(channel, outgoing('15400009908', smsContent));
    await heard.until(3);
    expect(heard.reports[1]).toEqual(heard.reports[2]);
  });

  it('leaves a doubt when the link is cut, which the report on the next link settles', async () => {
    const channel = open();
    const heard = listening(channel);
    const message = outgoing('15400009904', smsContent);
    const startedAt = new Date(Date.now() - 1000);
    expect(await outcomeOf(channel, message)).toMatchObject({ kind: 'unknown', code: 'LINK_LOST' });
    await heard.until(1);
    const ask = (deliveryId: string) => ({ deliveryId, address: message.address, startedAt });
    expect(await channel.reconcile!([ask(message.deliveryId), ask('another')])).toMatchObject([
      { kind: 'taken', parts: [heard.reports[0]!.reference] },
      { kind: 'noAnswer' },
    ]);
    expect(booked()).toHaveLength(1);
  });

  it('settles no doubt without digits of the message’s own', async () => {
    const channel = open({ serialDigits: 0 });
    const heard = listening(channel);
    const message = outgoing('15400009904', smsContent);
    const startedAt = new Date(Date.now() - 1000);
    await outcomeOf(channel, message);
    await heard.until(1);
    expect(await channel.reconcile!([{ ...message, startedAt }])).toMatchObject([{ kind: 'noAnswer' }]);
  });

  it('leaves a doubt when only a part has left', async () => {
    expect(await outcomeOf(open(), outgoing('15400009963', longContent))).toMatchObject({ kind: 'unknown' });
    expect(booked()).toEqual([]);
  });

  it('waits with a further part while the flow is limited', async () => {
    const timers = cmppTimersAtOnce();
    expect(await outcomeOf(open({ timers }), outgoing('15400009964', longContent))).toMatchObject({ kind: 'accepted' });
    expect(booked()).toMatchObject([{ parts: 3, text: longContent.text }]);
  });

  it('goes on over a new link after the gateway has signed off or cut it', async () => {
    const channel = open({ links: 2 });
    for (const how of ['terminate', 'cut'] as const) {
      expect(await channel.check()).toBeNull();
      place.sandbox.cmpp!.drop(how);
      const deadline = Date.now() + 20_000;
      let outcome = await outcomeOf(channel, outgoing('15400000001', smsContent));
      while (outcome.kind !== 'accepted' && Date.now() < deadline) {
        await turn();
        outcome = await outcomeOf(channel, outgoing('15400000001', smsContent));
      }
      expect(outcome).toMatchObject({ kind: 'accepted' });
    }
  });

  it('sends many at once, each number its own message, over several links', async () => {
    const channel = open({ links: 3, window: 2, offered: 0x30 });
    const numbers = Array.from({ length: 60 }, (_, n) => `154000010${String(n).padStart(2, '0')}`);
    const outcomes = await outcomesOf(
      channel,
      numbers.map((number) => outgoing(number, longContent)),
    );
    const parts = [...outcomes.values()].flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.parts! : []));
    expect(new Set(parts).size).toBe(180);
    expect(
      booked()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(numbers);
    expect(booked().every(({ text }) => text === longContent.text)).toBe(true);
  });

  it('brings what people answer, and is tested by the gateway meanwhile', async () => {
    await gatewayWith({ heartbeatMs: 20 });
    const channel = open();
    const heard = listening(channel);
    expect(await channel.check()).toBeNull();
    expect(await place.sandbox.cmpp!.reply('8615400000001', 'ＴＤ')).toBe(true);
    expect(heard.replies).toMatchObject([{ provider: 'cmpp', mobile: '15400000001', content: 'ＴＤ' }]);
  });

  it('answers for nothing while nobody keeps it', async () => {
    const channel = open();
    expect(await outcomeOf(channel, outgoing('15400000001', smsContent))).toMatchObject({ kind: 'accepted' });
    expect(place.sandbox.book.reportsDue('cmpp')).toHaveLength(1);
    const heard = listening(channel);
    await heard.until(1);
  });
});

/** Waits that end at once, but for answers. */
function cmppTimersAtOnce(): CmppSmsOptions['timers'] {
  return {
    now: () => new Date(),
    after(ms, work) {
      const timer = setTimeout(work, ms > 1000 ? ms : 0);
      return () => clearTimeout(timer);
    },
  };
}
