import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { Progress } from '../../src/dispatch/after/progress.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import type { SendOutcome } from '../../src/domain/delivery.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const minute = 60_000;
const accepted = (): SendOutcome => ({ kind: 'accepted', reference: 'x' });
const refusesConnections = (): SendOutcome => ({
  kind: 'retry',
  class: 'network',
  code: 'ECONNREFUSED',
  reason: '服务商拒绝连接。',
});

describe('two provider accounts on one channel', () => {
  let world: World;
  let first: RecordingChannel;
  let second: RecordingChannel;
  let editionId: string;

  beforeEach(async () => {
    [first, second] = [new RecordingChannel('sms', 'aliyun'), new RecordingChannel('sms', 'tencent')];
    world = await openWorld({ channels: [first, second] });
    ({ editionId } = await aPlannedEdition(world));
  });
  afterEach(() => world.close());

  const send = () => world.get(DeliveryService).sendDue('sms', never);
  const taken = () => [first.taken.length, second.taken.length];
  const notes = async () =>
    (await world.get(Progress).progressOf(editionId)).channels.flatMap(({ accounts }) =>
      accounts.map(({ text }) => text),
    );
  /** Everything is due again, as if it had never left. */
  const again = () =>
    world.query(`UPDATE delivery SET state = 'planned', next_attempt_at = $1, attempts = 0`, [world.clock.now()]);

  it('uses the preferred account while it is well', async () => {
    await send();
    expect(taken()).toEqual([115, 0]);
    expect(await world.query('SELECT provider, count(*)::int AS n FROM attempt GROUP BY 1')).toEqual([
      { provider: 'aliyun', n: 115 },
    ]);
  });

  it('lets the next take over after failures in a row, and gives back slowly', async () => {
    first.answer = refusesConnections;
    await send();
    // One batch of ten shows it; the rest goes out through the other at once.
    expect(taken()).toEqual([10, 105]);
    expect(await notes()).toEqual([
      '阿里云短信连续发送失败，暂停使用，2025年4月3日 10:01后先试发几条，正常即恢复：服务商拒绝连接。现由腾讯云短信发送。',
    ]);
    await again();
    world.clock.pass(minute);
    await send();
    // Three probes, which fail: another, longer pause.
    expect(taken()).toEqual([13, 105 + 112]);
    await again();
    world.clock.pass(minute);
    await send();
    expect(taken()).toEqual([13, 105 + 112 + 115]);
    first.answer = accepted;
    await again();
    world.clock.pass(minute);
    await send();
    expect(taken()).toEqual([13 + 115, 105 + 112 + 115]);
    expect(await notes()).toEqual([]);
  });

  it('goes on with the other account while one is misconfigured, until a person has mended it', async () => {
    first.answer = () => ({ kind: 'refused', class: 'configuration', code: 'KEY', reason: '短信接口密钥无效。' });
    await send();
    expect(second.taken).toHaveLength(115);
    expect(await notes()).toEqual(['阿里云短信已停用：短信接口密钥无效。请改正设置后重新启用。现由腾讯云短信发送。']);
    expect((await world.get(Progress).progressOf(editionId)).channels[0]).toMatchObject({ stopped: false });
    first.answer = accepted;
    await world.get(DispatchService).reopenAccount('aliyun', people.editor);
    const before = first.taken.length;
    await again();
    await send();
    expect(first.taken.length - before).toBe(115);
  });

  it('waits, costing no attempt, while no account may be used', async () => {
    first.answer = second.answer = refusesConnections;
    await send();
    expect(taken()).toEqual([10, 10]);
    world.clock.pass(minute / 2);
    await send();
    expect(taken()).toEqual([10, 10]);
    expect(await world.query(`SELECT count(*)::int AS n FROM delivery WHERE attempts = 0`)).toEqual([{ n: 95 }]);
  });

  it('settles a doubt with the account that may have taken it, and sends it by no other', async () => {
    first.answer = () => ({ kind: 'unknown', code: 'TIMEOUT', reason: '没有应答。' });
    const asked: string[] = [];
    first.reconcile = (rows) => {
      asked.push(...rows.map(({ deliveryId }) => deliveryId));
      return Promise.resolve(rows.map((_, i) => (i === 0 ? { kind: 'notTaken' } : { kind: 'taken', reference: 'r' })));
    };
    second.reconcile = () => Promise.reject(new Error('was never given these messages'));
    await send();
    const doubtful = first.taken.map(({ deliveryId }) => deliveryId);
    await world.get(Sweeper).sweep();
    expect(asked.sort()).toEqual([...doubtful].sort());
    await send();
    // Proof that the first has not taken it sets it free for whichever account is well.
    expect(second.taken.filter(({ deliveryId }) => doubtful.includes(deliveryId))).toHaveLength(1);
    expect(new Set([...second.taken.map(({ deliveryId }) => deliveryId), ...doubtful]).size).toBe(115);
  });

  it('repeats what a provider can tell apart only with that provider, however long it is away', async () => {
    first.repeatableForMs = 4 * 60 * minute;
    first.answer = () => ({ kind: 'unknown', code: 'TIMEOUT', reason: '没有应答。' });
    await send();
    await world.get(Sweeper).sweep();
    await send();
    const repeated = first.taken.map(({ deliveryId }) => deliveryId);
    expect(second.taken.filter(({ deliveryId }) => repeated.includes(deliveryId))).toEqual([]);
    first.answer = accepted;
    world.clock.pass(2 * minute);
    await send();
    expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`)).toEqual([
      { state: 'sent', n: 115 },
    ]);
    expect(second.taken.filter(({ deliveryId }) => repeated.includes(deliveryId))).toEqual([]);
  });

  it('asks a person about a doubt whose account is no longer configured', async () => {
    first.answer = () => 'silence';
    first.batchSize = 115;
    await send();
    const other = await world.another([second]);
    world.clock.pass(60 * minute);
    await other.get(Sweeper).sweep();
    world.clock.pass(60 * minute);
    await other.get(Sweeper).sweep();
    await other.get(DeliveryService).sendDue('sms', never);
    expect(second.taken).toEqual([]);
    expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`)).toEqual([
      { state: 'held', n: 115 },
    ]);
  });
});
