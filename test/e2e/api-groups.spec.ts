import { signInLinks, hireStaff } from '../../src/programs/demo/staff.js';
import { GroupChangeRepository } from '../../src/distribution/groups/group-change.repository.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { beijingDate } from '../../src/domain/calendar.js';
import type { ApiScope } from '../../src/domain/roles.js';
import { demoRoster } from '../world.js';
import { apiClient, type Client, everyPage, guard } from './api-client.js';
import { openService, type RunningService } from './open-service.js';
import { Person, textOf } from './person.js';

interface Member {
  postId: string;
  unit: string;
  title: string;
  in: boolean;
  reasons: { by: string; groupId?: string }[];
  excludedBy: object | null;
  holder: { name: string } | null;
}

describe('groups and subscriptions in the interface for programs', () => {
  let running: RunningService;
  beforeAll(async () => {
    running = await openService();
    await hireStaff(running.service);
    await running.service.get(RosterService).import(demoRoster(), guard, new Date());
  });
  afterAll(() => running?.stop());

  const client = (...scopes: ApiScope[]) => apiClient(running, ...scopes);
  const groupNamed = async (call: Client, name: string) =>
    (await everyPage<{ id: string; name: string; people: number; posts: number }>(call, 'groups?limit=4')).find(
      (group) => group.name === name,
    )!;
  const postOf = async (call: Client, unit: string) => {
    const units = await everyPage<{ id: string; name: string }>(call, 'units?limit=500');
    const { body } = await call('GET', `posts?unitId=${units.find(({ name }) => name === unit)!.id}`);
    return (body.items as { id: string }[])[0]!.id;
  };

  it('are closed to keys of other scopes', async () => {
    const call = await client('organisation.read', 'organisation.write');
    for (const path of ['groups', 'subscriptions']) expect((await call('GET', path)).status).toBe(403);
    expect((await call('POST', 'scope/resolve', { text: '县委常委' })).status).toBe(403);
    const reader = await client('groups.read', 'subscriptions.read');
    expect((await reader('POST', 'groups', { name: '甲' })).body).toMatchObject({
      status: 403,
      code: 'api.needsScope',
    });
  });

  it('list groups in their order over many pages, and who is in one and why', async () => {
    const call = await client('groups.read');
    const groups = await everyPage<{ name: string; people: number }>(call, 'groups?limit=4');
    expect(groups.map(({ name }) => name)).toEqual([...new Set(groups.map(({ name }) => name))]);
    expect(groups.find(({ name }) => name === '县政协正副主席')).toMatchObject({
      people: 6,
      rule: null,
      version: expect.any(Number) as number,
    });
    const { id } = await groupNamed(call, '县政协正副主席');
    const members = await everyPage<Member>(call, `groups/${id}/members?limit=4`);
    expect(members).toHaveLength(6);
    expect(members[0]).toMatchObject({ in: true, reasons: [{ by: 'listed' }], excludedBy: null });
    expect(await everyPage<Member>(call, `groups/${id}/members?at=2020-01-01`)).toEqual([]);
    expect((await call('GET', 'groups/5f6b1c9e-0000-4000-8000-000000000000/members')).status).toBe(404);
    expect((await call('GET', 'groups?cursor=xx')).body).toMatchObject({ code: 'api.badCursor' });
  });

  it('resolve a scope text as the console does, with what nobody knows, page by page', async () => {
    const call = await client('groups.read');
    const text = '县委常委，县政协正副主席，县长们的朋友';
    const first = await call('POST', 'scope/resolve', { text, limit: 5 });
    expect(first.body).toMatchObject({
      labels: [{ label: '县委常委' }, { people: 6 }],
      unknown: [{ label: '县长们的朋友' }],
    });
    const people = first.body.people as number;
    const seen: string[] = [];
    let page = first.body;
    for (;;) {
      seen.push(...(page.items as { personId: string }[]).map(({ personId }) => personId));
      if (page.next === null) break;
      page = (await call('POST', 'scope/resolve', { text, limit: 5, cursor: page.next })).body;
    }
    expect([seen.length, new Set(seen).size]).toEqual([people, people]);
    expect((await call('POST', 'scope/resolve', { text: '' })).body).toMatchObject({ faults: [{ field: 'text' }] });
  });

  it('are made, filled and changed only by whoever read them as they are', async () => {
    const call = await client('groups.read', 'groups.write', 'organisation.read', 'organisation.write');
    const added = await call('POST', 'groups', { name: '防汛单位' });
    expect([added.status, added.body.name, added.body.people]).toEqual([201, '防汛单位', 0]);
    const path = `groups/${String(added.body.id)}`;
    const [court, finance] = [await groupNamed(call, '法院院长'), await postOf(call, '县财政局')];
    const wish = { name: '防汛成员单位', rule: { unitKinds: ['township'] }, parts: [court.id] };
    expect((await call('PUT', path, wish)).body).toMatchObject({ status: 428 });
    const edited = await call('PUT', path, wish, { 'if-match': added.etag });
    expect(edited.body).toMatchObject({ name: '防汛成员单位', aliases: ['防汛单位'], parts: [court.id] });
    expect((await call('PUT', path, { ...wish, name: '别的' }, { 'if-match': added.etag })).body).toMatchObject({
      status: 412,
      code: 'api.stale',
    });
    const listed = await call('POST', `${path}/members`, { postIds: [finance] }, { 'if-match': edited.etag });
    expect(listed.body.posts).toBe((edited.body.posts as number) + 1);
    const reasons = async (unit: string) =>
      (await everyPage<Member>(call, `${path}/members?limit=500`)).find((member) => member.unit === unit);
    expect(await reasons('县财政局')).toMatchObject({ in: true, reasons: [{ by: 'listed' }] });
    expect(await reasons('县人民法院')).toMatchObject({ reasons: [{ by: 'part', groupId: court.id }] });

    const out = await call('PUT', `${path}/excluded-posts/${finance}`, undefined, { 'if-match': listed.etag });
    expect(await reasons('县财政局')).toMatchObject({ in: false, excludedBy: { by: 'post' } });
    const back = await call('DELETE', `${path}/excluded-posts/${finance}`, undefined, { 'if-match': out.etag });
    const gone = await call('DELETE', `${path}/members/${finance}`, undefined, { 'if-match': back.etag });
    expect(gone.body.posts).toBe(edited.body.posts);

    const named = await call('POST', `${path}/aliases`, { text: '防汛各单位' }, { 'if-match': gone.etag });
    const resolved = await call('POST', 'scope/resolve', { text: '防汛各单位' });
    expect(resolved.body.people).toBe(named.body.people);
    const unnamed = await call('DELETE', `${path}/aliases?text=${encodeURIComponent('防汛各单位')}`, undefined, {
      'if-match': named.etag,
    });
    expect(unnamed.body.aliases).toEqual(['防汛单位']);
    const nobody = '5f6b1c9e-0000-4000-8000-000000000000';
    const ifMatch = { 'if-match': unnamed.etag };
    expect((await call('PUT', path, { ...wish, parts: [nobody] }, ifMatch)).body).toMatchObject({
      code: 'list.groupNotFound',
    });
    expect((await call('POST', `${path}/members`, { postIds: [nobody] }, ifMatch)).body).toMatchObject({
      code: 'list.postNotFound',
    });
    const last = await running.service.get(GroupChangeRepository).last(String(added.body.id));
    expect((await call('POST', `changes/${last!.id}/undo`, {})).body).toMatchObject({ code: 'list.changeNotFound' });
  });

  it('leave an alias of another group alone', async () => {
    const call = await client('groups.read', 'groups.write');
    const one = await call('POST', 'groups', { name: '甲组' });
    const alias = await call(
      'POST',
      `groups/${String(one.body.id)}/aliases`,
      { text: '甲方' },
      { 'if-match': one.etag },
    );
    const other = await call('POST', 'groups', { name: '乙组' });
    await call('DELETE', `groups/${String(other.body.id)}/aliases?text=${encodeURIComponent('甲方')}`, undefined, {
      'if-match': other.etag,
    });
    expect((await call('GET', `groups/${String(one.body.id)}`)).body.aliases).toEqual(['甲方']);
    const closed = await call('POST', `groups/${String(one.body.id)}/close`, undefined, { 'if-match': alias.etag });
    expect(closed.body.closedOn).not.toBeNull();
    expect((await everyPage<{ name: string }>(call, 'groups?limit=500')).map(({ name }) => name)).not.toContain('甲组');
    const open = await call('POST', `groups/${String(one.body.id)}/reopen`, undefined, { 'if-match': closed.etag });
    expect(open.body.closedOn).toBeNull();
  });

  it('change places, become one, and are put back by an undo, each only for whoever read them as they are', async () => {
    const call = await client('groups.read', 'groups.write');
    const order = async () =>
      (await everyPage<{ id: string; name: string }>(call, 'groups?limit=500')).map(({ id }) => id);
    const [one, two] = [await call('POST', 'groups', { name: '先组' }), await call('POST', 'groups', { name: '后组' })];
    const [a, b] = [String(one.body.id), String(two.body.id)];
    const [before, match] = [await order(), { 'if-match': two.etag }];
    expect((await call('POST', `groups/${b}/move`, { after: null })).status).toBe(428);
    const moved = await call('POST', `groups/${b}/move`, { after: null }, match);
    expect([moved.status, (await order())[0]]).toEqual([200, b]);
    expect((await call('POST', `groups/${b}/move`, { after: a }, match)).body).toMatchObject({ code: 'api.stale' });
    const undo = await call('POST', `groups/${b}/undo`, undefined, { 'if-match': moved.etag });
    expect([undo.body, await order()]).toEqual([{ undone: '“后组”移到第1位' }, before]);

    const [from, into] = [await call('GET', `groups/${a}`), await call('GET', `groups/${b}`)];
    const wish = { into: b, intoVersion: into.body.version };
    const merged = await call('POST', `groups/${a}/merge`, wish, { 'if-match': from.etag });
    expect(merged.body).toMatchObject({ id: b, aliases: ['先组'] });
    expect(await order()).not.toContain(a);
    expect((await call('POST', `groups/${b}/undo`, undefined, { 'if-match': merged.etag })).status).toBe(200);
    expect(await order()).toEqual(before);
    const now = await call('GET', `groups/${b}`);
    const stale = await call('POST', `groups/${b}/undo`, undefined, { 'if-match': merged.etag });
    expect([stale.body.code, now.body.aliases]).toEqual(['api.stale', []]);
    const document = (await (await fetch(`${running.base}/api/v1/openapi.json`)).json()) as object;
    for (const act of ['move', 'merge', 'undo'])
      expect(document).toHaveProperty(['paths', `/groups/{id}/${act}`, 'post', 'summary']);
  });

  it('tells a reader of a group that its people changed although nobody changed the group', async () => {
    const call = await client('groups.read', 'organisation.read', 'organisation.write');
    const { id } = await groupNamed(call, '检察院检察长');
    const before = await call('GET', `groups/${id}`);
    const [member] = await everyPage<Member>(call, `groups/${id}/members?limit=10`);
    expect((await call('GET', `groups/${id}`, undefined, { 'if-none-match': before.etag })).status).toBe(304);
    const post = await call('GET', `posts/${member!.postId}`);
    const [tenure] = (await everyPage<{ tenures: { id: string; postId: string }[] }>(call, 'people?limit=500')).flatMap(
      ({ tenures }) => tenures.filter(({ postId }) => postId === member!.postId),
    );
    // With a reason, which it needs when midnight passes meanwhile.
    const ending = { tenureId: tenure!.id, on: beijingDate(new Date()), reason: '调离' };
    expect((await call('POST', `posts/${member!.postId}/end-tenure`, ending, { 'if-match': post.etag })).status).toBe(
      200,
    );
    const after = await call('GET', `groups/${id}`, undefined, { 'if-none-match': before.etag });
    expect([after.status, after.body.people, after.body.version]).toEqual([200, 0, before.body.version]);
  });

  it('has its keys from the demo’s security administrator, who is not the system administrator', async () => {
    const links = await signInLinks(running.service);
    const signedIn = async (who: string) => {
      const person = new Person(running.base);
      const line = links.find((link) => link.includes(who))!;
      await person.post(new URL(/http\S+/.exec(line)![0]).pathname);
      return person;
    };
    const [system, security] = [await signedIn('系统管理员'), await signedIn('安全管理员')];
    expect(textOf((await security.get('/api-keys')).html)).toContain('/api/v1/groups');
    expect((await system.get('/api-keys')).status).toBe(403);
    expect((await system.get('/accounts')).status).toBe(200);
    expect((await security.get('/accounts')).status).toBe(403);
  });
});
