import pg from 'pg';
import { ReportRepository } from '../../src/channels/report.repository.js';
import { DeliveryRepository, type Settlement } from '../../src/dispatch/rows/delivery.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import type { DeliveryReport } from '../../src/domain/delivery.js';
import { Database } from '../../src/platform/database.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

const never = new AbortController().signal;

describe('delivery reports', () => {
  let world: World;
  let sms: RecordingChannel;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms] });
    await aPlannedEdition(world);
  });
  afterEach(() => world.close());

  const send = () => world.get(DeliveryService).sendDue('sms', never);
  const report = (deliveryId: string, status: DeliveryReport['status'], code: string = status): DeliveryReport => ({
    provider: 'test',
    deliveryId,
    status,
    code,
    reason: status === 'failed' ? '关机' : '',
    reportedAt: world.clock.now(),
  });
  const keep = (reports: readonly DeliveryReport[]) => world.get(ReportRepository).keep(reports, world.clock.now());
  const apply = async (...reports: DeliveryReport[]) => {
    await keep(reports);
    await world.get(ReportService).applyWaiting();
  };
  const rowOf = async (id: string) =>
    (
      await world.query<{ state: string; code: string | null; reference: string | null; sent_at: Date | null }>(
        'SELECT state, code, reference, sent_at, delivered_at FROM delivery WHERE id = $1',
        [id],
      )
    )[0]!;

  it('cost the same statements for one and for two hundred', async () => {
    await send();
    const ids = sms.taken.map(({ deliveryId }) => deliveryId);
    await keep([report(ids[0]!, 'delivered')]);
    const one = await statements(() => world.get(ReportService).applyWaiting());
    const many = ids.slice(1).flatMap((id) => [report(id, 'failed', 'EXPIRED'), report(id, 'delivered')]);
    await keep(many.slice(0, 200));
    const [before] = await world.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM delivery_report WHERE applied_at IS NULL',
    );
    const full = await statements(() => world.get(ReportService).applyWaiting());
    expect(before!.n).toBe(200);
    // A full batch asks once more whether there is another.
    expect([one, full]).toEqual([5, 6]);
    expect(await world.query(`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1 ORDER BY 1`)).toEqual([
      { state: 'delivered', n: 101 },
      { state: 'sent', n: 14 },
    ]);
  });

  it('in one batch move a delivery as far as all of them together, in the order they came', async () => {
    await send();
    const [twice, recovered, dead] = sms.taken.map(({ deliveryId }) => deliveryId);
    await apply(
      report(twice!, 'delivered'),
      report(recovered!, 'failed', 'EXPIRED'),
      report(dead!, 'pending'),
      report(dead!, 'failed', 'DB:0101'),
      report(recovered!, 'delivered'),
      report(twice!, 'failed', 'LATE'),
      report(dead!, 'failed', 'SECOND'),
    );
    expect(await rowOf(twice!)).toMatchObject({ state: 'delivered', code: null });
    expect(await rowOf(recovered!)).toMatchObject({ state: 'delivered', code: null });
    expect(await rowOf(dead!)).toMatchObject({ state: 'failed', code: 'DB:0101' });
  });

  it('that overtake the answer stand, and the answer adds the reference', async () => {
    const sentAt = world.clock.now();
    const early: string[] = [];
    sms.beforeOutcomes = async () => {
      const ids = sms.taken.slice(-3).map(({ deliveryId }) => deliveryId);
      early.push(...ids);
      await apply(report(ids[0]!, 'delivered'), report(ids[1]!, 'failed', 'REJECTD'), report(ids[2]!, 'pending'));
    };
    await send();
    const rows = await Promise.all(early.slice(0, 3).map(rowOf));
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'failed', 'sent']);
    expect(rows.map(({ reference }) => reference)).toEqual(early.slice(0, 3).map((id) => `ref-${id}`));
    expect(rows[0]).toMatchObject({ sent_at: sentAt, delivered_at: sentAt });
    expect(rows[1]!.code).toBe('REJECTD');
  });

  it('tell since when a message is under way whose worker never could', async () => {
    sms.answer = () => 'silence';
    await send();
    const id = sms.taken[0]!.deliveryId;
    await apply(report(id, 'pending'));
    expect(await rowOf(id)).toMatchObject({ state: 'sent', sent_at: world.clock.now() });
  });

  it('and outcomes are written at the same moment by several workers, and nothing is lost', async () => {
    sms.answer = () => 'silence';
    await send();
    const ids = sms.taken.map(({ deliveryId }) => deliveryId);
    await keep([...ids].reverse().map((id) => report(id, 'delivered')));
    const other = await world.another();
    await Promise.all([
      world.get(ReportService).applyWaiting(),
      other.get(ReportService).applyWaiting(),
      world.get(DeliveryRepository).settle(ids.map(accepted), world.clock.now()),
    ]);
    expect(
      await world.query(`SELECT state, count(*)::int AS n, count(reference)::int AS named FROM delivery GROUP BY 1`),
    ).toEqual([{ state: 'delivered', n: 115, named: 115 }]);
    expect(await world.query('SELECT 1 FROM delivery_report WHERE applied_at IS NULL')).toHaveLength(0);
  });

  /** Two workers that each hold what the other wants next end in a deadlock; taking rows in one order, neither can. */
  describe('never wait for another worker while they hold what it takes next', () => {
    let other: pg.Client;

    beforeEach(async () => {
      await send();
      other = new pg.Client({ connectionString: world.url });
      await other.connect();
    });
    afterEach(() => other.end());

    /** Two deliveries of which the database would find the second first, did nobody tell it to take rows in one order. */
    const adversePair = async (table: string, column: string) =>
      world.query<{ id: string; key: string }>(
        `WITH own AS (SELECT d.id, d.${column} AS key, t.ctid AS place FROM delivery d JOIN ${table} t ON t.id = d.${column}),
           pair AS (SELECT a.id AS a, b.id AS b FROM own a JOIN own b ON a.key < b.key AND a.place > b.place LIMIT 1)
         SELECT own.id, own.key FROM own JOIN pair ON own.id IN (pair.a, pair.b) ORDER BY own.key`,
      );
    /** The other worker has taken the first row, `work` waits for it; may the other now take the second? */
    const otherTakesBoth = async (table: string, column: string, work: (ids: string[]) => Promise<unknown>) => {
      const pair = await adversePair(table, column);
      const [first, second] = pair.map(({ key }) => key);
      await other.query('BEGIN');
      await other.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [first]);
      let ended = false;
      const working = work(pair.map(({ id }) => id).reverse()).finally(() => (ended = true));
      while (!ended && !(await somebodyWaits()));
      try {
        await other.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE NOWAIT`, [second]);
      } finally {
        await other.query('ROLLBACK');
        await working;
      }
    };
    const somebodyWaits = async () =>
      (await world.query('SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()')).length > 0;

    it('recording outcomes', () =>
      otherTakesBoth('delivery', 'id', (ids) =>
        world.get(DeliveryRepository).settle(ids.map(accepted), world.clock.now()),
      ));

    it.each([
      ['delivery', 'id'],
      ['copy', 'copy_id'],
      ['contact', 'contact_id'],
    ])('applying reports, at the %s', (table, column) =>
      otherTakesBoth(table, column, async (ids) => {
        await keep(ids.map((id) => report(id, 'delivered')));
        await world.get(ReportService).applyWaiting();
      }),
    );
  });

  const accepted = (id: string): Settlement => ({
    id,
    attemptNo: 1,
    state: 'sent',
    countsAttempt: true,
    nextAttemptAt: null,
    doubt: false,
    outcome: 'accepted',
    class: null,
    code: null,
    reason: null,
    reference: `ref-${id}`,
    pin: null,
    repeats: false,
  });

  /** A repository takes the client once for each statement. */
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const database = world.get(Database);
    let asked = 0;
    Object.defineProperty(database, 'prisma', {
      configurable: true,
      get: () => ((asked += 1), Reflect.get(Database.prototype, 'prisma', database) as unknown),
    });
    try {
      await work();
      return asked;
    } finally {
      Reflect.deleteProperty(database, 'prisma');
    }
  };
});
