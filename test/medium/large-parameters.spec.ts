import { getLogs } from '@prisma/debug';
import { randomUUID } from 'node:crypto';
import { Database } from '../../src/platform/database.js';
import { openWorld, type World } from '../world.js';

describe('large values of a statement', () => {
  let world: World;
  beforeAll(async () => (world = await openWorld()));
  afterAll(() => world.close());

  const text = JSON.stringify(Array.from({ length: 500 }, (_, n) => ({ n, name: `“某某”\n${n}` })));
  const list = Array.from({ length: 500 }, (_, n) => `a,"${n}"{}\\`);

  it('arrive as they are, in and outside transactions, beside small ones', async () => {
    const { prisma } = world.get(Database);
    const both = () =>
      world.get(Database).prisma.$queryRaw<{ same: boolean; n: number; last: string }[]>`
        SELECT ${text}::json->499->>'name' = '“某某”' || chr(10) || '499' AS same,
               cardinality(${list}::text[]) AS n, (${list}::text[])[${500}::int] AS last`;
    const expected = [{ same: true, n: 500, last: list[499] }];
    expect(await both()).toEqual(expected);
    expect(await world.get(Database).transaction(both)).toEqual(expected);
    const ids = Array.from({ length: 100 }, () => randomUUID());
    expect(
      await prisma.$queryRawUnsafe(
        'SELECT count(*)::int AS n FROM unnest($1::uuid[]) AS r(id) WHERE id <> $2::uuid',
        ids,
        ids[7],
      ),
    ).toEqual([{ n: 99 }]);
  });

  it('do not stay behind in the log that Prisma keeps of statements', async () => {
    const { prisma } = world.get(Database);
    await prisma.$queryRaw`SELECT ${'小'.repeat(10)}::text, ${'大'.repeat(5000)}::text`;
    const kept = getLogs(Number.MAX_SAFE_INTEGER);
    expect([kept.includes('小'.repeat(10)), kept.includes('大'.repeat(10))]).toEqual([true, false]);
  });
});
