import { jest } from '@jest/globals';
import { Queue } from 'bullmq';
import { sendEach } from '../../src/channels/in-parallel.js';
import { DeliveryRepository } from '../../src/dispatch/rows/delivery.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchJobs } from '../../src/dispatch/dispatch-jobs.js';
import { GateRepository } from '../../src/dispatch/send/gate.repository.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { QueueConnection } from '../../src/platform/jobs/queue-connection.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';
import { deliveryStates } from './delivery-states.js';

const never = new AbortController().signal;
const second = 1000;

describe('sending while something fails', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let wecom: RecordingChannel;

  beforeEach(async () => {
    [sms, email, wecom] = [new RecordingChannel('sms'), new RecordingChannel('email'), new RecordingChannel('wecom')];
    world = await openWorld({ channels: [email, sms, wecom], environment: { LEASE_SECONDS: '60' } });
    await aPlannedEdition(world);
  });
  afterEach(() => world.close());

  const send = (channel: RecordingChannel) => world.get(DeliveryService).sendDue(channel.kind, never);
  const sweep = () => world.get(Sweeper).sweep();
  const states = (channel: string) => deliveryStates(world, channel);

  it('tries again later, and stops no channel, when the database cannot give the message', async () => {
    await world.query('ALTER TABLE rendition RENAME TO rendition_away');
    await send(sms);
    expect(sms.taken).toHaveLength(0);
    expect(await states('sms')).toEqual({ planned: 115 });
    expect((await world.get(GateRepository).gateOf('test-sms')).circuitOpen).toBe(false);
    await world.query('ALTER TABLE rendition_away RENAME TO rendition');
    world.clock.pass(60 * second);
    await send(sms);
    expect(await states('sms')).toEqual({ sent: 115 });
  });

  it('forgets no answer while the database is away for a moment', async () => {
    jest.spyOn(world.get(DeliveryRepository), 'settle').mockRejectedValueOnce(new Error('the database is starting up'));
    jest.spyOn(world.get(GateRepository), 'closeUntil').mockRejectedValueOnce(new Error('the database is starting up'));
    email.answer = ({ address }) =>
      address === 'r005@yanjin.example'
        ? { kind: 'retry', class: 'throttled', code: 'LIMIT', reason: '限流' }
        : { kind: 'accepted', reference: 'x' };
    await send(email);
    expect(await states('email')).toEqual({ planned: 106, sent: 9 });
    expect((await world.get(GateRepository).gateOf('test-email')).reason).toBe('限流');
  });

  it('holds no connection of the database while a provider is called', async () => {
    const open: unknown[] = [];
    // One batch, so that nothing is stored of the one before meanwhile.
    wecom.batchSize = 200;
    wecom.send = async (messages, _signal, settled) => {
      open.push(
        ...(await world.query(
          `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE '%in transaction%'`,
        )),
      );
      for (const { deliveryId } of messages) settled(deliveryId, { kind: 'accepted', reference: 'x' });
    };
    await send(wecom);
    expect(await states('wecom')).toEqual({ sent: 115 });
    expect(open).toEqual([]);
  });

  it('plans what has not left again at once when it is asked to stop', async () => {
    const stopping = new AbortController();
    sms.send = (messages, signal, settled) =>
      sendEach(
        messages,
        1,
        signal,
        () => Promise.resolve({ kind: 'accepted', reference: 'x' }),
        (id, outcome) => {
          settled(id, outcome);
          stopping.abort();
        },
      );
    await world.get(DeliveryService).sendDue('sms', stopping.signal);
    expect(await states('sms')).toEqual({ planned: 114, sent: 1 });
    const [row] = await world.query(
      'SELECT max(attempts) AS attempts, max(next_attempt_at) AS due FROM delivery WHERE state = $1',
      ['planned'],
    );
    expect(row).toEqual({ attempts: 0, due: world.clock.now() });
  });

  it('asks only once the provider can know: the wait counts from the lost answer, not from the claim', async () => {
    sms.reconcileAfterMs = 60 * second;
    sms.answer = () => {
      world.clock.pass(0.6 * second); // the last of 115 messages leaves 69 seconds after the first ones were claimed
      return { kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' };
    };
    let asked = 0;
    sms.reconcile = (rows) => ((asked += rows.length), Promise.resolve(rows.map(() => ({ kind: 'notTaken' }))));
    sms.batchSize = 115;
    await send(sms);
    await sweep();
    expect(asked).toBe(0);
    world.clock.pass(61 * second);
    await sweep();
    expect(asked).toBe(115);
  });

  it('sweeps once each time, however many processes there are', async () => {
    const other = await world.another();
    const clocks = [world.get(DispatchJobs), other.get(DispatchJobs), other.get(DispatchJobs)];
    const rung = async () => {
      await Promise.all(clocks.map((clock) => clock.ringSweep()));
      const queue = new Queue('sweep', { connection: world.app.get(QueueConnection).connection });
      // Other scheduled work shares the queue.
      return (await queue.getJobs(['waiting'])).filter(({ name }) => name === 'delivery.sweep').length;
    };
    expect(await rung()).toBe(1);
    expect(await rung()).toBe(1);
    world.clock.pass(world.settings.delivery.sweepSeconds * second);
    expect(await rung()).toBe(2);
  });
});
