import pg from 'pg';
import { Database } from '../../src/platform/database.js';
import { openWorld, type World } from '../world.js';

describe('a ring of waiting transactions', () => {
  let world: World;
  let other: pg.Client;
  beforeEach(async () => {
    world = await openWorld();
    other = new pg.Client({ connectionString: world.url });
    await other.connect();
    await world.query(`INSERT INTO publication (name, issuer) VALUES ('甲', '某办'), ('乙', '某办')`);
  });
  afterEach(async () => {
    await other.end();
    await world.close();
  });

  const take = `SELECT 1 FROM publication WHERE name = $1 FOR UPDATE`;
  const somebodyWaits = async () =>
    (await world.query('SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()')).length > 0;

  it('is broken by the database, and who had to give way does its work again', async () => {
    const database = world.get(Database);
    // Who begins to wait last closes the ring and finds it: that is us, since the other does not look.
    await other.query(`SET deadlock_timeout = '10min'`);
    await other.query('BEGIN');
    await other.query(take, ['乙']);
    const othersTurn = async () => {
      await other.query(take, ['甲']);
      await other.query('COMMIT');
    };
    let turn: Promise<void> | undefined;
    let begun = 0;
    const ours = database.transaction(async () => {
      begun += 1;
      const { prisma } = database;
      await prisma.$executeRaw`SELECT 1 FROM publication WHERE name = '甲' FOR UPDATE`;
      turn ??= othersTurn();
      while (begun === 1 && !(await somebodyWaits()));
      await prisma.$executeRaw`SELECT 1 FROM publication WHERE name = '乙' FOR UPDATE`;
      return prisma.publication.updateMany({ where: { name: '甲' }, data: { name: '丙' } });
    });
    expect(await ours).toEqual({ count: 1 });
    await turn;
    expect(begun).toBe(2);
  });
});
