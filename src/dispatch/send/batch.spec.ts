import type { Channel } from '../../channels/channel.js';
import type { SendOutcome } from '../../domain/delivery.js';
import { RefusalStreak, wellAccount } from '../../domain/sending/fail-over.js';
import { Batch, type BatchWork } from './batch.js';
import type { ClaimedMessage } from '../rows/claim.repository.js';
import type { Settlement } from '../rows/delivery.repository.js';

const start = new Date('2025-04-03T02:00:00Z');
const later = new Date('2025-04-04T02:00:00Z');
const perhapsOfUs: SendOutcome = { kind: 'refused', class: 'provider', code: '550', reason: '拒收', perhapsOfUs: true };
const message = (id: string) => ({ id, attempts: 0, deadline: later, carries: [] }) as unknown as ClaimedMessage;

/** Sends batch after batch over one account, each with so many messages that are answered in this way. */
async function statesAfter(streak: RefusalStreak, batches: readonly (readonly SendOutcome[])[]): Promise<string[][]> {
  const states: string[][] = [];
  for (const [n, outcomes] of batches.entries()) {
    const settled: Settlement[] = [];
    const work: BatchWork = {
      streak,
      ...{ leaseUntil: later, leaseMs: 60_000, now: () => start, warn: () => undefined },
      renew: () => Promise.resolve(),
      settle: (settlements) => Promise.resolve(void settled.push(...settlements)),
      follow: () => Promise.resolve(),
    };
    const account = { channel: { account: 'smtp' } as Channel, state: wellAccount, probe: false };
    const claimed = outcomes.map((_, at) => message(`${n}-${at}`));
    const batch = new Batch({ account, alone: true, mayBeMore: true, claimed }, new AbortController(), work);
    for (const [at, outcome] of outcomes.entries()) batch.settled(`${n}-${at}`, outcome);
    await batch.finish();
    states.push(settled.map(({ state }) => state));
  }
  return states;
}
const times = (count: number, outcome: SendOutcome): SendOutcome[] => Array.from({ length: count }, () => outcome);

it('stops the account at the tenth refusal in a row that may be about us, however small the batches are', async () => {
  const failed = ['failed', 'failed', 'failed', 'failed'];
  const batches = await statesAfter(
    new RefusalStreak(),
    [4, 4, 4].map((count) => times(count, perhapsOfUs)),
  );
  expect(batches).toEqual([failed, failed, ['failed', 'planned', 'planned', 'planned']]);
});

it('counts anew after anything else, and once somebody has let a stopped account be used again', async () => {
  const streak = new RefusalStreak();
  const accepted: SendOutcome = { kind: 'accepted', reference: 'x' };
  const mixed = await statesAfter(streak, [times(9, perhapsOfUs), [accepted], times(9, perhapsOfUs)]);
  expect(mixed.flat().filter((state) => state === 'planned')).toEqual([]);
  const [last, next] = await statesAfter(streak, [times(1, perhapsOfUs), times(9, perhapsOfUs)]);
  expect([last, next]).toEqual([['planned'], Array.from({ length: 9 }, () => 'failed')]);
});
