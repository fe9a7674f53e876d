import type { Actor } from '../../src/accounts/actor.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListUndoService } from '../../src/distribution/list-file/list-undo.service.js';
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

  const { changed, run, everything } = listImportSteps(() => world);

  it('is applied by a worker, and undone exactly', async () => {
    const before = await everything();
    const id = await imports.upload(csv(edited), 'whole', actor);
    expect(await changed(id)).toEqual(
      [
        'changed 县政府 副县长 新甲',
        'changed 县政府 副县长（第3席） 郑乙',
        'added 新设局 局长 新乙',
        'ended 榆林乡 乡长 潘乙',
      ].map((line) => expect.stringContaining(line.split(' ').slice(0, 2).join(' ')) as string),
    );
    expect(await everything()).toEqual(before);
    expect(await run(id)).toBe('done');
    expect(await everything()).not.toEqual(before);

    const undo = world.get(ListUndoService);
    expect(await undo.candidate()).toMatchObject({ stored: { id }, refusal: null });
    await undo.undo(id, actor);
    expect(await everything()).toEqual(before);
    expect(await undo.candidate()).toBeNull();
    const audit = await world.query(`SELECT action FROM audit_entry WHERE action LIKE 'list.import%' ORDER BY id`);
    expect(audit.map((row) => row.action as string)).toEqual(['list.imported', 'list.imported', 'list.importUndone']);
  });

  it('puts swapped numbers back on undo', async () => {
    const swapped = text()
      .replace('15400000018', 'X')
      .replace('15400000020', '15400000018')
      .replace('X', '15400000020');
    const before = await everything();
    const id = await imports.upload(csv(swapped), 'whole', actor);
    expect(await run(id)).toBe('done');
    await world.get(ListUndoService).undo(id, actor);
    expect(await everything()).toEqual(before);
  });

  it('is not undone once something it touched has changed', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await run(id);
    await world.query(`UPDATE post SET level = 'staff', version = version + 1 WHERE protocol_order = 116`);
    const undo = world.get(ListUndoService);
    expect(await undo.candidate()).toMatchObject({ refusal: expect.stringContaining('1处') as string });
    await expect(undo.undo(id, actor)).rejects.toMatchObject({ code: 'list.undoRefused' });
  });

  it('keeps whom it named only as long as it can be undone, and its figures for good', async () => {
    const kept = async (id: string) => {
      const [row] = await world.query<{ counts: string; lines: number }>(
        `SELECT counts::text AS counts, (SELECT count(*)::int FROM list_import_change WHERE import_id = $1::uuid) AS lines
         FROM list_import WHERE id = $1::uuid`,
        [id],
      );
      expect(JSON.parse(row!.counts)).toMatchObject({ counts: { rows: 115 }, mode: 'whole' });
      return [row!.counts.includes('新甲'), row!.lines > 0];
    };
    const first = await imports.upload(csv(edited), 'whole', actor);
    await run(first);
    expect(await kept(first)).toEqual([true, true]);
    const second = await imports.upload(csv(edited.replace('新甲', '新甲丙')), 'whole', actor);
    await run(second);
    expect([await kept(first), await kept(second)]).toEqual([
      [false, false],
      [true, true],
    ]);
    world.clock.pass(29 * 86_400_000);
    await world.get(ListImportJobs).sweep();
    expect(await kept(second)).toEqual([true, true]);
    world.clock.pass(2 * 86_400_000);
    await world.get(ListImportJobs).sweep();
    expect(await kept(second)).toEqual([false, false]);
  });

  it('does not fall over a delivery that found an address dead', async () => {
    const id = await imports.upload(csv(edited), 'whole', actor);
    await run(id);
    await world.query(`UPDATE contact SET bad_since = now(), bad_reason = '空号'`);
    expect(await world.get(ListUndoService).candidate()).toMatchObject({ refusal: null });
  });
});
