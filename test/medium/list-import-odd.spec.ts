import type { Actor } from '../../src/accounts/actor.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { rowOf, workbookFile, type SheetXml } from '../workbook-file.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';
import { listImportSteps, text } from './list-import-steps.js';

const actor: Actor = people.editor;
const list = text()
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const rows = list.map((row) => rowOf(row));
const hiddenRow = (at: number) => rows[at]!.replace('<row', '<row hidden="1"');
const file = (...sheets: SheetXml[]) => ({ name: '名单.xlsx', bytes: workbookFile({ sheets }) });

describe('a list file as offices have them', () => {
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
  const hidden = async (id: string) => (await imports.importOf(id, actor)).options.hidden;
  const answered = async (id: string, answer: 'include' | 'leave') => {
    await imports.chooseHidden(id, actor, answer);
    return changed(id);
  };

  it.each([
    ['an error', '<c t="e"><f>VLOOKUP(1,A:B,2,0)</f><v>#N/A</v></c>'],
    ['a formula without a result', '<c><f>Sheet2!B3</f></c>'],
    ['a character that is none', '<c t="str"><v>154_x0000_00000001</v></c>'],
  ])('names a mobile that is %s, and takes no number away', async (_, cell) => {
    const before = await everything();
    const mobile = list[0]!.indexOf('mobile');
    const row = `<row>${list[5]!.map((value, at) => (at === mobile ? cell : `<c t="str"><v>${value}</v></c>`)).join('')}</row>`;
    const id = await imports.upload(
      file({ name: '名单', data: rows.map((one, at) => (at === 5 ? row : one)).join('') }),
      'whole',
      actor,
    );
    expect(await result(id)).toMatchObject({ ok: false, faults: [{ row: 6, column: 'mobile', position: mobile }] });
    await expect(imports.confirm(id, actor, true)).rejects.toMatchObject({ code: 'list.importIncomplete' });
    expect(await everything()).toEqual(before);
  });

  it('takes the list that is shown, not the one that is hidden, and asks before it is imported', async () => {
    const shown = rows
      .slice(0, -1)
      .map((row, at) => row.replace('</row>', `<c t="str"><v>${at === 0 ? '备注' : ''}</v></c></row>`));
    const bytes = file(
      { name: '旧名单', state: 'hidden', data: rows.slice(0, 40).join('') },
      { name: '名单', data: shown.join('') },
    );
    const id = await imports.upload(bytes, 'whole', actor);
    expect((await imports.stage(await imports.importOf(id, actor))).step).toBe('columns');
    await imports.chooseColumns(id, actor, [...list[0]!.map((heading) => heading as never), null]);
    expect(await changed(id)).toEqual([expect.stringMatching(/^ended/)]);
    expect(await hidden(id)).toMatchObject({ sheets: ['旧名单'], rows: '', answer: null });
    await expect(imports.confirm(id, actor, true)).rejects.toMatchObject({ code: 'list.hiddenNotAnswered' });
    expect(await answered(id, 'leave')).toEqual([expect.stringMatching(/^ended/)]);
    expect(await run(id)).toBe('done');
  });

  it('asks whether hidden rows are meant, and does as it is told', async () => {
    const data = rows.map((row, at) => (at === 7 || at === 8 ? hiddenRow(at) : row)).join('');
    const id = await imports.upload(file({ name: '名单', data, after: '<autoFilter ref="A1:I116"/>' }), 'whole', actor);
    expect(await hidden(id)).toMatchObject({ rows: '第8至9行', rowCount: 2, filtered: true, answer: null });
    expect(await changed(id)).toEqual([]);
    expect(await answered(id, 'leave')).toEqual([expect.stringMatching(/^ended/), expect.stringMatching(/^ended/)]);
    await imports.chooseTerms(id, actor, 'whole', '2025-06-01');
    expect((await hidden(id))!.answer).toBe('leave');
    expect(await answered(id, 'include')).toEqual([]);
    expect(await answered(id, 'leave')).toHaveLength(2);
    expect(await run(id)).toBe('done');
    const names = [list[7]![4]!, list[8]![4]!];
    const open = await world.query(
      'SELECT 1 FROM tenure t JOIN person p ON p.id = t.person_id WHERE p.name = ANY($1) AND ends_on IS NULL',
      [names],
    );
    expect(open).toEqual([]);
  });

  it('keeps what is known of a hidden column that is left out', async () => {
    const mobile = list[0]!.indexOf('mobile');
    const data = list
      .map((row, at) => rowOf(row.map((cell, column) => (at > 0 && column === mobile ? '' : cell))))
      .join('');
    const before = `<cols><col min="${mobile + 1}" max="${mobile + 1}" hidden="1"/></cols>`;
    const id = await imports.upload(file({ name: '名单', data, before }), 'whole', actor);
    expect((await hidden(id))!.columns).toBe('F列“mobile”');
    expect((await changed(id)).length).toBeGreaterThan(100);
    expect(await answered(id, 'leave')).toEqual([]);
  });

  it('asks nothing where everything is shown, or only blanks are not', async () => {
    const id = await imports.upload(
      file({ name: '名单', data: `${rows.join('')}<row hidden="1"/>` }, { name: '空', state: 'hidden', data: '' }),
      'whole',
      actor,
    );
    expect(await hidden(id)).toBeNull();
    expect(await run(id)).toBe('done');
  });

  it('refuses hidden rows where nobody can be asked', async () => {
    const { bytes } = file({ name: '名单', data: rows.map((row, at) => (at === 7 ? hiddenRow(at) : row)).join('') });
    await expect(world.get(RosterService).import(bytes, actor, world.clock.now())).rejects.toMatchObject({
      code: 'list.fileRefused',
    });
  });
});
