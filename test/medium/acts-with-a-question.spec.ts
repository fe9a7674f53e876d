import { type Answer, type Console, openConsole, type Visitor } from '../console.js';
import { openWorld, takeDemoList, type World } from '../world.js';

const postTo = async (visitor: Visitor, address: string, form: Record<string, string> = {}) =>
  visitor.post(address, form, address.replace(/\/remove$/, ''));

/** The page that answered, wherever it is shown. */
const shown = (visitor: Visitor, answer: Answer) => (answer.location === undefined ? answer : visitor.follow(answer));

describe('acts that cannot be taken back', () => {
  let world: World;
  let office: Console;
  beforeEach(async () => {
    world = await openWorld();
    office = await openConsole(world);
  });
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  it('ask before an address is removed', async () => {
    await takeDemoList(world);
    const editor = await office.as('editor');
    const [row] = await world.query<{ person: string }>(
      `SELECT person_id AS person FROM contact WHERE kind = 'sms' ORDER BY masked LIMIT 1`,
    );
    const address = `/people/${row!.person}/contacts/sms/remove`;
    const left = async () =>
      (await world.query(`SELECT 1 FROM contact WHERE kind = 'sms' AND person_id = $1`, [row!.person])).length;
    const asked = await shown(editor, await postTo(editor, address));
    expect(asked.text).toContain('现在还没有改动');
    expect(await left()).toBe(1);
    await postTo(editor, address, { confirmed: 'yes' });
    expect(await left()).toBe(0);
  });

  it('ask before a day is taken out of the calendar', async () => {
    const admin = await office.as('systemAdmin');
    const days = async () => (await world.query(`SELECT 1 FROM calendar_day WHERE day = '2026-01-01'`)).length;
    expect(await days()).toBe(1);
    const asked = await shown(admin, await postTo(admin, '/calendar/2026-01-01/remove'));
    expect(asked.text).toContain('2026年1月1日');
    expect(await days()).toBe(1);
    await postTo(admin, '/calendar/2026-01-01/remove', { confirmed: 'yes' });
    expect(await days()).toBe(0);
  });

  it('say what is missing when nothing was ticked, and keep what was searched', async () => {
    await takeDemoList(world);
    const editor = await office.as('editor');
    const [group] = await world.query<{ id: string; version: number }>(
      'SELECT id, version FROM recipient_group LIMIT 1',
    );
    const form = { act: 'list', version: String(group!.version), find: '县长' };
    const answer = await shown(editor, await editor.post(`/groups/${group!.id}`, form, `/groups/${group!.id}`));
    expect(answer.text).toContain('请先勾选要列入的岗位。');
    expect(answer.text).toContain('value="县长"');
  });
});
