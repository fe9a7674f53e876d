import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { DistributionListRepository } from '../../src/console/list/distribution-list.repository.js';
import { GroupPageRepository } from '../../src/console/groups/group-page.repository.js';
import { HolderRepository } from '../../src/console/holder.repository.js';
import { ListSearches } from '../../src/console/list/list-search.repository.js';
import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { GroupService } from '../../src/distribution/groups/group.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { DomainError } from '../../src/domain/errors/errors.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { PersonRepository } from '../../src/organisation/person.repository.js';
import { PostService } from '../../src/organisation/post.service.js';
import { UnitService } from '../../src/organisation/unit.service.js';
import { AlikeRepository } from '../../src/platform/alike.repository.js';
import { Vault } from '../../src/platform/crypto.js';
import { Database } from '../../src/platform/database.js';
import { RawHttp } from '../raw-http.js';
import { openWorld, people, type World } from '../world.js';

const { editor } = people;
const list = `单位,职务,姓名,手机,分组
单位1,主任,阿依·买买提,15410000001,"A组（镇）"
单位1,副主任（常务）,乙某,15410000002,"A组（镇）"
县档案馆,馆长,丙某,15410000003,"A组（镇）"
`;
const answerOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe('names that look the same', () => {
  let world: World;
  let http: RawHttp;
  let key: string;
  let unitId: string;

  beforeAll(async () => {
    world = await openWorld();
    await world.get(RosterService).import(Buffer.from(list), editor, world.clock.now());
    const scopes = ['organisation.read', 'organisation.write', 'groups.write', 'groups.read'] as const;
    key = await world
      .get(ApiKeyService)
      .create(
        { name: '测试', scopes: [...scopes], days: 1 },
        { id: 'security', name: '安管', roles: ['securityAdmin'] },
      );
    unitId = (await world.query<{ id: string }>(`SELECT id FROM unit WHERE name = '单位1'`))[0]!.id;
    http = new RawHttp(await (await world.web()).getUrl());
  });
  afterAll(async () => {
    http?.close();
    await world?.close();
  });
  const send = (path: string, payload: object) =>
    http.send({
      ...{ method: 'POST', path: `/api/v1/${path}`, payload: JSON.stringify(payload) },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
  const post = (title: string, seat = 1) =>
    ({ title, kind: 'unit', seat, protocolOrder: 90, level: 'deputy', tags: [] }) as const;

  it.each([
    '单位1\u200b',
    '单位１',
    ' 单位 1',
    '单\u00ad位1',
    '\u202d单位1\u202c',
    '单位\ufe0f1',
    '单位\u20601',
    '单位①',
  ])('of units are one: %j', async (name) => {
    expect(await answerOf(world.get(UnitService).addUnit({ name, kind: 'other' }, editor))).toBe('list.unitNameTaken');
    expect((await send('units', { name, kind: 'other' })).status).toBe(409);
  });

  it.each(['副主任(常务)', '副主任（常务）\u200b', '副主任 （常务）', '副主任﹙常务﹚', '副主任⁽常务⁾'])(
    'of posts in a unit are one: %j',
    async (title) => {
      expect(await answerOf(world.get(PostService).addPost(unitId, post(title), editor))).toBe('list.postTaken');
      const { protocolOrder: order, ...fields } = post(title);
      expect((await send('posts', { unitId, order, ...fields })).status).toBe(409);
    },
  );

  it.each(['A组(镇)', 'a组（镇）', 'Ａ组（镇）', 'A\u200b组（镇）', 'A组 （镇）'])(
    'of groups are one: %j',
    async (name) => {
      expect(await answerOf(world.get(GroupService).addGroup(name, editor))).toBe('list.aliasTaken');
      expect((await send('groups', { name })).status).toBe(409);
    },
  );

  it.each(['阿依·买买提', '阿依•买买提', '阿依・买买提', '阿依.买买提', '阿依‧ 买买提', '阿依\u200b·买买提'])(
    'of people are one: %j',
    async (name) => {
      expect((await world.get(PersonRepository).named(name, 5)).map((one) => one.name)).toEqual(['阿依·买买提']);
    },
  );

  it('are found by whatever spelling is typed, everywhere', async () => {
    const database = world.get(Database);
    const names = new AlikeRepository(database);
    const [day, searches] = ['2025-04-03', new ListSearches(names, world.get(Vault))];
    const seats = async (text: string) =>
      (await new DistributionListRepository(database).seats(day, await searches.read(text), 50, 0)).map(
        (seat) => seat.personName,
      );
    expect(await seats('依•买')).toEqual(['阿依·买买提']);
    expect(await seats('单位１')).toEqual(['阿依·买买提', '乙某']);
    expect(await seats('单位 1副主任(常务)')).toEqual(['乙某']);
    expect(await seats('丙 某')).toEqual(['丙某']);
    expect(await seats('单位2')).toEqual([]);
    const holders = await new HolderRepository(database, names).named('阿依.买', day, 5);
    expect(holders.map(({ name }) => name)).toEqual(['阿依·买买提']);
    const found = await new GroupPageRepository(database, names).postsMatching('副主任(常', new Date(day), 5);
    expect(found.map(({ title }) => title)).toEqual(['副主任（常务）']);
    const resolved = await world.get(DistributionService).resolve(['单位１副主任(常务)'], world.clock.now());
    expect(resolved.people).toBe(1);
  });

  it('bring back the closed post of a title, not a second one', async () => {
    await world.query(`DELETE FROM tenure WHERE post_id = (SELECT id FROM post WHERE title = '副主任（常务）')`);
    const [closed] = await world.query<{ id: string }>(
      `UPDATE post SET closed_on = '2025-04-01' WHERE title = '副主任（常务）' RETURNING id`,
    );
    const again = list.replace('副主任（常务）,乙某', '副主任(常务),乙某');
    await world.get(RosterService).import(Buffer.from(again), editor, world.clock.now());
    const posts = await world.query<{ id: string; closedOn: Date | null }>(
      `SELECT id, closed_on AS "closedOn" FROM post WHERE title LIKE '副主任%'`,
    );
    expect(posts).toEqual([{ id: closed!.id, closedOn: null }]);
  });

  it('of publications are one', async () => {
    const publications = world.get(PublicationRepository);
    const first = await publications.ensurePublication('每日快报A', '县政府办');
    expect((await publications.ensurePublication('每日快报Ａ\u200b', '县政府办')).id).toBe(first.id);
  });

  it('do not make one of what differs to the eye', async () => {
    for (const name of ['单位2', '单位11', '单位一', '单-位1'])
      expect(await answerOf(world.get(UnitService).addUnit({ name, kind: 'other' }, editor))).toBe('done');
    expect(await answerOf(world.get(PostService).addPost(unitId, post('副主任（常务）', 2), editor))).toBe('done');
    expect(await world.get(PersonRepository).named('阿依买买提', 5)).toEqual([]);
  });

  it('are stored without what nobody sees', async () => {
    await send('units', { name: '县\u200b气象局\u202c', kind: 'government' });
    const { text } = await send('groups', { name: '气象\u2060组' });
    const { id, version } = JSON.parse(text) as { id: string; version: number };
    await http.send({
      ...{ method: 'POST', path: `/api/v1/groups/${id}/aliases`, payload: JSON.stringify({ text: '防\u200b汛组' }) },
      headers: {
        ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        'if-match': `"v${version}"`,
      },
    });
    const { protocolOrder: order, ...fields } = post('观\u200b察员');
    await send('posts', { unitId, order, ...fields, tags: ['防\u200b汛'] });
    expect(await world.query(`SELECT name FROM unit WHERE name LIKE '县%气%'`)).toEqual([{ name: '县气象局' }]);
    expect(await world.query(`SELECT name FROM recipient_group WHERE name LIKE '气象%'`)).toEqual([{ name: '气象组' }]);
    expect(await world.query(`SELECT title, tags FROM post WHERE title LIKE '观%'`)).toEqual([
      { title: '观察员', tags: ['防汛'] },
    ]);
  });
});
