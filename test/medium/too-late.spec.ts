import { Housekeeping } from '../../src/dispatch/housekeeping.js';
import { PersonService } from '../../src/organisation/person.service.js';
import { PostService } from '../../src/organisation/post.service.js';
import { UnitService } from '../../src/organisation/unit.service.js';
import { aPost } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { formOf, textOf } from '../e2e/person.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';

describe('whoever saves after somebody else', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let ids: { post: string; unit: string; person: string };
  beforeAll(async () => {
    world = await openWorld();
    await takeDemoList(world);
    office = await openConsole(world);
    editor = await office.as('editor');
    ids = await aPost(world, { order: 60 });
  });
  afterAll(async () => {
    await office?.close();
    await world?.close();
  });

  const other = people.approver;
  const units = () => world.get(UnitService);
  const posts = () => world.get(PostService);
  const renameUnit = async (name: string) => {
    const { kind, version } = await units().get(ids.unit);
    await units().edit(ids.unit, version, { name, kind }, false, other);
  };
  const renamePost = async (title: string) => {
    const { version, ...post } = await posts().get(ids.post);
    const { kind, seat, protocolOrder, level, tags } = post;
    await posts().edit(ids.post, version, { title, kind, seat, protocolOrder, level, tags }, false, other);
  };
  const renamePerson = async (name: string) => {
    const { version } = await world.get(PersonService).get(ids.person);
    await world.get(PersonService).rename(ids.person, version, name, other);
  };

  it.each([
    ['a unit', () => `/units/${ids.unit}/edit`, () => renameUnit('县甲局'), 'name', '县乙局', '县甲局'],
    ['a post', () => `/posts/${ids.post}/edit`, () => renamePost('甲任'), 'title', '乙任', '甲任'],
    ['a person', () => `/people/${ids.person}/edit`, () => renamePerson('甲某某'), 'name', '乙某某', '甲某某'],
  ])(
    'of %s keeps what was typed, sees what is stored now, and may save it then',
    async (_, path, change, field, mine, theirs) => {
      const opened = formOf((await editor.get(path())).text, path());
      await change();
      const refused = await editor.post(path(), { ...opened, [field]: mine }, path());
      const shown = await editor.follow(refused);
      expect(shown.status).toBe(409);
      expect(textOf(shown.text)).toContain(`现在是：${theirs}`);
      const again = formOf(shown.text, path());
      expect(again[field]).toBe(mine);
      expect((await editor.post(path(), again, path())).location).toContain('?done=');
      expect((await editor.get(path())).text).toContain(mine);
    },
  );

  it('keeps the reason for closing a post', async () => {
    const path = `/posts/${ids.post}/close`;
    const opened = formOf((await editor.get(path)).text, path);
    await renamePost('丙任');
    const late = { ...opened, reason: '机构改革', confirmed: 'yes' };
    const shown = await editor.follow(await editor.post(path, late, path));
    const again = formOf(shown.text, path);
    expect([shown.status, again.reason]).toEqual([409, '机构改革']);
    expect((await editor.post(path, { ...again, confirmed: 'yes' }, path)).location).toContain('?done=');
  });

  it('leaves no page and no draft behind once they are of no use', async () => {
    const path = `/units/${ids.unit}/edit`;
    await editor.post(path, { ...formOf((await editor.get(path)).text, path), name: '' }, path);
    const left = async () =>
      (
        await world.query<{ n: number }>(
          'SELECT (SELECT count(*) FROM kept_page)::int + (SELECT count(*) FROM form_draft)::int AS n',
        )
      )[0]!.n;
    expect(await left()).toBeGreaterThan(0);
    world.clock.pass(60 * 86_400_000);
    await world.get(Housekeeping).tidy();
    expect(await left()).toBe(0);
  });
});
