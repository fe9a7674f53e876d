import type { OutgoingMessage } from './channel.js';
import { inParallel, sendEach } from './in-parallel.js';

function message(deliveryId: string): OutgoingMessage {
  return { deliveryId, address: 'a@b.cn', content: { kind: 'email', subject: '', html: '', text: '' } };
}

describe('inParallel', () => {
  it('works on everything, never on more than the limit at once', async () => {
    let underWay = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay -= 1;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });
});

describe('sendEach', () => {
  it('settles what was under way and keeps back the rest after the abort', async () => {
    const stopping = new AbortController();
    const outcomes: [string, string][] = [];
    await sendEach(
      [message('1'), message('2'), message('3')],
      1,
      stopping.signal,
      () => {
        stopping.abort();
        return Promise.resolve({ kind: 'accepted', reference: 'r' });
      },
      (id, outcome) => outcomes.push([id, outcome.kind === 'retry' ? outcome.code : outcome.kind]),
    );
    expect(outcomes).toEqual([
      ['1', 'accepted'],
      ['2', 'NOT_STARTED'],
      ['3', 'NOT_STARTED'],
    ]);
  });
});
