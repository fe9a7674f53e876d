import { anIssue, aPlannedEdition, committee } from '../builders.js';
import { type Console, everyRole, openConsole } from '../console.js';
import { openWorld, queriesOf, type World } from '../world.js';

describe('the workbench', () => {
  let world: World;
  let office: Console;

  beforeAll(async () => {
    world = await openWorld();
    office = await openConsole(world);
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  const tasksOf = (html: string) =>
    [...html.matchAll(/<strong>(.*?)<\/strong><p>/g)].map(([, title]) => title!.replace(/<[^>]+>/g, ''));

  it('is a list of what to set up, as long as nothing has been sent', async () => {
    const { text } = await (await office.as('systemAdmin')).get('/');
    expect(tasksOf(text)).toEqual(['开设账号', '导入发送名单', '开通发送通道', '导入第一期，登记刊物', '试发一期']);
    expect(text).toContain('href="/accounts"');
  });

  it('asks each for what waits for him, with few questions however many issues there are', async () => {
    await aPlannedEdition(world, { to: committee.to });
    await anIssue(world, { number: 15 });
    await anIssue(world, { number: 16 });
    const approver = await (await office.as('approver')).get('/');
    expect(tasksOf(approver.text).filter((title) => title.includes('签发'))).toEqual([
      '延津政务快报第16期等待签发',
      '延津政务快报第15期等待签发',
    ]);
    expect(approver.text).not.toContain('开始使用');
    expect(approver.text).toContain('共11人：已签收0人');
    expect(tasksOf((await (await office.as('auditor')).get('/')).text)).toEqual([]);
    const editor = await office.as('editor');
    const ofPages: World = { ...world, get: (type) => office.app.get(type, { strict: false }) };
    const asked = () => queriesOf(ofPages, () => editor.get('/'));
    const before = await asked();
    await anIssue(world, { number: 17 });
    expect([before < 30, await asked()]).toEqual([true, before]);
  });

  it('is there for every role', async () => {
    const statuses = await Promise.all(everyRole.map(async (role) => (await (await office.as(role)).get('/')).status));
    expect(statuses).toEqual(everyRole.map(() => 200));
  });
});
