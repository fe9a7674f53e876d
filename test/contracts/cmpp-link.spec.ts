import type { Deliver } from '../../src/channels/sms/cmpp/cmpp-deliver.js';
import { CmppLink, type LinkOptions, type SubmitFate } from '../../src/channels/sms/cmpp/cmpp-link.js';
import { heldTimers } from '../../src/channels/sms/testing/held-timers.js';
import {
  judgeConnect,
  readSubmit,
  replyDeliver,
  replyParts,
  reportDeliver,
  submitAnswer,
  writePacket,
} from '../../src/sandbox/cmpp-wire.js';
import { account, Gateway, minute, settle, submit } from './cmpp-gateway.js';

let timers: ReturnType<typeof heldTimers>;
let gateway: Gateway;
let delivered: Deliver[];
let warnings: string[];
let fails = false;
const optionsFor = (more: Partial<LinkOptions> = {}): LinkOptions => ({
  ...{ account, offered: 0x20, window: 3, idleMs: 3 * minute, answerMs: minute, tries: 3, timers },
  onDeliver: (deliver) =>
    fails ? Promise.reject(new Error('disk full')) : Promise.resolve(void delivered.push(deliver)),
  warn: (what) => void warnings.push(what),
  ...more,
});
const open = (more?: Partial<LinkOptions>) => new CmppLink(gateway.line, optionsFor(more));

beforeEach(() => {
  timers = heldTimers();
  gateway = new Gateway();
  [delivered, warnings, fails] = [[], [], false];
});

describe('a link', () => {
  it.each([
    [2, 0x20],
    [3, 0x20],
    [2, 0x30],
    [3, 0x30],
  ] as const)('speaks version %d, which the gateway answered in, whatever was offered', async (speaks, offered) => {
    const link = open({ offered });
    await settle();
    expect(judgeConnect(account, gateway.taken(1)[0]!.body)).toMatchObject({ status: 0, offered });
    await gateway.signOn(speaks);
    expect(await link.opened).toBeNull();
    const fate = link.submit(submit);
    await settle();
    const [packet] = gateway.taken(4);
    expect(readSubmit(speaks, packet!.body)).toMatchObject({ srcId: '1065000017', numbers: ['15400000001'] });
    await gateway.says(submitAnswer(speaks, packet!.sequence, 7n, 0));
    expect(await fate).toEqual({ kind: 'answer', result: 0, messageId: '7', repeated: false });
    expect(warnings).toEqual([]);
  });

  it('says why it was refused, and warns of a gateway that does not know the secret', async () => {
    const refused = open();
    await settle();
    await gateway.signOn(3, 3);
    expect(await refused.opened).toEqual({ kind: 'status', status: 3 });
    expect(gateway.closed).toBe(true);
    gateway = new Gateway();
    const link = open();
    await settle();
    await gateway.signOn(2, 0, 'wrong');
    expect(await link.opened).toBeNull();
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['nothing is said', () => timers.pass(minute)],
    ['it is closed', () => gateway.line.push(null)],
    ['something else answers', () => gateway.line.push('HTTP/1.1 400 Bad Request')],
    ['the answer has another length', () => gateway.line.push(writePacket(0x80000001, 1, [0, 0]))],
  ])('does not open where %s', async (_what, act) => {
    const link = open();
    await settle();
    act();
    await settle();
    expect(await link.opened).toMatchObject({ kind: 'network' });
    expect(gateway.closed).toBe(true);
    expect(timers.waiting()).toBe(0);
  });

  describe('that is open', () => {
    let link: CmppLink;
    beforeEach(async () => {
      link = open();
      await settle();
      await gateway.signOn(2);
      await link.opened;
    });
    const submits = async (n: number) => {
      const fates: (SubmitFate | null)[] = Array.from({ length: n }, () => null);
      for (let at = 0; at < n; at++) void link.submit(submit).then((fate) => (fates[at] = fate));
      await settle();
      return fates;
    };
    const answer = (at: number, result = 0, id = 1n) =>
      gateway.says(submitAnswer(2, gateway.sequences(4)[at]!, id, result));

    it('keeps the window, and answers may come in any order', async () => {
      const fates = await submits(5);
      expect(gateway.taken(4)).toHaveLength(3);
      expect(link.load()).toBe(5);
      await answer(2, 8);
      expect(gateway.taken(4)).toHaveLength(4);
      await answer(0);
      await answer(3);
      await answer(4);
      await answer(1, 13);
      expect(fates.map((fate) => fate?.kind === 'answer' && fate.result)).toEqual([0, 13, 8, 0, 0]);
      expect(new Set(gateway.sequences(4)).size).toBe(5);
    });

    it('sends the same packet again, and doubts after the third', async () => {
      const [first, second] = [await submits(1), await submits(1)];
      timers.pass(minute);
      await settle();
      timers.pass(minute);
      await settle();
      const [a, b] = gateway.sequences(4);
      expect(gateway.sequences(4)).toEqual([a, b, a, b, a, b]);
      expect(gateway.taken(4)[0]!.body.equals(gateway.taken(4)[2]!.body)).toBe(true);
      await answer(1, 0, 9n);
      expect(second[0]).toEqual({ kind: 'answer', result: 0, messageId: '9', repeated: true });
      timers.pass(minute);
      await settle();
      expect(first[0]).toEqual({ kind: 'unknown', code: 'TIMEOUT' });
      expect(gateway.taken(4)).toHaveLength(6);
      // Too late: nothing waits for it any more.
      await answer(0);
      expect(link.isOpen()).toBe(true);
    });

    it.each([
      ['cut', () => gateway.line.destroy()],
      ['closed by the other side', () => gateway.line.push(null)],
      ['signed off', () => gateway.line.push(writePacket(2, 77))],
      ['broken by bytes that are no packet', () => gateway.line.push(Buffer.from('7fffffff0000000500000001', 'hex'))],
      ['closed by us', () => link.close()],
    ])('leaves doubts and what never left when it is %s', async (_how, act) => {
      const fates = await submits(4);
      act();
      await settle();
      expect(fates).toEqual([
        ...Array.from({ length: 3 }, () => ({ kind: 'unknown', code: 'LINK_LOST' })),
        { kind: 'notSent' },
      ]);
      expect(await link.submit(submit)).toEqual({ kind: 'notSent' });
      expect([link.isOpen(), gateway.closed, timers.waiting()]).toEqual([false, true, 0]);
    });

    it('answers a test and a sign-off, and signs off itself', async () => {
      await gateway.says(writePacket(8, 61));
      expect(gateway.sequences(0x80000008)).toEqual([61]);
      expect(gateway.taken(0x80000008)[0]!.body).toHaveLength(1);
      await gateway.says(writePacket(2, 62));
      expect(gateway.sequences(0x80000002)).toEqual([62]);
      gateway = new Gateway();
      link = open();
      await settle();
      await gateway.signOn(3);
      link.close();
      await settle();
      expect(gateway.taken(2)).toHaveLength(1);
    });

    it('is tested when nothing was heard for three minutes, and given up after the third silence', async () => {
      timers.pass(3 * minute - 1);
      expect(gateway.taken(8)).toHaveLength(0);
      timers.pass(1);
      await settle();
      expect(gateway.taken(8)).toHaveLength(1);
      await gateway.says(writePacket(0x80000008, gateway.sequences(8)[0]!, [0]));
      timers.pass(3 * minute - 1);
      await settle();
      expect(gateway.taken(8)).toHaveLength(1);
      timers.pass(1 + 2 * minute);
      await settle();
      expect(gateway.taken(8)).toHaveLength(4);
      expect(link.isOpen()).toBe(true);
      timers.pass(minute);
      await link.ended;
      expect(gateway.closed).toBe(true);
    });

    it('answers what is delivered once it is kept, and not before', async () => {
      const about = { state: 'DELIVRD', minute: '2611301205', number: '15400000001', srcId: '1065000017' };
      const report = (sequence: number) =>
        reportDeliver(2, sequence, { ...about, id: 7n, outer: 100n, serviceId: 'GOVBULL' }, 32);
      const reply = replyDeliver(2, 6, {
        outer: 101n,
        to: '1065000017',
        from: '15400000001',
        serviceId: 'G',
        part: replyParts('收到', 1)[0]!,
      });
      fails = true;
      await gateway.says(report(5));
      expect(gateway.taken(0x80000005)).toEqual([]);
      fails = false;
      await gateway.says(report(5), reply);
      expect(delivered.map((one) => one.report?.messageId ?? one.text)).toEqual(['7', '收到']);
      expect(gateway.taken(0x80000005).map(({ sequence, body }) => [sequence, body.readBigUInt64BE(0)])).toEqual([
        [5, 100n],
        [6, 101n],
      ]);
    });

    it('answers also what cannot be read, which would come again and again', async () => {
      await gateway.says(writePacket(5, 9, Buffer.alloc(30, 1)));
      expect(gateway.sequences(0x80000005)).toEqual([9]);
      expect([delivered, warnings.length]).toEqual([[], 1]);
    });
  });
});
