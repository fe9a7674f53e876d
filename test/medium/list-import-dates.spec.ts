import type { Actor } from '../../src/accounts/actor.js';
import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { ListDueRepository } from '../../src/distribution/list-file/list-due.repository.js';
import { ListDueService } from '../../src/distribution/list-file/list-due.service.js';
import { ListExportService } from '../../src/distribution/list-file/list-export.service.js';
import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { ListUndoService } from '../../src/distribution/list-file/list-undo.service.js';
import { LiaisonService } from '../../src/organisation/liaison.service.js';
import { type TenureAct, TenureService } from '../../src/organisation/tenure.service.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { aPost } from '../builders.js';
import { until } from '../e2e/open-service.js';
import { demoRoster, openWorld, people, takeDemoList, type World } from '../world.js';

const actor: Actor = people.editor;
const text = () => demoRoster().toString('utf8');
const tables = ['unit', 'post', 'person', 'tenure', 'liaison', 'contact', 'recipient_group', 'group_member'];

/** 秦甲 (18) is followed by 新甲, who takes over his number; 郑乙 (20) gets another number; rows 19 and 20 change places. */
const edited = () =>
  text()
    .replace('秦甲,15400000018,r018@yanjin.example', '新甲,15400000018,new@yanjin.example')
    .replace('15400000020', '15400000120')
    .replace(/^19,(.*)\n20,(.*)\n/m, '20,$1\n19,$2\n');

describe('an import and its days', () => {
  let world: World;
  let imports: ListImportService;
  beforeEach(async () => {
    world = await openWorld();
    imports = world.get(ListImportService);
    await takeDemoList(world);
    world.clock.pass(86_400_000); // 4 April 2025
  });
  afterEach(() => world.close());

  const upload = async (content: string, day?: string) => {
    const id = await imports.upload({ name: '名单.csv', bytes: Buffer.from(content) }, 'whole', actor);
    if (day !== undefined) await imports.chooseTerms(id, actor, 'whole', day);
    return id;
  };
  const run = async (id: string) => {
    await imports.confirm(id, actor, true);
    await world.get(ListImportJobs).run(id);
    expect((await imports.importOf(id, actor)).state).toBe('done');
  };
  const result = async (id: string) => {
    const stage = await imports.stage(await imports.importOf(id, actor));
    if (stage.step !== 'result') throw new Error(stage.step);
    return stage.result;
  };
  const changes = async (id: string) => {
    const outcome = await result(id);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
    return outcome.changes;
  };
  const fields = async (id: string, field: string) =>
    (await changes(id)).flatMap(({ post, fields: all }) =>
      all.filter((one) => one.field === field).map(({ from, to }) => `${post}：${from} → ${to}`),
    );
  const everything = () =>
    Promise.all(
      tables.map((table) => world.query(`SELECT (to_jsonb(t) - 'version')::text AS row FROM ${table} t ORDER BY 1`)),
    );
  const listed = async () =>
    world.query<{ n: number; title: string; name: string; mobile: string }>(
      `SELECT p.protocol_order AS n, p.title || p.seat AS title, person.name, c.masked AS mobile
       FROM post p JOIN tenure t ON t.post_id = p.id AND t.starts_on <= $1::date AND (t.ends_on IS NULL OR t.ends_on > $1::date)
       JOIN person ON person.id = t.person_id LEFT JOIN contact c ON c.person_id = person.id AND c.kind = 'sms'
       WHERE p.protocol_order BETWEEN 18 AND 20 ORDER BY 1`,
      [world.clock.now()],
    );
  const passTo = (day: string) => world.clock.pass(Date.parse(`${day}T12:00:00+08:00`) - world.clock.now().getTime());
  const effect = () => world.get(ListDueService).apply();

  describe('dated in the future', () => {
    it('changes nothing before its day, all of it on its day', async () => {
      const before = await listed();
      const id = await upload(edited(), '2025-06-01');
      await run(id);
      expect(await listed()).toEqual(before);
      passTo('2025-05-31');
      await effect();
      expect(await listed()).toEqual(before);
      passTo('2025-06-01');
      await effect();
      expect((await listed()).map((row) => [row.n, row.name, row.mobile])).toEqual([
        [18, '新甲', '154****0018'],
        [19, before[2]!.name, '154****0120'],
        [20, before[1]!.name, '154****0019'],
      ]);
      const due = await world.get(ListDueRepository).ofImports([id]);
      expect(due.get(id)).toMatchObject([{ on: '2025-06-01', skipped: 0 }]);
      const audit = await world.query(`SELECT actor FROM audit_entry WHERE action = 'list.importTookEffect'`);
      expect(audit).toHaveLength(1);
    });

    it('is compared with the list as it will be: the same file again changes nothing, an old one shows all of it', async () => {
      await run(await upload(edited(), '2025-06-01'));
      expect(await changes(await upload(edited(), '2025-06-01'))).toEqual([]);
      expect(await changes(await upload(text()))).toEqual([]);
      expect(await fields(await upload(text(), '2025-06-02'), '手机')).toContain(
        '县政府 副县长（第3席）：154****0120 → 154****0020',
      );
    });

    it.each(['before', 'after'])('is undone exactly %s its day', async (when) => {
      const before = await everything();
      const id = await upload(edited(), '2025-06-01');
      await run(id);
      passTo(when === 'before' ? '2025-04-20' : '2025-06-01');
      if (when === 'after') await effect();
      await world.get(ListUndoService).undo(id, actor);
      expect(await everything()).toEqual(before);
      passTo('2025-06-02');
      await effect();
      expect(await everything()).toEqual(before);
    });

    it('leaves alone what somebody has changed meanwhile, says so, and is then not undone', async () => {
      const id = await upload(edited(), '2025-06-01');
      await run(id);
      await world.query(`UPDATE post SET protocol_order = 500, version = version + 1 WHERE protocol_order = 19`);
      passTo('2025-06-01');
      await effect();
      expect(await world.query(`SELECT 1 FROM post WHERE protocol_order = 500`)).toHaveLength(1);
      expect((await world.get(ListDueRepository).ofImports([id])).get(id)).toMatchObject([{ skipped: 1 }]);
      expect(await world.get(ListUndoService).candidate()).toMatchObject({
        refusal: expect.stringContaining('1处') as string,
      });
    });

    it('leaves a number with whoever has it when the appointment is taken back', async () => {
      await run(await upload(edited(), '2025-06-01'));
      await world.query(
        `UPDATE tenure SET ends_on = starts_on WHERE person_id = (SELECT id FROM person WHERE name = '新甲')`,
      );
      await world.query(
        `UPDATE tenure SET ends_on = NULL WHERE person_id = (SELECT id FROM person WHERE name = '秦甲')`,
      );
      passTo('2025-06-01');
      await effect();
      expect((await listed())[0]).toMatchObject({ name: '秦甲', mobile: '154****0018' });
    });

    it('is found by the sweep, whichever worker of the queue takes the bell', async () => {
      await run(await upload(edited(), '2025-06-01'));
      passTo('2025-06-01');
      world.get(JobRunner).start();
      await until(async () => {
        await world.get(ListImportJobs).sweep();
        return (await listed())[0]!.name === '新甲' && (await listed())[0]!.mobile === '154****0018';
      }, 'the import’s day');
    });
  });

  it('ends who was to come to a post that it closes, shows it, and brings him back on undo', async () => {
    const { post } = await aPost(world, { holder: '潘乙' });
    const act: TenureAct = {
      act: 'tenure.appointed',
      on: '2025-06-01',
      reason: '',
      wishes: [{ postId: post, person: { newName: '候任乙' }, actingKind: null, endsHolder: false }],
      leaves: [],
      leavesOthers: false,
      backTo: '/list',
    };
    await world.get(TenureService).perform(act, (await world.get(TenureService).draft(act)).stamp, actor);
    await world.get(LiaisonService).addLiaison({ postId: post }, { newName: '联丙' }, '2025-04-04', actor);
    const before = await everything();
    const id = await upload(text().replace(/^115,.*\n?/m, ''));
    expect(await changes(id)).toMatchObject([
      {
        kind: 'ended',
        fields: [
          { field: '另已排定任职', from: '候任乙（自2025年6月1日起）', to: '取消' },
          { field: '联络员', from: '联丙', to: '' },
        ],
      },
    ]);
    await run(id);
    const names = async (at: string) =>
      (
        await world
          .get(DistributionService)
          .resolve(['各乡（镇）政府、街道办事处主要领导'], new Date(`${at}T04:00:00Z`))
      ).entries.map(({ name }) => name);
    expect(await names('2025-06-02')).not.toContain('候任乙');
    const open = await world.query(
      `SELECT 1 FROM tenure WHERE post_id = $1 AND (ends_on IS NULL OR ends_on > '2025-06-01')`,
      [post],
    );
    expect(open).toEqual([]);
    await world.get(ListUndoService).undo(id, actor);
    expect(await everything()).toEqual(before);
  });

  describe('the column of liaison officers', () => {
    /** Row 40 is the head of an office with no colleagues in the list. */
    const officer = (of: string) => text().replace(/^(40,.*,unit,)[^,]*/m, `$1${of}`);
    const serving = () =>
      world.query<{ name: string }>(
        `SELECT person.name, l.unit_id IS NOT NULL AS unit, l.starts_on::text AS since, l.ends_on::text AS until
         FROM liaison l JOIN person ON person.id = l.person_id
         WHERE l.unit_id = (SELECT unit_id FROM post WHERE protocol_order = 40) ORDER BY l.starts_on, 1`,
      );

    it('appoints and ends officers of units, from its day on, and is undone', async () => {
      const before = await everything();
      const [was] = await serving();
      const id = await upload(officer('吴丁（154 0000 9999）'), '2025-04-20');
      expect((await changes(id)).map(({ fields: all }) => all)).toEqual([
        [{ field: '联络员', from: was!.name, to: '吴丁（新登记）' }],
      ]);
      await run(id);
      expect(await serving()).toEqual([
        { name: was!.name, unit: true, since: '2025-04-03', until: '2025-04-20' },
        { name: '吴丁', unit: true, since: '2025-04-20', until: null },
      ]);
      expect(
        await world.query(`SELECT c.masked FROM contact c JOIN person p ON p.id = c.person_id WHERE p.name = '吴丁'`),
      ).toEqual([{ masked: '154****9999' }]);
      expect(await changes(await upload(officer('吴丁'), '2025-04-20'))).toEqual([]);
      expect(await changes(await upload(officer('15400009999'), '2025-04-20'))).toEqual([]);
      await world.get(ListUndoService).undo(id, actor);
      expect(await everything()).toEqual(before);
    });

    it('finds people in the list by name or by number, and says who they are', async () => {
      expect(await fields(await upload(officer('潘乙')), '联络员')).toEqual([
        expect.stringContaining('→ 潘乙（榆林乡 乡长）') as string,
      ]);
      expect(await fields(await upload(officer('15400000115')), '联络员')).toEqual([
        expect.stringContaining('→ 潘乙（榆林乡 乡长）') as string,
      ]);
    });

    it.each([
      ['刘丁（154****9999）', '隐去'],
      ['刘丁（12345678）', '手机号不正确'],
      ['刘丁（15400000115）', '已登记在榆林乡 乡长潘乙名下'],
      ['15400009998', '没有人登记过'],
    ])('%s is a fault of its row and column that says the mend', async (cell, said) => {
      const outcome = await result(await upload(officer(cell)));
      expect(outcome).toMatchObject({
        ok: false,
        faults: [{ row: 41, column: 'proxy', position: 8, message: expect.stringContaining(said) as string }],
      });
    });

    it('asks for a number where several have the name', async () => {
      await world.query(`INSERT INTO person (id, name) VALUES (gen_random_uuid(), '潘乙')`);
      const outcome = await result(await upload(officer('潘乙')));
      expect(outcome).toMatchObject({ ok: false, faults: [{ message: expect.stringContaining('2位潘乙') as string }] });
    });

    it('comes out as it goes in, with numbers', async () => {
      await run(await upload(officer('吴丁（15400009999）；潘乙')));
      const table = await world.get(ListExportService).table(actor, '核对');
      expect(table[40]![8]).toBe('吴丁（15400009999）；潘乙（15400000115）');
      const again = table.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
      expect(await changes(await upload(again))).toEqual([]);
      expect((await world.get(ListExportService).table(actor, null))[40]![8]).toBe(
        '吴丁（154****9999）；潘乙（154****0115）',
      );
    });
  });
});
