import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/accounts/actor.js';
import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import type { GroupRef } from '../../src/distribution/groups/group-record.service.js';
import { GroupService } from '../../src/distribution/groups/group.service.js';
import { ListExportService } from '../../src/distribution/list-file/list-export.service.js';
import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { ListUndoService } from '../../src/distribution/list-file/list-undo.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { PostService } from '../../src/organisation/post.service.js';
import { type TenureAct, TenureService } from '../../src/organisation/tenure.service.js';
import { xlsxFile } from '../../src/platform/sheet/write-sheet.js';
import { aPost } from '../builders.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';
import { csv, edited, listImportSteps, text } from './list-import-steps.js';

const actor: Actor = people.editor;

describe('a list file on its way in', () => {
  let world: World;
  let imports: ListImportService;
  beforeEach(async () => {
    world = await openWorld();
    imports = world.get(ListImportService);
    await takeDemoList(world);
    world.clock.pass(86_400_000);
  });
  afterEach(() => world.close());

  const { result, changed, run, everything } = listImportSteps(() => world);

  const held = (holder: string) => aPost(world, { holder });
  const appointing = (on: string, wishes: TenureAct['wishes']): TenureAct => ({
    act: 'tenure.appointed',
    on,
    reason: '',
    wishes,
    leaves: [],
    leavesOthers: false,
    backTo: '/list',
  });
  const appoint = async (on: string, wishes: TenureAct['wishes']) => {
    const [tenures, act] = [world.get(TenureService), appointing(on, wishes)];
    await tenures.perform(act, (await tenures.draft(act)).stamp, actor);
  };

  it('is shown again, and not applied, when the list changed after the dry run', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await world
      .get(RosterService)
      .import(Buffer.from(text().replace('县委书记,赵甲', '县委书记,赵丁')), actor, world.clock.now());
    const before = await everything();
    expect(await run(id)).toBe('open');
    expect(await everything()).toEqual(before);
    expect((await imports.importOf(id, actor)).options.stale).toBe(true);
    expect(await changed(id)).toContainEqual(expect.stringContaining('县委 县委书记'));
    expect(await run(id)).toBe('done');
  });

  it('survives a worker that dies half way: nothing is changed, another begins again', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await imports.confirm(id, actor, false);
    await world.query(`UPDATE list_import SET state = 'running', alive_at = $1 WHERE id = $2`, [world.clock.now(), id]);
    await world.get(ListImportJobs).run(id);
    expect((await imports.importOf(id, actor)).state).toBe('running');
    world.clock.pass(10 * 60_000);
    await world.get(ListImportJobs).run(id);
    expect((await imports.importOf(id, actor)).state).toBe('done');
    const people = await world.query(`SELECT count(*)::int AS n FROM person WHERE name = '新乙'`);
    await world.get(ListImportJobs).run(id);
    expect(await world.query(`SELECT count(*)::int AS n FROM person WHERE name = '新乙'`)).toEqual(people);
  });

  it('is compared by a worker when it is long, whatever becomes of the first one', async () => {
    const heading = text().split('\n')[0]!;
    const rows = Array.from(
      { length: 5001 },
      (_, n) => `${n + 1},甲组,单位${n},局长,某${n},${n === 4000 ? '12' : ''},,unit,`,
    );
    const long = csv([heading, ...rows].join('\n'));
    const id = await imports.upload(long, 'whole', actor);
    const state = async () => (await imports.importOf(id, actor)).state;
    expect(await state()).toBe('checking');
    await expect(imports.confirm(id, actor, true)).rejects.toMatchObject({ code: 'list.importNotOpen' });
    await world.query(`UPDATE list_import SET alive_at = $1 WHERE id = $2`, [world.clock.now(), id]);
    await world.get(ListImportJobs).run(id);
    expect(await state()).toBe('checking');
    world.clock.pass(10 * 60_000);
    await world.get(ListImportJobs).run(id);
    expect(await state()).toBe('open');
    expect(await result(id)).toMatchObject({ ok: false, faults: [{ row: 4002, column: 'mobile' }] });
    await imports.chooseTerms(id, actor, 'addition', '2025-06-01');
    expect(await state()).toBe('checking');
    await imports.discard(id, actor);
    await world.get(ListImportJobs).run(id);
    await expect(imports.importOf(id, actor)).rejects.toMatchObject({ code: 'list.importNotFound' });
  });

  it('says while it is compared how many rows it has and how many are through, headings not counted', async () => {
    const rows = Array.from({ length: 5001 }, (_, n) => `${n + 1},甲组,单位${n},局长,某${n},,,unit,`);
    const id = await imports.upload(csv([text().split('\n')[0]!, ...rows].join('\n')), 'whole', actor);
    const progress = async () => {
      const { state, done, total } = await imports.importOf(id, actor);
      return { state, done, total };
    };
    expect(await progress()).toEqual({ state: 'checking', done: 0, total: 5001 });
    await world.query('UPDATE list_import SET total = 1 WHERE id = $1', [id]);
    await world.get(ListImportJobs).run(id);
    expect(await progress()).toMatchObject({ state: 'open', total: 5001 });
    await imports.discard(id, actor);
  });

  it('waits sealed, for its owner alone, and not for ever', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    const [row] = await world.query<{ file: Buffer }>(`SELECT sealed_file AS file FROM list_import WHERE id = $1`, [
      id,
    ]);
    expect(row!.file.includes('15400000118')).toBe(false);
    const other = { ...actor, id: randomUUID() };
    await expect(imports.importOf(id, other)).rejects.toMatchObject({ code: 'list.importNotFound' });
    world.clock.pass(25 * 3_600_000);
    await world.get(ListImportJobs).sweep();
    await expect(imports.importOf(id, actor)).rejects.toMatchObject({ code: 'list.importNotFound' });
  });

  it('needs a second word when more than a fifth would end', async () => {
    const id = await imports.upload(csv(text().split('\n').slice(0, 50).join('\n')), 'whole', actor);
    await expect(imports.confirm(id, actor, false)).rejects.toMatchObject({ code: 'list.endingNotConfirmed' });
    await imports.chooseTerms(id, actor, 'addition', '2025-05-01');
    expect(await changed(id)).toEqual([]);
  });

  it('counts from its day: before it the old holder, from it the new one', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await imports.chooseTerms(id, actor, 'whole', '2025-06-01');
    expect(await run(id)).toBe('done');
    const names = async (day: string) =>
      (
        await world.get(DistributionService).resolve(['副县长', '县直各单位负责人'], new Date(`${day}T04:00:00Z`))
      ).entries.map(({ name }) => name);
    const [may, june] = [await names('2025-05-31'), await names('2025-06-01')];
    expect([may.includes('秦甲'), may.includes('新甲'), may.includes('新乙')]).toEqual([true, false, false]);
    expect([june.includes('秦甲'), june.includes('新甲'), june.includes('新乙')]).toEqual([false, true, true]);
  });

  it('compares with who holds on its day, not with who is to come, and leaves the plan for later as it is', async () => {
    const { post } = await held('秦甲');
    const wishes = [{ postId: post, person: { newName: '候任甲' }, actingKind: null, endsHolder: false }];
    await appoint('2025-06-01', wishes);
    expect(await changed(await imports.upload(csv(text()), 'whole', actor))).toEqual([]);
    const june = await imports.upload(csv(text()), 'whole', actor);
    await imports.chooseTerms(june, actor, 'whole', '2025-06-01');
    const then = await result(june);
    expect(then.ok && then.changes.flatMap(({ fields }) => fields.filter(({ field }) => field === '姓名'))).toEqual([
      { field: '姓名', from: '候任甲', to: '秦甲' },
    ]);
    expect(await run(await imports.upload(csv(edited), 'whole', actor))).toBe('done');
    const tenures = await world.query(
      `SELECT person.name, starts_on::text AS since, ends_on::text AS until FROM tenure t JOIN person ON person.id = t.person_id
       WHERE post_id = $1 ORDER BY starts_on`,
      [post],
    );
    expect(tenures).toEqual([
      { name: '秦甲', since: '2025-04-03', until: '2025-04-04' },
      { name: '新甲', since: '2025-04-04', until: '2025-06-01' },
      { name: '候任甲', since: '2025-06-01', until: null },
    ]);
  });

  it('refuses what others prepared before it or before its undo: on a post, on its holder, on a group', async () => {
    const { post } = await held('秦甲');
    const [posts, groups, tenures] = [world.get(PostService), world.get(GroupService), world.get(TenureService)];
    const group = async () => {
      const rows = await world.query<GroupRef>(
        `SELECT id, version FROM recipient_group WHERE name = '县直各单位负责人'`,
      );
      return rows[0]!;
    };
    const wish = appointing('2025-04-04', [
      { postId: post, person: { newName: '别人' }, actingKind: null, endsHolder: false },
    ]);
    const prepared = async () => {
      const { version, title, kind, seat, protocolOrder, level, tags } = await posts.get(post);
      const fields = { title, kind, seat, protocolOrder, level, tags };
      const [{ stamp }, ref] = [await tenures.draft(wish), await group()];
      return [
        () => posts.edit(post, version, fields, false, actor),
        () => tenures.perform(wish, stamp, actor),
        () => groups.addAlias(ref, '县直负责人', actor),
      ];
    };
    const stale = { code: 'list.changedMeanwhile' };
    const before = await prepared();
    const id = await imports.upload(csv(edited), 'whole', actor);
    await run(id);
    for (const act of before) await expect(act()).rejects.toMatchObject(stale);
    const beforeUndo = await prepared();
    await world.get(ListUndoService).undo(id, actor);
    for (const act of beforeUndo) await expect(act()).rejects.toMatchObject(stale);
  });

  it('asks for a handful of statements, however many rows it has', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await world.query('CREATE TABLE statement_count (n int); INSERT INTO statement_count VALUES (0)');
    await world.query(`CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN UPDATE statement_count SET n = n + 1; RETURN NULL; END $$`);
    for (const table of ['unit', 'post', 'person', 'tenure', 'contact', 'recipient_group', 'group_member'])
      await world.query(
        `CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON ${table} EXECUTE PROCEDURE counted()`,
      );
    await run(id);
    const [{ n } = { n: 99 }] = await world.query<{ n: number }>('SELECT n FROM statement_count');
    expect(n).toBeLessThanOrEqual(14);
  });

  it('takes the columns of a foreign table as somebody chose them, and remembers', async () => {
    const table = [
      ['甲', '乙', '丙', '丁'],
      ['新设局', '局长', '新乙', '县直各单位负责人'],
    ];
    const bytes = await xlsxFile([{ name: '表', rows: table, widths: [] }]);
    const first = await imports.upload({ name: 'a.xlsx', bytes }, 'addition', actor);
    expect((await imports.stage(await imports.importOf(first, actor))).step).toBe('columns');
    expect(await imports.chooseColumns(first, actor, ['unit', 'post', 'name', null])).toHaveLength(1);
    expect(await imports.chooseColumns(first, actor, ['unit', 'post', 'name', 'groups'])).toEqual([]);
    expect(await changed(first)).toEqual(['added 新设局 局长 新乙']);
    const second = await imports.upload({ name: 'b.xlsx', bytes }, 'addition', actor);
    expect(await changed(second)).toEqual(['added 新设局 局长 新乙']);
  });

  it.each(['csv', 'xlsx'])('comes out as %s and goes in again without a change', async (format) => {
    await world.query(`UPDATE post SET title = '=代主任', tags = '{甲,乙}' WHERE protocol_order = 40`);
    await world.query(
      `UPDATE person SET name = '''+联络员' WHERE id = (SELECT person_id FROM liaison ORDER BY id LIMIT 1)`,
    );
    await world.query(
      `UPDATE tenure SET ends_on = '2025-04-04' WHERE post_id = (SELECT id FROM post WHERE protocol_order = 42)`,
    );
    const table = await world.get(ListExportService).table(actor, '核对');
    const quoted = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
    const bytes = format === 'csv' ? Buffer.from(quoted) : await xlsxFile([{ name: '名单', rows: table, widths: [] }]);
    const id = await imports.upload({ name: 'x', bytes }, 'whole', actor);
    expect(await changed(id)).toEqual([]);
    expect(table.flat().filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
  });

  it('comes out masked for those who need no numbers, and such a file cannot go in', async () => {
    const table = await world.get(ListExportService).table(actor, null);
    expect(table[1]!.join()).toContain('154****0001');
    const id = await imports.upload(csv(table.map((row) => row.join(',')).join('\n')), 'whole', actor);
    expect(await result(id)).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('隐去') as string }),
      ]) as unknown,
    });
  });
});
