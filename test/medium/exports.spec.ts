import { Audit } from '../../src/platform/audit.js';
import { openWorld, type World } from '../world.js';

describe('a file fetched again and again', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const trail = async () =>
    (
      await world.query<{ text: string }>(
        `SELECT concat_ws(' ', actor, detail->>'format', detail->>'rows', detail->>'times') AS text FROM audit_entry
         WHERE action = 'list.exported' ORDER BY id`,
      )
    ).map(({ text }) => text);

  it('stands in the trail a few times an hour with how often, and is counted every time', async () => {
    const audit = world.get(Audit);
    const fetch = (actor: string, format: string, rows = 115) =>
      audit.recordExport(actor, 'list.exported', 'list', { format }, { rows });
    for (let n = 0; n < 300; n += 1) await fetch('a', 'csv', 100 + n);
    expect(await trail()).toEqual(['a csv 100 1', 'a csv 109 10', 'a csv 199 100']);
    await Promise.all([fetch('a', 'xlsx'), fetch('b', 'csv')]);
    expect((await trail()).slice(3).sort()).toEqual(['a xlsx 115 1', 'b csv 115 1']);
    world.clock.pass(3_600_000);
    await fetch('a', 'csv');
    expect((await trail()).slice(5)).toEqual(['a csv 115 1']);
    const counts = await world.query<{ n: number }>('SELECT n FROM export_count ORDER BY n DESC');
    expect(counts.map(({ n }) => n)).toEqual([300, 1, 1, 1]);
    expect(await audit.verify()).toMatchObject({ brokenAt: null });
  });
});
