import { AccountService } from '../../src/accounts/account.service.js';
import { OneTimeLinkService } from '../../src/accounts/one-time-link.service.js';
import { SignInService } from '../../src/accounts/sign-in.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { PublicationRepository } from '../../src/issues/publication.repository.js';
import { anIssue, aPlannedEdition, committee } from '../builders.js';
import { type Answer, type Console, openConsole, type Visitor } from '../console.js';
import { openWorld, people, seedBulletin, type World } from '../world.js';

/** What a form is answered with, wherever that is shown. */
const send = async (
  visitor: Visitor,
  address: string,
  form: Record<string, string> | URLSearchParams,
): Promise<Answer> => {
  const answer = await visitor.post(address, form);
  return answer.location?.startsWith('/shown/') ? visitor.follow(answer) : answer;
};

describe('publications', () => {
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

  const named = async (name: string) =>
    (await world.get(PublicationRepository).listPublications()).find((publication) => publication.name === name)!;
  /** The seed under another name, as its office would send it: without a foot that names recipients. */
  const report = (series: string, number = 1) =>
    Buffer.from(
      seedBulletin()
        .toString('utf8')
        .replace('延津政务快报', series)
        .replace('第 14 期', `第 ${number} 期`)
        .replace(/^本期发：.*$/m, ''),
    );
  const form = (changes: Record<string, string> = {}) => ({
    name: '延津政务专报',
    issuer: '延津县人民政府办公室',
    level: 'workSecret',
    scope: '报：县委常委。发：副县长。',
    ...changes,
  });

  it('are entered before their first issue, once whatever the width of their letters', async () => {
    const approver = await office.as('approver');
    const made = await approver.follow(await send(approver, '/publications', form()));
    expect(made.text).toContain('刊物已登记');
    const again = await send(approver, '/publications', form({ name: '延津政务专报\u200b' }));
    expect([again.status, again.text.includes('已经有“延津政务专报”这个刊物。')]).toEqual([409, true]);
    const empty = await send(approver, '/publications', form({ name: '', issuer: '', level: 'x', scope: '。。' }));
    expect(empty.status).toBe(422);
    for (const fault of ['请填写刊物名称。', '请填写编发单位。', '请选择密级。', '没有读出发送对象'])
      expect(empty.text).toContain(fault);
  });

  it('complete an issue that bears no mark and names nobody', async () => {
    const { issueId } = await world
      .get(IssueService)
      .importBulletin({ fileName: 'a.txt', bytes: report('延津政务专报') }, people.editor);
    const [row] = await world.query('SELECT level, scope, addressing, warnings FROM issue WHERE id = $1', [issueId]);
    expect(row).toMatchObject({ level: 'workSecret', scope: ['县委常委', '副县长'], addressing: ['up', 'down'] });
    const codes = (row!.warnings as { code: string }[]).map(({ code }) => code);
    expect(codes).toContain('default_distribution');
    expect(codes).not.toContain('no_distribution');
  });

  it('leave alone what a file says itself', async () => {
    const { id } = await named('延津政务专报');
    const approver = await office.as('approver');
    await send(approver, `/publications/${id}/facts`, form({ level: 'public', scope: '' }));
    expect(await named('延津政务专报')).toMatchObject({ defaultLevel: 'public', defaultScope: null });
    const marked = report('延津政务专报', 2).toString('utf8').replace('第 2 期', '第 2 期\n\n内部资料 注意保存');
    const { issueId } = await world
      .get(IssueService)
      .importBulletin({ fileName: 'b.txt', bytes: Buffer.from(marked) }, people.editor);
    const [row] = await world.query('SELECT level, scope FROM issue WHERE id = $1', [issueId]);
    expect(row).toEqual({ level: 'workSecret', scope: [] });
  });

  it('have a class below that of unmarked issues only by the approver’s word', async () => {
    const { id } = await named('延津政务专报');
    const admin = await office.as('systemAdmin');
    await send(admin, `/publications/${id}/facts`, form({ level: 'workSecret', scope: '' }));
    const lowered = await send(admin, `/publications/${id}/facts`, form({ level: 'public', scope: '' }));
    expect([lowered.status, lowered.text.includes('须由签发人设定')]).toEqual([403, true]);
    expect((await send(admin, '/publications', form({ name: '延津动态', level: 'public' }))).status).toBe(403);
    expect(await named('延津政务专报')).toMatchObject({ defaultLevel: 'workSecret' });
  });

  it('show their year', async () => {
    const { id } = await named('延津政务专报');
    const auditor = await office.as('auditor');
    const year = await auditor.get(`/publications/${id}/year?year=2025`);
    expect(year.text).toMatch(/4月<\/h2>[\s\S]*第1期[\s\S]*第2期/);
    expect((await auditor.get(`/publications/${id}/year?year=1999`)).text).toContain('2025年');
  });

  describe('for which alone somebody has his role', () => {
    it('are theirs to work on, all others only to read', async () => {
      const planned = await aPlannedEdition(world, committee);
      const other = await anIssue(world, { number: 15, ...committee });
      const { id: ours } = await named('延津政务专报');
      const [copy] = await world.query<{ id: string }>('SELECT id FROM copy LIMIT 1');
      const editor = await office.as('editor', 'approver');
      await world
        .get(AccountService)
        .change(editor.id, { name: '专报编辑', roles: ['editor', 'approver'], publicationIds: [ours] }, 'test');

      const refused = [
        await editor.get(`/issues/${planned.issueId}/edit`),
        await send(editor, `/issues/${other.issueId}/sign-off`, { revision: String(other.revision) }),
        await send(editor, `/issues/${planned.issueId}/pause`, {}),
        await send(editor, `/issues/${planned.issueId}/remind`, {}),
        await send(editor, `/copies/${copy!.id}/resend`, {}),
        await editor.get(`/publications/${(await named('延津政务快报')).id}/facts`),
        await editor.get('/issues/00000000-0000-4000-8000-000000000000/edit'),
        await editor.get('/issues/x/edit'),
      ];
      expect(refused.map(({ status, location }) => location ?? status)).toEqual(refused.map(() => 403));
      expect((await editor.get(`/issues/${planned.issueId}`)).status).toBe(200);
      const page = await editor.get(`/issues/${other.issueId}`);
      expect(page.text).toContain('您的角色不包括这个刊物');
      expect(page.text).not.toContain(`action="/issues/${other.issueId}/act"`);

      const mine = await world.query<{ id: string }>(`SELECT id FROM issue WHERE publication_id = $1`, [ours]);
      expect((await editor.get(`/issues/${mine[0]!.id}/edit`)).status).toBe(200);
    });

    it('take their issues from them, and no issue of another publication', async () => {
      const { id: ours } = await named('延津政务专报');
      const actor = { ...people.editor, publications: [ours] };
      const service = world.get(IssueService);
      await service.importBulletin({ fileName: 'c.txt', bytes: report('延津政务专报', 3) }, actor);
      const before = await world.query('SELECT id FROM issue');
      await expect(
        service.importBulletin({ fileName: 'd.txt', bytes: report('延津新刊', 1) }, actor),
      ).rejects.toMatchObject({ code: 'account.otherPublication' });
      expect(await world.query('SELECT id FROM issue')).toEqual(before);
      expect(await named('延津新刊')).toBeUndefined();
    });
  });
});

describe('accounts', () => {
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

  it('are changed by another administrator only, at once, and never down to none', async () => {
    const admin = await office.as('systemAdmin');
    const own = await send(admin, `/accounts/${admin.id}/edit`, { name: '甲', roles: 'auditor' });
    expect([own.status, own.text.includes('不能修改自己的角色')]).toEqual([409, true]);
    expect((await send(admin, `/accounts/${admin.id}/edit`, { name: '新名', roles: 'systemAdmin' })).status).toBe(303);
    await expect(
      world.get(AccountService).change(admin.id, { name: '新名', roles: ['editor'] }, 'cli'),
    ).rejects.toMatchObject({ code: 'account.lastAdministrator' });

    const reviewer = await office.as('reviewer');
    expect((await reviewer.get('/issues/new')).status).toBe(403);
    const changed = await send(admin, `/accounts/${reviewer.id}/edit`, { name: '改任', roles: 'editor' });
    expect((await admin.follow(changed)).text).toContain('账号已修改');
    expect((await reviewer.get('/issues/new')).status).toBe(200);
    const conflict = await send(
      admin,
      `/accounts/${reviewer.id}/edit`,
      new URLSearchParams([
        ['name', '改任'],
        ['roles', 'auditor'],
        ['roles', 'securityAdmin'],
      ]),
    );
    expect([conflict.status, conflict.text.includes('不能由同一人担任')]).toEqual([422, true]);
    const [entry] = await world.query(
      `SELECT detail FROM audit_entry WHERE action = 'account.changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry!.detail).toMatchObject({ before: { roles: ['reviewer'] }, after: { roles: ['editor'] } });
  });

  it('have a password that their owner changes, which ends every other session', async () => {
    const owner = await office.as('editor');
    const elsewhere = office.anybody();
    await office.signIn(elsewhere, owner.id);
    const first = 'Xiaomai-Feng-a';
    const setUp = async (current: string, next: string, again = next) =>
      send(owner, '/me/password', { _current: current, _next: next, again });
    expect((await setUp('nothing-Set-1', first)).text).toContain('现在的密码不正确');
    const path = await world.get(OneTimeLinkService).issue(owner.id, 'setup', 'test');
    await world.get(OneTimeLinkService).spend(path.split('/').at(-1)!, first);
    await office.signIn(owner);
    await office.signIn(elsewhere, owner.id);

    const answers = [
      await setUp('Wrong-password-1', 'Xiaomai-Feng-b'),
      await setUp(first, 'Xiaomai-Feng-b', 'Xiaomai-Feng-c'),
      await setUp(first, 'short'),
      await setUp(first, first),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect((await owner.get('/me')).text).toContain('退出其他地方的登录');
    expect((await owner.follow(await setUp(first, 'Xiaomai-Feng-b'))).text).toContain('密码已修改');
    expect((await elsewhere.get('/me')).location).toMatch(/^\/signin/);
    const [row] = await world.query<{ login: string }>('SELECT login FROM account WHERE id = $1', [owner.id]);
    await expect(world.get(SignInService).signIn(row!.login, first)).rejects.toMatchObject({
      code: 'account.signInFailed',
    });
    expect((await world.get(SignInService).signIn(row!.login, 'Xiaomai-Feng-b')).id).toBe(owner.id);
  });

  it('cannot be guessed at through the page that changes the password', async () => {
    const owner = await office.as('reviewer');
    const statuses = [];
    for (let i = 0; i < 6; i += 1) {
      const next = `Xiaomai-Feng-${i}x`;
      statuses.push(
        (await send(owner, '/me/password', { _current: `Guess-${i}-of-it`, _next: next, again: next })).status,
      );
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 423]);
  });
});
