import { DeliveryService } from '../../src/dispatch/delivery.service.js';
import { CountRepository } from '../../src/dispatch/count.repository.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan.service.js';
import { ProgressRepository } from '../../src/dispatch/progress.repository.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, signedOff, type World } from '../world.js';

const never = new AbortController().signal;

describe('counts that are kept', () => {
  let world: World;
  let sms: RecordingChannel;
  let editionId: string;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms, new RecordingChannel('email')] });
    ({ editionId } = await signedOff(world));
    await world.get(PlanService).plan(editionId);
  });
  afterEach(() => world.close());

  const board = async () => {
    const rows = await world.query<{ copies: string; delivered: string; acknowledged: string; unreached: string }>(
      `SELECT sum(copies) AS copies, sum(delivered) AS delivered, sum(acknowledged) AS acknowledged, sum(unreached) AS unreached
       FROM copy_count WHERE edition_id = $1`,
      [editionId],
    );
    return Object.fromEntries(Object.entries(rows[0]!).map(([name, n]) => [name, Number(n)]));
  };
  const move = (sql: string) => world.query(`UPDATE delivery SET ${sql}`);

  it('equal a recount after everything a dispatch goes through, folded or not', async () => {
    const counts = world.get(CountRepository);
    expect(await counts.wrong()).toBe(0);
    sms.batchSize = 7;
    await world.get(DeliveryService).sendDue('sms', never);
    await world.get(DeliveryService).sendDue('email', never);
    await move(`state = 'delivered', delivered_at = now() WHERE channel = 'sms' AND position % 3 = 0`);
    await move(`state = 'failed' WHERE position % 10 = 1`);
    await world
      .get(ReadingService)
      .acknowledgeOnBehalf(
        (await world.query<{ id: string }>('SELECT id FROM copy WHERE copy_number = 5'))[0]!.id,
        'phone',
        '李四',
        null,
        people.editor,
      );
    await world.get(DispatchService).remind(editionId, people.editor);
    expect(await counts.wrong()).toBe(0);
    const before = await board();
    expect(before).toEqual({ copies: 115, delivered: 34, acknowledged: 1, unreached: 12 });

    await counts.fold(new Date('2100-01-01'));
    expect(await board()).toEqual(before);
    expect(await counts.wrong()).toBe(0);
    const [lines] = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM delivery_count');
    expect(lines!.n).toBeLessThan(12);
  });

  it('see both when the last two hopes of a copy end at the same moment in two transactions', async () => {
    const other = await world.another();
    const fail = (services: Pick<World, 'get'>, channel: string) =>
      services
        .get(Database)
        .transaction(async () =>
          services
            .get(Database)
            .prisma.$executeRawUnsafe(
              `UPDATE delivery SET state = 'failed' WHERE channel = '${channel}' AND position <= 20`,
            ),
        );
    await Promise.all([fail(world, 'sms'), fail(other as Pick<World, 'get'>, 'email')]);
    expect(await board()).toMatchObject({ unreached: 20 });
    expect(await world.get(CountRepository).wrong()).toBe(0);
    await world.get(DispatchService).retryFailed(editionId, null, people.editor);
    expect(await board()).toMatchObject({ unreached: 0 });
  });

  it('come back from the rows themselves when somebody has tampered with them', async () => {
    await world.query('UPDATE delivery_count SET n = n + 1');
    await world.query('DELETE FROM copy_count');
    const counts = world.get(CountRepository);
    expect(await counts.wrong()).toBeGreaterThan(0);
    await counts.rebuild();
    expect(await counts.wrong()).toBe(0);
    expect(await board()).toMatchObject({ copies: 115 });
  });

  it('are undone with the change they belong to', async () => {
    const before = await world.get(ProgressRepository).counts(editionId);
    await world.query('BEGIN');
    await move(`state = 'failed'`);
    await world.query('ROLLBACK');
    expect(await world.get(ProgressRepository).counts(editionId)).toEqual(before);
  });
});
