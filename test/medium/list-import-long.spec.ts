import type { Actor } from '../../src/accounts/actor.js';
import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { ListUndoService } from '../../src/distribution/list-file/list-undo.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { readRoster } from '../../src/domain/list-file/roster.js';
import { openWorld, people, type World } from '../world.js';

const actor: Actor = people.editor;
const heading = ['order', 'groups', 'unit', 'post', 'name', 'mobile', 'email', 'kind', 'proxy'];
const count = 4300;

/** A list that is compared and written in three parts. */
const rowsOf = (): string[][] =>
  Array.from({ length: count }, (_, i) => {
    const n = String(i + 1);
    const mobile = `154${n.padStart(8, '0')}`;
    return [n, '甲组', `单位${i >> 2}`, `职务${i & 3}`, `某${n}`, mobile, `r${n}@yanjin.example`, 'unit', ''];
  });
const [group, unit, post, name, mobile, email, proxy] = [1, 2, 3, 4, 5, 6, 8] as const;

describe('a list that is written in parts', () => {
  let world: World;
  let imports: ListImportService;
  beforeAll(async () => {
    world = await openWorld();
    imports = world.get(ListImportService);
    await apply(rowsOf());
    world.clock.pass(86_400_000);
  });
  afterAll(() => world.close());

  const upload = (rows: string[][]) =>
    imports.upload(
      { name: '名单.csv', bytes: Buffer.from([heading, ...rows].map((row) => row.join(',')).join('\n')) },
      'whole',
      actor,
    );
  const apply = async (rows: string[][]) => {
    const id = await upload(rows);
    const jobs = world.get(ListImportJobs);
    await imports.confirm(id, actor, true);
    await jobs.run(id);
    expect((await imports.importOf(id, actor)).state).toBe('done');
    return id;
  };
  const everything = () =>
    Promise.all(
      ['unit', 'post', 'person', 'tenure', 'liaison', 'contact', 'recipient_group', 'group_member'].map((table) =>
        world.query(`SELECT md5(string_agg(row, '' ORDER BY row)) AS rows, count(*)::int AS n
                     FROM (SELECT (to_jsonb(t) - 'version')::text AS row FROM ${table} t) r`),
      ),
    );
  const numbersOf = async (called: string) =>
    (
      await world.query<{ masked: string }>(
        `SELECT masked FROM contact c JOIN person ON person.id = c.person_id WHERE person.name = $1 AND c.kind = 'sms'`,
        [called],
      )
    ).map(({ masked }) => masked);

  /** First and last row exchange numbers; the second and the one before last, people; both ends bring a group, a post and an officer. */
  const changed = (): string[][] => {
    const rows = rowsOf();
    const [first, second, beforeLast, last] = [rows[0]!, rows[1]!, rows[count - 2]!, rows[count - 1]!];
    [first[mobile], last[mobile]] = [last[mobile]!, first[mobile]!];
    for (const column of [name, mobile, email])
      [second[column], beforeLast[column]] = [beforeLast[column]!, second[column]!];
    for (const row of [rows[2]!, rows[count - 3]!]) row[group] = '乙组；甲组';
    for (const row of [rows[4]!, rows[count - 5]!]) [row[unit], row[post]] = ['新局', '副局长'];
    for (const row of [rows[8]!, rows[count - 9]!]) row[proxy] = '联甲（15600000001）';
    return rows;
  };

  it('is in a scope whole and in protocol order, its equal words kept once', async () => {
    const { entries } = await world.get(DistributionService).resolve(['甲组'], world.clock.now());
    expect(entries.map(({ name }) => name)).toEqual(rowsOf().map((row) => row[name]));
    expect(new Set(entries.map(({ groups }) => groups)).size).toBe(1);
  });

  it('brings each exchange about once, and its undo takes all of it back', async () => {
    const before = await everything();
    const id = await apply(changed());
    expect(await numbersOf('某1')).toEqual(['154****4300']);
    expect(await numbersOf('某4300')).toEqual(['154****0001']);
    expect(await numbersOf('某2')).toEqual(['154****0002']);
    const rows = await world.query<{ post: string; called: string }>(`
      SELECT u.name || p.title || p.seat AS post, person.name AS called FROM tenure t
      JOIN person ON person.id = t.person_id JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = p.unit_id
      WHERE t.ends_on IS NULL AND person.name IN ('某2', '某4299', '某5', '某4296') ORDER BY person.name`);
    expect(rows.map(({ post: at, called }) => `${called} ${at}`)).toEqual([
      '某2 单位1074职务21',
      '某4296 新局副局长2',
      '某4299 单位0职务11',
      '某5 新局副局长1',
    ]);
    const [{ n } = { n: 0 }] = await world.query<{ n: number }>(`
      SELECT count(*)::int AS n FROM group_member m JOIN recipient_group g ON g.id = m.group_id WHERE g.name = '乙组'`);
    expect(n).toBe(2);
    const officers = await world.query(`
      SELECT DISTINCT l.person_id FROM liaison l JOIN person ON person.id = l.person_id WHERE person.name = '联甲'`);
    expect(officers).toHaveLength(1);
    expect(await numbersOf('联甲')).toEqual(['156****0001']);

    const undo = world.get(ListUndoService);
    expect(await undo.candidate()).toMatchObject({ stored: { id }, refusal: null });
    await undo.undo(id, actor);
    expect(await everything()).toEqual(before);
  });

  it('shows of the dry run what is asked for, with the figures of all of it', async () => {
    const id = await upload(changed());
    const asked = { kinds: ['moved' as const, 'added' as const], from: 1, take: 2 };
    const stage = await imports.stage(await imports.importOf(id, actor), asked);
    expect(stage).toMatchObject({
      result: {
        counts: { moved: 4, added: 0, changed: 6, ended: 2, renumbered: 0 },
        rows: count,
        changes: [{ post: '新局 副局长' }, { post: '新局 副局长（第2席）' }],
      },
    });
    await imports.discard(id, actor);
  });

  it('sees one list throughout, whatever others change meanwhile', async () => {
    const reading = readRoster([heading, ...rowsOf()]);
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
    let [changes, parts] = [0, 0];
    const heard: number[][] = [];
    const compared = await world.get(RosterService).dryRun(
      reading,
      'whole',
      '2025-04-04',
      async (part) => {
        if (parts === 0) await world.query(`UPDATE post SET closed_on = '2025-04-01' WHERE protocol_order > 4200`);
        parts += 1;
        changes += part.changes.length;
      },
      (done, total) => Promise.resolve(void heard.push([done, total])),
    );
    expect(heard[0]).toEqual([0, count]);
    await world.query('UPDATE post SET closed_on = NULL WHERE protocol_order > 4200');
    expect([compared.ok && compared.plan.unchanged, changes]).toEqual([count, 0]);
    expect(parts).toBeGreaterThan(3);
  });

  it('names faults of every part, and writes nothing', async () => {
    const id = await upload(
      changed().map((row, i) => (i % 2100 === 20 ? [...row.slice(0, proxy), '无此人（15699999'] : row)),
    );
    const stage = await imports.stage(await imports.importOf(id, actor));
    expect(stage.step === 'result' && !stage.result.ok && stage.result.faults.map(({ row }) => row)).toEqual([
      22, 2122, 4222,
    ]);
  });
});
