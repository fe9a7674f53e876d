import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { GroupMembersService } from '../../src/distribution/groups/group-members.service.js';
import { readRule } from '../../src/domain/scope/group.js';
import { openWorld, queriesOf, type World } from '../world.js';

const now = new Date('2025-04-03T02:00:00Z');

describe('a list of 20,000 posts and 100,000 tenures', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await world.query(`
      INSERT INTO unit (name, sort_order, kind)
      SELECT '县第' || n || '局', n, (ARRAY['party', 'government', 'township', 'vertical'])[1 + n % 4] FROM generate_series(1, 2000) n`);
    await world.query(`
      INSERT INTO post (unit_id, title, kind, protocol_order, level)
      SELECT u.id, (ARRAY['局长', '副局长', '科长'])[1 + LEAST(s, 2)] || s, 'unit', u.sort_order * 10 + s,
             (ARRAY['principal', 'deputy', 'staff'])[1 + LEAST(s, 2)]
      FROM unit u, generate_series(0, 9) s`);
    await world.query(`INSERT INTO person (name) SELECT '人' || n FROM generate_series(1, 25000) n`);
    await world.query(`
      INSERT INTO tenure (post_id, person_id, starts_on, ends_on)
      SELECT p.id, who.id, date '2000-01-01' + t * 1800, CASE WHEN t < 4 THEN date '2000-01-01' + (t + 1) * 1800 END
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM post) p, generate_series(0, 4) t
      JOIN LATERAL (SELECT 1) one ON true
      JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM person) who ON true
      WHERE who.n = 1 + (p.n + t * 5000) % 25000`);
    await world.query(
      `
      INSERT INTO recipient_group (name, sort_order, rule) VALUES
        ('各局主要负责人', 1, $1), ('垂管单位', 2, $2), ('抽查名单', 3, NULL)`,
      [
        JSON.stringify(readRule({ levels: ['principal'] })),
        JSON.stringify(readRule({ unitKinds: ['vertical'], levels: ['principal', 'deputy'] })),
      ],
    );
    await world.query(`
      INSERT INTO group_member (group_id, post_id)
      SELECT g.id, p.id FROM recipient_group g, (SELECT id FROM post ORDER BY id LIMIT 1000) p WHERE g.name = '抽查名单'`);
    await world.query('ANALYZE');
  });
  afterAll(() => world.close());

  it.each([
    ['groups by rule and by list', ['各局主要负责人', '抽查名单'], 0],
    ['nested labels', ['垂管单位（除县第3局、县第7局外）', '县第12局局长0、副局长1', '县第15局'], 0],
    ['unknown names', ['县第九九局', '县直什么单位', '各局主要负责任', '分管副局长'], 4],
  ])('%s resolve with two questions to the database', async (_what, labels, unknown) => {
    const distribution = world.get(DistributionService);
    const scope = await distribution.resolve(labels, now);
    expect(scope.unknown).toHaveLength(unknown);
    expect(await queriesOf(world, () => distribution.resolve(labels, now))).toBe(2);
  });

  it('counts every group, and rehearses a rule, without a question for each', async () => {
    const members = world.get(GroupMembersService);
    const day = new Date('2025-04-03');
    const rule = readRule({ levels: ['deputy'] })!;
    expect((await members.all(day)).map(({ posts }) => posts)).toEqual([2000, 1000, 1000]);
    expect(await members.byRule(rule, day)).toHaveLength(2000);
    expect(await queriesOf(world, () => members.all(day))).toBeLessThanOrEqual(3);
    expect(await queriesOf(world, () => members.byRule(rule, day))).toBeLessThanOrEqual(3);
  });
});
