import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { countsCommand } from '../../src/programs/counts-command.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { CountRepository } from '../../src/dispatch/after/count.repository.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { ProgressRepository } from '../../src/dispatch/after/progress.repository.js';
import { WithdrawalService } from '../../src/dispatch/acts/withdrawal.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;

describe('counts that are kept', () => {
  let world: World;
  let sms: RecordingChannel;
  let editionId: string;
  let issueId: string;

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms, new RecordingChannel('email')] });
    ({ editionId, issueId } = await aPlannedEdition(world));
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
    const said: string[] = [];
    const counts = (act: 'check' | 'rebuild') => countsCommand(act, world.url, (line) => said.push(line));
    expect(await counts('check')).toBe(1);
    expect(await counts('rebuild')).toBe(0);
    expect(await counts('check')).toBe(0);
    expect(said).toEqual([
      expect.stringMatching(/^有\d+项计数与逐行清点不符/),
      expect.stringMatching(/^计数已重建，改正了\d+项。$/),
      '计数与逐行清点相符。',
    ]);
    expect(await world.query(`SELECT actor FROM audit_entry WHERE action = 'counts.rebuilt'`)).toEqual([
      { actor: 'system' },
    ]);
    expect(await board()).toMatchObject({ copies: 115 });
  });

  it('take the notice of a withdrawal for no delivery of the issue, also where it was taken for one', async () => {
    await world.get(DeliveryService).sendDue('sms', never);
    await move(`state = 'delivered', delivered_at = now() WHERE channel = 'sms' AND position <= 10`);
    await world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '有误');
    await world.get(WithdrawalService).tell(editionId, people.approver);
    await move(`state = 'failed' WHERE purpose = 'initial' AND position > 100`);
    const standing = await board();
    expect(standing).toMatchObject({ delivered: 10, unreached: 15 });
    await world.get(DeliveryService).sendDue('sms', never);
    await move(`state = 'delivered', delivered_at = now() WHERE purpose = 'withdrawal'`);
    expect(await board()).toEqual(standing);
    expect(await world.get(CountRepository).wrong()).toBe(0);
    expect(await world.get(ProgressRepository).unreached(editionId)).toHaveLength(15);

    // Of copies that were counted otherwise, the trigger's own function corrects rows and ledger, and does no harm a second time.
    await world.query(`UPDATE copy SET delivered_at = now(), no_channel_left = false`);
    expect(await board()).toMatchObject({ delivered: 115, unreached: 0 });
    for (let time = 0; time < 2; time++) {
      await world.query(
        `SELECT settle_copies(ARRAY(SELECT DISTINCT copy_id FROM delivery WHERE purpose = 'withdrawal'))`,
      );
      expect(await board()).toEqual(standing);
    }
    expect(await world.get(CountRepository).wrong()).toBe(0);
  });

  it('are checked from the command line, which says what is wrong without a stack', async () => {
    const cli = (...args: string[]) =>
      spawnSync(process.execPath, [join(import.meta.dirname, '../../dist/programs/cli.js'), ...args], {
        env: { ...process.env, DATABASE_URL: world.url },
        encoding: 'utf8',
      });
    const checked = cli('counts', 'check');
    expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, '计数与逐行清点相符。\n', '']);
    const unknown = cli('counts', 'mend');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('counts rebuild')]);
    await world.query('DROP VIEW copy_recount');
    const broken = cli('counts', 'check');
    expect(broken.status).toBe(1);
    expect(broken.stderr).toMatch(/启动失败：数据库无法访问[^\n]*copy_recount[^\n]*\n怎么办：/);
    expect(broken.stderr).not.toContain('    at ');
  });

  it('are undone with the change they belong to', async () => {
    const before = await world.get(ProgressRepository).counts(editionId);
    await world.query('BEGIN');
    await move(`state = 'failed'`);
    await world.query('ROLLBACK');
    expect(await world.get(ProgressRepository).counts(editionId)).toEqual(before);
  });
});
