import { openWorld, takeDemoList, type World } from '../world.js';
import { DistributionListRepository } from '../../src/console/list/distribution-list.repository.js';
import { ListSearches } from '../../src/console/list/list-search.repository.js';
import { AlikeRepository } from '../../src/platform/alike.repository.js';
import { Database } from '../../src/platform/database.js';

describe('searching the list', () => {
  let world: World;
  let list: DistributionListRepository;
  let searches: ListSearches;
  beforeAll(async () => {
    world = await openWorld();
    await takeDemoList(world);
    searches = new ListSearches(new AlikeRepository(world.get(Database)), world.vault);
    list = new DistributionListRepository(world.get(Database));
  });
  afterAll(() => world.close());

  const found = async (text: string, day = '2025-04-03') =>
    (await list.seats(day, await searches.read(text), 200, 0)).map(({ personName }) => personName);

  it.each([
    ['秦甲', ['秦甲']],
    ['QJ', ['钱甲', '秦甲', '戚甲']],
    ['县人民法院', ['金甲']],
    ['县政府 副县长', ['秦甲', '尤甲', '许甲', '何甲', '吕甲']],
    ['0018', ['秦甲']],
    ['018', ['秦甲']],
    ['154 0000 0018', ['秦甲']],
    ['R018@yanjin.example', ['秦甲']],
    ['r018', ['秦甲']],
    ['100%', []],
    ['_', []],
  ])('finds by “%s”', async (text, names) => expect(await found(text)).toEqual(names));

  it('finds nobody on a day before anybody was appointed, but the posts', async () => {
    expect(await found('秦甲', '2025-04-02')).toEqual([]);
    expect(await found('院长', '2025-04-02')).toEqual([null]);
  });

  it('gives initials to people who were entered without, at the next start', async () => {
    await world.query(`UPDATE person SET initials = ''`);
    const another = await world.another();
    const deadline = Date.now() + 60_000;
    while ((await world.query(`SELECT 1 FROM person WHERE initials = ''`)).length > 0 && Date.now() < deadline)
      await new Promise((done) => setImmediate(done));
    expect(await found('qj')).toEqual(['钱甲', '秦甲', '戚甲']);
    expect(another).toBeTruthy();
  });

  it('keeps who matches but holds nothing in sight', async () => {
    await world.query(
      `UPDATE tenure SET ends_on = '2025-04-04' WHERE person_id = (SELECT id FROM person WHERE name = '秦甲')`,
    );
    const others = await list.others('2025-04-05', await searches.read('秦'), 10);
    expect(others.map(({ name }) => name)).toEqual(['秦甲']);
  });
});
