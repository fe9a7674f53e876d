import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { demoRoster, openWorld, people, type World } from '../world.js';

const seedScope = [
  '县委常委',
  '县人大正副主任',
  '副县长',
  '县政协正副主席',
  '人武部长',
  '法院院长',
  '检察院检察长',
  '县直各单位负责人',
  '各乡（镇）政府、街道办事处主要领导',
];

describe('the distribution list as a file', () => {
  let world: World;
  let roster: RosterService;
  beforeAll(async () => {
    world = await openWorld();
    roster = world.get(RosterService);
    await roster.import(demoRoster(), people.editor, world.clock.now());
  });
  afterAll(() => world.close());

  const edited = (change: (text: string) => string) => Buffer.from(change(demoRoster().toString('utf8')));

  it('resolves the nine groups of the seed to its 115 people, two of them in two groups, in protocol order', async () => {
    const scope = await world.get(DistributionService).resolve(seedScope, world.clock.now());
    expect(scope.unknown).toEqual([]);
    expect(scope.people).toBe(115);
    expect(scope.entries.filter(({ groups }) => groups.length > 1).map(({ name, groups }) => [name, groups])).toEqual([
      ['周甲', ['县委常委', '副县长']],
      ['褚甲', ['县委常委', '人武部长']],
    ]);
    const order = scope.entries.map(({ protocolOrder }) => protocolOrder);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('changes nothing when the same file comes again', async () => {
    const again = await roster.preview(demoRoster(), world.clock.now());
    expect(again).toMatchObject({ ok: true, changes: [], unchanged: 115 });
  });

  it('names every fault and imports nothing', async () => {
    const faulty = edited((text) =>
      text
        .replace('15400000003', '1540000')
        .replace('r004@yanjin.example', 'r004')
        .replace('15400000006', '15400000005'),
    );
    const before = await world.query('SELECT count(*) AS n FROM audit_entry');
    const result = await roster.import(faulty, people.editor, world.clock.now());
    expect(result.ok ? [] : result.faults.map(({ row, column }) => [row, column])).toEqual([
      [4, 'mobile'],
      [5, 'email'],
      [7, 'mobile'],
    ]);
    expect(await world.query('SELECT count(*) AS n FROM audit_entry')).toEqual(before);
  });

  it('shows a new holder, a new number and a closed post before it changes them, and keeps the past', async () => {
    const changed = edited((text) =>
      text
        .replace('秦甲,15400000018', '新甲,15400000118')
        .replace('15400000020', '15400000120')
        .replace(/^115,.*\n?/m, ''),
    );
    const preview = await roster.preview(changed, world.clock.now());
    expect(preview.ok && preview.changes).toMatchObject([
      {
        kind: 'changed',
        post: '县政府 副县长',
        fields: [
          { field: '姓名', from: '秦甲', to: '新甲' },
          { field: '手机', from: '154****0018', to: '154****0118' },
        ],
      },
      {
        kind: 'changed',
        post: '县政府 副县长（第3席）',
        fields: [{ field: '手机', from: '154****0020', to: '154****0120' }],
      },
      { kind: 'ended', post: '榆林乡 乡长', name: '潘乙' },
    ]);
    const before = world.clock.now();
    world.clock.pass(30 * 86_400_000);
    await roster.import(changed, people.editor, world.clock.now());
    const resolve = async (at: Date) =>
      (await world.get(DistributionService).resolve(seedScope, at)).entries.map(({ name }) => name);
    const [now, then] = [await resolve(world.clock.now()), await resolve(before)];
    expect([now.includes('新甲'), now.includes('秦甲'), now.includes('潘乙'), now.length]).toEqual([
      true,
      false,
      false,
      114,
    ]);
    expect([then.includes('新甲'), then.includes('秦甲'), then.includes('潘乙'), then.length]).toEqual([
      false,
      true,
      true,
      115,
    ]);
  });
});
