import { sendEach } from '../../src/channels/in-parallel.js';
import type { OutgoingMessage } from '../../src/channels/channel.js';
import type { SendOutcome } from '../../src/domain/delivery.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const longestMs = 20_000;

/** Sends two at a time, and the first two end only once the batch is called back. */
class SlowChannel extends RecordingChannel {
  atOnce = 2;
  duringFirst: () => Promise<unknown> = () => Promise.resolve();

  override async send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (id: string, outcome: SendOutcome) => void,
  ): Promise<void> {
    let acted: Promise<unknown> | undefined;
    await sendEach(
      messages,
      this.atOnce,
      signal,
      async (message) => {
        this.taken.push(message);
        if (this.taken.length <= this.atOnce) {
          acted ??= this.duringFirst();
          await acted;
          await calledBack(signal);
        }
        return { kind: 'accepted', reference: message.deliveryId };
      },
      settled,
    );
  }
}

async function calledBack(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((done, fail) => {
    timer = setTimeout(() => fail(new Error('the batch was not called back')), longestMs);
    signal.addEventListener('abort', () => done());
  }).finally(() => clearTimeout(timer));
}

describe('what a worker has in hand', () => {
  let world: World;
  let sms: SlowChannel;
  let issueId: string;
  let editionId: string;

  beforeEach(async () => {
    sms = new SlowChannel('sms');
    sms.batchSize = 400;
    world = await openWorld({ channels: [sms] });
    ({ issueId, editionId } = await aPlannedEdition(world));
  });
  afterEach(() => world.close());

  const states = async () =>
    Object.fromEntries(
      (
        await world.query<{ state: string; n: number }>(
          `SELECT state, count(*)::int AS n FROM delivery WHERE purpose = 'initial' GROUP BY 1`,
        )
      ).map(({ state, n }) => [state, n]),
    );

  it('goes back when the issue is paused, but for what the provider is just taking; and leaves when it is resumed', async () => {
    let inHand = 0;
    sms.duringFirst = async () => {
      await world.get(DispatchService).pause(editionId, people.editor);
      ({ inHand } = await world.get(Progress).progressOf(editionId));
    };
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken).toHaveLength(2);
    expect(inHand).toBe(50);
    expect(await states()).toEqual({ sent: 2, planned: 113 });
    expect(await world.get(Progress).progressOf(editionId)).toMatchObject({
      paused: true,
      inHand: 0,
      ratePerSecond: 0,
      secondsLeft: null,
    });

    await world.get(DispatchService).resume(editionId, people.editor);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(new Set(sms.taken.map(({ deliveryId }) => deliveryId)).size).toBe(115);
    expect(sms.taken).toHaveLength(115);
    expect(await states()).toEqual({ sent: 115 });
    expect(await world.query('SELECT DISTINCT attempts FROM delivery')).toEqual([{ attempts: 1 }]);
  });

  it('is given up when the rest is cancelled', async () => {
    sms.duringFirst = () => world.get(DispatchService).cancelRest(editionId, people.editor);
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken).toHaveLength(2);
    expect(await states()).toEqual({ sent: 2, cancelled: 113 });
  });

  it('is given up when the issue is withdrawn', async () => {
    sms.duringFirst = async () =>
      world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '数字有误');
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken).toHaveLength(2);
    expect(await states()).not.toHaveProperty('sending');
    expect(await states()).toMatchObject({ sent: 2 });
  });

  it('of another issue leaves all the same', async () => {
    const other = await aPlannedEdition(world, { number: 15 });
    sms.duringFirst = () => world.get(DispatchService).pause(editionId, people.editor);
    await world.get(DeliveryService).sendDue('sms', never);
    const left = await world.query<{ id: string; n: number }>(
      `SELECT edition_id AS id, count(*)::int AS n FROM delivery WHERE state = 'sent' GROUP BY 1`,
    );
    expect(left.find(({ id }) => id === other.editionId)?.n).toBe(115);
    expect(left.find(({ id }) => id === editionId)?.n ?? 0).toBeLessThanOrEqual(2);
    expect(await world.query(`SELECT 1 FROM delivery WHERE state = 'sending'`)).toEqual([]);
  });
});
