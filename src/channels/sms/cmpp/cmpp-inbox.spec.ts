import type { Deliver } from './cmpp-deliver.js';
import { CmppInbox, type Received } from './cmpp-inbox.js';
import { heldTimers } from '../testing/held-timers.js';

describe('what people send', () => {
  let received: Received[];
  let broken: boolean;
  let warned: string[];
  let timers: ReturnType<typeof heldTimers>;
  let inbox: CmppInbox;
  beforeEach(() => {
    received = [];
    timers = heldTimers();
    broken = false;
    warned = [];
    inbox = new CmppInbox(
      timers,
      (message) => (broken ? Promise.reject(new Error('no database')) : Promise.resolve(void received.push(message))),
      (what) => warned.push(what),
    );
  });
  const part = (number: number, more: Partial<Deliver> = {}, reference = 7, total = 3): Deliver => ({
    ...{ messageId: `${number}`, from: '13800138000', to: '1065000017', report: null, text: `第${number}段`, ...more },
    part: { reference, total, number },
  });
  const texts = () => received.map(({ text }) => text);

  it('comes whole at once', async () => {
    await inbox.take({ ...part(1), part: null });
    expect(received).toEqual([{ messageId: '1', from: '13800138000', to: '1065000017', text: '第1段' }]);
  });

  it('is joined in whatever order its parts come, and however often', async () => {
    for (const number of [3, 1, 3, 2]) await inbox.take(part(number));
    expect(texts()).toEqual(['第1段第2段第3段']);
    expect(received[0]!.messageId).toBe('3');
    expect(timers.waiting()).toBe(0);
  });

  it('is not joined with another message', async () => {
    await inbox.take(part(1, {}, 7, 2));
    await inbox.take(part(2, {}, 8, 2));
    await inbox.take(part(2, { from: '13900139000' }, 7, 2));
    await inbox.take(part(2, { to: '10650000171' }, 7, 2));
    await inbox.take(part(2, {}, 7, 3));
    expect(texts()).toEqual([]);
    await inbox.take(part(2, {}, 7, 2));
    expect(texts()).toEqual(['第1段第2段']);
  });

  it('is taken as far as it came after five minutes', async () => {
    await inbox.take(part(3));
    await inbox.take(part(1));
    timers.pass(5 * 60_000 - 1);
    expect(texts()).toEqual([]);
    timers.pass(1);
    expect(texts()).toEqual(['第1段［缺］第3段']);
  });

  it('is kept whole when the last part is delivered again because it could not be kept', async () => {
    await inbox.take(part(1, {}, 7, 2));
    broken = true;
    await expect(inbox.take(part(2, {}, 7, 2))).rejects.toThrow('no database');
    broken = false;
    await inbox.take(part(2, {}, 7, 2));
    expect(texts()).toEqual(['第1段第2段']);
    expect(timers.waiting()).toBe(0);
  });

  it('is tried again, and harms nothing, when its time is over and it cannot be kept', async () => {
    await inbox.take(part(1));
    broken = true;
    timers.pass(5 * 60_000);
    await Promise.resolve(); // the refusal is heard
    await new Promise(setImmediate);
    expect([texts(), warned]).toEqual([[], [expect.stringContaining('no database')]]);
    broken = false;
    timers.pass(5 * 60_000);
    expect(texts()).toEqual(['第1段［缺］［缺］']);
  });

  it.each([
    [0, 3],
    [4, 3],
    [1, 1],
    [1, 0],
  ])('is whole where part %d of %d cannot be', async (number, total) => {
    await inbox.take(part(number, {}, 7, total));
    expect(texts()).toHaveLength(1);
  });

  it('keeps no more than a thousand that were begun', async () => {
    for (let reference = 0; reference < 1005; reference++) await inbox.take(part(1, {}, reference));
    expect(texts()).toHaveLength(5);
    expect(timers.waiting()).toBe(1000);
  });
});
