import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { GroupMembersService } from '../../src/distribution/groups/group-members.service.js';
import { type GroupRef, GroupRecordService } from '../../src/distribution/groups/group-record.service.js';
import { GroupMergeService } from '../../src/distribution/groups/group-merge.service.js';
import { GroupService } from '../../src/distribution/groups/group.service.js';
import { DomainError } from '../../src/domain/errors/errors.js';
import { readRule } from '../../src/domain/scope/group.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';

const editor = people.editor;
const codeOf = async (work: Promise<unknown>): Promise<string | null> => {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe('groups kept by hand', () => {
  let world: World;
  let groups: GroupService;
  let distribution: DistributionService;
  beforeAll(async () => {
    world = await openWorld();
    groups = world.get(GroupService);
    distribution = world.get(DistributionService);
    await takeDemoList(world);
  });
  afterAll(() => world.close());
  // Acts of one moment have no order.
  beforeEach(() => world.clock.pass(1000));

  const ref = async (name: string): Promise<GroupRef> => {
    const [row] = await world.query<{ id: string; version: number }>(
      'SELECT id, version FROM recipient_group WHERE name = $1',
      [name],
    );
    return row!;
  };
  const postOf = async (unit: string, title: string): Promise<string> => {
    const [row] = await world.query<{ id: string }>(
      'SELECT p.id FROM post p JOIN unit u ON u.id = p.unit_id WHERE u.name = $1 AND p.title = $2',
      [unit, title],
    );
    return row!.id;
  };
  const count = async (label: string, at = world.clock.now()) => (await distribution.resolve([label], at)).people;
  const undoLast = async (name: string) => {
    const { id } = await ref(name);
    const [row] = await world.query<{ id: string }>(
      `SELECT id FROM list_change WHERE subject = $1 AND undone_at IS NULL ORDER BY at DESC LIMIT 1`,
      [`group:${id}`],
    );
    await world.get(GroupRecordService).undo(id, row!.id, editor);
  };

  it('are made by list, rule, other groups and exclusions together, and say why each post is in', async () => {
    await world.query(`UPDATE unit SET kind = 'township' WHERE name ~ '(乡|镇|街道)$'`);
    const id = await groups.addGroup('重点联系单位', editor);
    await groups.setRule(await ref('重点联系单位'), readRule({ unitKinds: ['township'] }), editor);
    await groups.setParts(await ref('重点联系单位'), [(await ref('法院院长')).id], [], editor);
    const [finance, town] = [await postOf('县财政局', '主要负责人'), await postOf('榆林乡', '乡长')];
    await groups.listPosts(await ref('重点联系单位'), [finance], '2025-04-03', editor);
    await groups.setExcluded(await ref('重点联系单位'), town, true, editor);

    expect(await count('重点联系单位')).toBe(14);
    const found = await world.get(GroupMembersService).one(id, new Date('2025-04-03'));
    const reasons = new Map(
      found!.seats.map(({ seat, reasons, ...rest }) => [seat.unitName, { by: reasons[0]!.by, ...rest }]),
    );
    expect(reasons.get('县财政局')).toEqual({ by: 'listed', in: true, excludedBy: null });
    expect(reasons.get('县人民法院')).toEqual({ by: 'part', in: true, excludedBy: null });
    expect(reasons.get('榆林乡')).toEqual({ by: 'rule', in: false, excludedBy: { by: 'post' } });
  });

  it('hold what is listed from the day on, and keep who was in before', async () => {
    await groups.addGroup('班子', editor);
    const finance = await postOf('县财政局', '主要负责人');
    await groups.listPosts(await ref('班子'), [finance], '2025-04-03', editor);
    await groups.unlistPost(await ref('班子'), finance, '2025-05-01', editor);
    const on = (day: string) => count('班子', new Date(`${day}T04:00:00Z`));
    expect([await on('2025-04-02'), await on('2025-04-03'), await on('2025-04-30'), await on('2025-05-01')]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('refuse a circle and name it', async () => {
    await groups.addGroup('甲组', editor);
    await groups.addGroup('乙组', editor);
    const [a, b] = [await ref('甲组'), await ref('乙组')];
    await groups.setParts(a, [b.id], [], editor);
    await expect(groups.setParts(b, [], [a.id], editor)).rejects.toThrow('乙组 → 甲组 → 乙组');
  });

  it('keep the old name as an alias when renamed, and refuse a name that another has', async () => {
    await groups.rename(await ref('县政协正副主席'), '县政协主席副主席', editor);
    expect(await count('县政协正副主席')).toBe(6);
    await expect(groups.rename(await ref('法院院长'), '县政协正副主席', editor)).rejects.toThrow('县政协主席副主席');
    await expect(groups.addAlias(await ref('法院院长'), '县委常委', editor)).rejects.toThrow('县委常委');
    await takeDemoList(world);
    expect(await count('县政协正副主席')).toBe(6);
    expect(await world.query(`SELECT 1 FROM recipient_group WHERE name = '县政协正副主席'`)).toEqual([]);
  });

  it('are not found by a scope once closed, nor closed while another contains them', async () => {
    await groups.addGroup('丙组', editor);
    await groups.setParts(await ref('丙组'), [(await ref('副县长')).id], [], editor);
    expect(await codeOf(groups.setClosed(await ref('副县长'), true, editor))).toBe('list.groupInUse');
    await groups.setParts(await ref('丙组'), [], [], editor);
    const before = world.clock.now();
    world.clock.pass(30 * 86_400_000);
    await groups.setClosed(await ref('检察院检察长'), true, editor);
    const scope = await distribution.resolve(['检察院检察长们'], world.clock.now());
    expect(scope.unknown[0]?.suggestions.map(({ name }) => name)).not.toContain('检察院检察长');
    expect(await count('检察院检察长', before)).toBe(1);
  });

  it('lose no change to somebody with an older page', async () => {
    const page = await ref('副县长');
    await groups.addAlias(page, '副县长们', editor);
    expect(await codeOf(groups.addAlias(page, '各副县长', editor))).toBe('list.changedMeanwhile');
  });

  it.each<[string, (at: World) => Promise<void>]>([
    ['a rule', async () => groups.setRule(await ref('副县长'), readRule({ levels: ['staff'] }), editor)],
    [
      'a listing',
      async () => groups.listPosts(await ref('副县长'), [await postOf('县财政局', '主要负责人')], '2025-04-03', editor),
    ],
    [
      'the end of a listing',
      async () =>
        groups.unlistPost(await ref('副县长'), await postOf('县政府', '县委常委、常务副县长'), '2025-04-03', editor),
    ],
    [
      'an exclusion',
      async () => groups.setExcluded(await ref('副县长'), await postOf('县政府', '县委常委、常务副县长'), true, editor),
    ],
    ['parts', async () => groups.setParts(await ref('副县长'), [(await ref('法院院长')).id], [], editor)],
    ['an alias', async () => groups.addAlias(await ref('副县长'), '各位副县长', editor)],
    ['closing', async () => groups.setClosed(await ref('副县长'), true, editor)],
  ])('bring back all there was when %s is undone', async (_what, act) => {
    const state = () =>
      world.query(`SELECT name, sort_order, rule, closed_on,
        (SELECT json_agg(m ORDER BY m.post_id, m.starts_on) FROM group_member m WHERE m.group_id = g.id) AS members,
        (SELECT json_agg(p ORDER BY p.part_id) FROM group_part p WHERE p.group_id = g.id) AS parts,
        (SELECT json_agg(e ORDER BY e.post_id) FROM group_exclusion e WHERE e.group_id = g.id) AS exclusions,
        (SELECT json_agg(a ORDER BY a.alias) FROM group_alias a WHERE a.group_id = g.id) AS aliases
        FROM recipient_group g ORDER BY name`);
    const before = await state();
    await act(world);
    expect(await state()).not.toEqual(before);
    await undoLast('副县长');
    expect(await state()).toEqual(before);
  });

  const whole = () =>
    world.query(`SELECT name, sort_order, rule, closed_on,
      (SELECT json_agg(m ORDER BY m.post_id, m.starts_on) FROM group_member m WHERE m.group_id = g.id) AS members,
      (SELECT json_agg(p ORDER BY p.part_id) FROM group_part p WHERE p.group_id = g.id) AS parts,
      (SELECT json_agg(e ORDER BY e.post_id) FROM group_exclusion e WHERE e.group_id = g.id) AS exclusions,
      (SELECT json_agg(a ORDER BY a.alias) FROM group_alias a WHERE a.group_id = g.id) AS aliases
      FROM recipient_group g ORDER BY name`);

  it('become one with all they are made of and are called, and two again on undo', async () => {
    const merging = world.get(GroupMergeService);
    await groups.addGroup('并出', editor);
    await groups.addGroup('并入', editor);
    await groups.addGroup('并用', editor);
    const [court, finance] = [await postOf('县人民法院', '院长'), await postOf('县财政局', '主要负责人')];
    await groups.listPosts(await ref('并出'), [court], '2025-04-03', editor);
    await groups.addAlias(await ref('并出'), '并出的别名', editor);
    await groups.listPosts(await ref('并入'), [finance], '2025-04-03', editor);
    await groups.setParts(await ref('并用'), [(await ref('并出')).id], [], editor);
    const [past, before] = [world.clock.now(), await whole()];
    world.clock.pass(86_400_000);

    const [from, into] = [await ref('并出'), await ref('并入')];
    expect((await merging.draft(from.id, into.id)).merge).toMatchObject({ joins: [court], leaves: [] });
    expect(await codeOf(merging.merge(from, { ...into, version: 0 }, editor))).toBe('list.changedMeanwhile');
    expect(await whole()).toEqual(before);
    await merging.merge(from, into, editor);
    for (const name of ['并入', '并出', '并出的别名', '并用']) expect([name, await count(name)]).toEqual([name, 2]);
    expect([await count('并出', past), await count('并入', past)]).toEqual([1, 1]);
    expect(await codeOf(groups.setClosed(await ref('并出'), false, editor))).toBe('list.aliasTaken');
    const [entry] = await world.query(`SELECT detail FROM audit_entry WHERE action = 'group.merged'`);
    expect(entry).toMatchObject({ detail: { from: '并出', into: '并入', users: ['并用'] } });
    await undoLast('并入');
    expect(await whole()).toEqual(before);
  });

  it('change places and are put back, unless one of them has moved since', async () => {
    const order = async () =>
      (
        await world.query<{ name: string }>(
          `SELECT name FROM recipient_group WHERE closed_on IS NULL ORDER BY sort_order`,
        )
      ).map(({ name }) => name);
    const before = await order();
    const [first, second, third] = before as [string, string, string];
    await groups.move((await ref(second)).id, 'up', editor);
    expect((await order()).slice(0, 3)).toEqual([second, first, third]);
    await undoLast(second);
    expect(await order()).toEqual(before);
    expect(await groups.move((await ref(first)).id, 'up', editor)).toBeNull();

    await groups.place((await ref(first)).id, (await ref(third)).id, null, editor);
    expect((await order()).slice(0, 3)).toEqual([second, third, first]);
    world.clock.pass(1000);
    await groups.move((await ref(second)).id, 'down', editor);
    await expect(undoLast(first)).rejects.toMatchObject({ code: 'list.undoTooLate' });
    await undoLast(second);
    await undoLast(first);
    expect(await order()).toEqual(before);
  });

  it('do not undo what was changed since', async () => {
    await groups.addAlias(await ref('副县长'), '各位副县长', editor);
    const [row] = await world.query<{ id: string; subject: string }>(
      'SELECT id, subject FROM list_change ORDER BY at DESC LIMIT 1',
    );
    world.clock.pass(1000);
    await groups.removeAlias(await ref('副县长'), '各位副县长', editor);
    expect(await codeOf(world.get(GroupRecordService).undo(row!.subject.slice(6), row!.id, editor))).toBe(
      'list.undoTooLate',
    );
  });

  it('undo a new group by taking it away', async () => {
    const id = await groups.addGroup('新组', editor);
    await undoLast('新组');
    expect(await world.query('SELECT 1 FROM recipient_group WHERE id = $1', [id])).toEqual([]);
  });

  it('remember a name for a unit or a post, say who has it already, and forget it again', async () => {
    const finance = await postOf('县财政局', '主要负责人');
    const now = world.clock.now();
    expect((await distribution.resolve(['管钱的'], now)).unknown).toHaveLength(1);
    expect(await distribution.rememberAlias('管钱的', { kind: 'post', id: finance }, editor)).toBe(
      '县财政局 主要负责人',
    );
    expect(await count('管钱的')).toBe(1);
    const target = { kind: 'group' as const, id: (await ref('副县长')).id };
    await expect(distribution.rememberAlias('管钱的', target, editor)).rejects.toThrow('县财政局 主要负责人');
    await distribution.forgetAlias('管钱的', editor);
    expect((await distribution.resolve(['管钱的'], now)).unknown).toHaveLength(1);
  });

  it('are audited, every act once', async () => {
    const id = await groups.addGroup('丁组', editor);
    world.clock.pass(1000);
    await groups.addAlias(await ref('丁组'), '丁', editor);
    await undoLast('丁组');
    await groups.move(id, 'up', editor);
    const rows = await world.query<{ action: string }>(
      'SELECT action FROM audit_entry WHERE subject = $1 ORDER BY id',
      [`group:${id}`],
    );
    expect(rows.map(({ action }) => action)).toEqual(['group.added', 'list.aliasAdded', 'list.undone', 'group.moved']);
  });
});
