import { CmppLink } from '../../src/channels/sms/cmpp/cmpp-link.js';
import { CmppLinks } from '../../src/channels/sms/cmpp/cmpp-links.js';
import { heldTimers } from '../../src/channels/sms/testing/held-timers.js';
import type { Speaks } from '../../src/sandbox/cmpp-wire.js';
import { account, Gateway, minute, settle, submit } from './cmpp-gateway.js';

let timers: ReturnType<typeof heldTimers>;
beforeEach(() => void (timers = heldTimers()));

describe('several links', () => {
  const opened: { gateway: Gateway; offered: number }[] = [];
  const openLinks = (count: number, offered: 0x20 | 0x30 = 0x20) =>
    new CmppLinks({
      ...{ count, offered, timers, backOff: { firstMs: 1000, longestMs: minute } },
      open(version) {
        const own = new Gateway();
        opened.push({ gateway: own, offered: version });
        return new CmppLink(own.line, {
          ...{ account, offered: version, window: 3, idleMs: 3 * minute, answerMs: minute, tries: 3, timers },
          onDeliver: () => Promise.resolve(),
          warn: () => undefined,
        });
      },
    });
  const signOn = async (at: number, speaks: Speaks = 2, status = 0) => {
    await settle();
    await opened[at]!.gateway.signOn(speaks, status);
  };
  beforeEach(() => void opened.splice(0));

  it('share what there is to do', async () => {
    const links = openLinks(2);
    links.start();
    await signOn(0);
    await signOn(1);
    for (let n = 0; n < 4; n++) void ((await links.pick()) as CmppLink).submit(submit);
    await settle();
    expect(opened.map((one) => one.gateway.taken(4).length)).toEqual([2, 2]);
    links.close();
    await settle();
    expect(opened.every((one) => one.gateway.closed)).toBe(true);
    expect([timers.waiting(), opened.length]).toEqual([0, 2]);
  });

  it('wait for the first that opens, and the others take over from one that is lost', async () => {
    const links = openLinks(2);
    const picked = links.pick();
    await signOn(1);
    expect(await picked).toBeInstanceOf(CmppLink);
    await signOn(0);
    opened[1]!.gateway.line.destroy();
    await settle();
    void ((await links.pick()) as CmppLink).submit(submit);
    await settle();
    expect(opened[0]!.gateway.taken(4)).toHaveLength(1);
    timers.pass(1000);
    await signOn(2);
    expect(opened).toHaveLength(3);
    links.close();
  });

  it('are tried again later and later, and say why there is none meanwhile', async () => {
    const links = openLinks(1);
    links.start();
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      await signOn(n, 2, 3);
      await settle();
      expect(await links.pick()).toEqual({ kind: 'status', status: 3 });
      const before = timers.now().getTime();
      while (opened.length === n + 1) {
        timers.pass(500);
        await settle();
      }
      waits.push(timers.now().getTime() - before);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
    await signOn(9);
    expect(await links.pick()).toBeInstanceOf(CmppLink);
    // One that was open is tried again soon.
    opened[9]!.gateway.line.destroy();
    await settle();
    expect(await links.pick()).toEqual({ kind: 'network', code: 'LINK_LOST' });
    timers.pass(1000);
    await settle();
    expect(opened).toHaveLength(11);
    links.close();
  });

  it('offer 2.0 at once where 3.0 is too high', async () => {
    const links = openLinks(1, 0x30);
    links.start();
    await signOn(0, 2, 4);
    await settle();
    expect(opened.map(({ offered }) => offered)).toEqual([0x30, 0x20]);
    await signOn(1, 2, 4);
    await settle();
    expect(opened).toHaveLength(2);
    expect(await links.pick()).toEqual({ kind: 'status', status: 4 });
    links.close();
  });
});
