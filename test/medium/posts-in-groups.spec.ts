import { DistributionListRepository } from '../../src/console/list/distribution-list.repository.js';
import { DoneNotice } from '../../src/console/done-notice.js';
import { ListPages } from '../../src/console/list/list.pages.js';
import { ListSearches } from '../../src/console/list/list-search.repository.js';
import { OrganisationPageRepository } from '../../src/console/people/organisation-page.repository.js';
import { PostPages } from '../../src/console/people/post.pages.js';
import { UnitsPages } from '../../src/console/people/units.pages.js';
import { GroupMembersService } from '../../src/distribution/groups/group-members.service.js';
import type { GroupRef } from '../../src/distribution/groups/group-record.service.js';
import { GroupService } from '../../src/distribution/groups/group.service.js';
import { readRule } from '../../src/domain/scope/group.js';
import { LiaisonRepository } from '../../src/organisation/liaison.repository.js';
import { ListChangeRepository } from '../../src/organisation/list-change.repository.js';
import { ListChangeService } from '../../src/organisation/list-change.service.js';
import { PostService } from '../../src/organisation/post.service.js';
import { TenureRepository } from '../../src/organisation/tenure.repository.js';
import { UnitService } from '../../src/organisation/unit.service.js';
import { AlikeRepository } from '../../src/platform/alike.repository.js';
import { Database } from '../../src/platform/database.js';
import { aPost } from '../builders.js';
import { openWorld, people, queriesOf, takeDemoList, type World } from '../world.js';

const editor = people.editor;

/** As the web process puts them together. */
function pagesOf(world: World) {
  const [database, members, clock] = [world.get(Database), world.get(GroupMembersService), world.clock];
  const searches = new ListSearches(new AlikeRepository(database), world.vault);
  const repository = new OrganisationPageRepository(database);
  const notices = new DoneNotice(world.get(ListChangeRepository), world.get(ListChangeService));
  const [posts, units] = [world.get(PostService), world.get(UnitService)];
  const [tenures, liaisons] = [world.get(TenureRepository), world.get(LiaisonRepository)];
  return {
    list: new ListPages(new DistributionListRepository(database), members, notices, searches, clock),
    post: new PostPages(repository, members, posts, units, tenures, liaisons, notices, clock),
    unit: new UnitsPages(repository, members, units, liaisons, notices, clock),
  };
}

describe('the groups of a post', () => {
  let world: World;
  let groups: GroupService;
  let pages: ReturnType<typeof pagesOf>;
  let post: { id: string; unit: string };
  beforeAll(async () => {
    world = await openWorld();
    groups = world.get(GroupService);
    pages = pagesOf(world);
    await takeDemoList(world);
    const { post: id, unit } = await aPost(world, { order: 40 });
    post = { id, unit };
  });
  afterAll(() => world.close());

  const ref = async (name: string): Promise<GroupRef> =>
    (await world.query<GroupRef & object>('SELECT id, version FROM recipient_group WHERE name = $1', [name]))[0]!;
  const names = async (day: string, id = post.id) =>
    (await world.get(GroupMembersService).ofPosts([id], new Date(day))).get(id)?.map(({ name }) => name) ?? [];
  const inTurn = async () => {
    const list = await queriesOf(world, () => pages.list.show({}));
    const ofPost = await queriesOf(world, () => pages.post.show(post.id, {}));
    return [list, ofPost, await queriesOf(world, () => pages.unit.show(post.unit, {}))];
  };

  it('are those that list it, take it by rule or hold one that does, without those it is left out of; with no more questions', async () => {
    const before = await inTurn();
    expect(await names('2025-04-03')).toEqual(['县直各单位负责人']);
    for (const name of ['全县干部', '正职', '正职除外', '以后的', '停用的']) await groups.addGroup(name, editor);
    await groups.setParts(await ref('全县干部'), [(await ref('县直各单位负责人')).id], [], editor);
    await groups.setRule(await ref('正职'), readRule({ levels: ['principal'] }), editor);
    await groups.setRule(await ref('正职除外'), readRule({ levels: ['principal'] }), editor);
    await groups.setExcluded(await ref('正职除外'), post.id, true, editor);
    await groups.listPosts(await ref('以后的'), [post.id], '2025-06-01', editor);
    await groups.listPosts(await ref('停用的'), [post.id], '2025-04-01', editor);
    world.clock.pass(86_400_000);
    await groups.setClosed(await ref('停用的'), true, editor);

    expect(await names('2025-04-04')).toEqual(['县直各单位负责人', '全县干部', '正职']);
    expect(await names('2025-06-01')).toEqual(['县直各单位负责人', '全县干部', '正职', '以后的']);
    expect(await inTurn()).toEqual(before);
  });

  it('stand as links on the list, on the page of the post and on that of its unit', async () => {
    const { id } = await ref('正职');
    for (const reply of [
      await pages.list.show({ q: '县委社会工作部' }),
      await pages.post.show(post.id, {}),
      await pages.unit.show(post.unit, {}),
    ])
      expect(JSON.stringify(reply)).toContain(JSON.stringify({ name: '正职', href: `/groups/${id}` }));
    const then = JSON.stringify(await pages.post.show(post.id, { at: '2025-06-01' }));
    expect(then).toContain(`/groups/${(await ref('以后的')).id}?on=2025-06-01`);
  });

  it('are none for a post that is closed', async () => {
    await world.query(`UPDATE post SET closed_on = '2025-05-01' WHERE id = $1`, [post.id]);
    expect(await names('2025-05-02')).toEqual([]);
  });
});
