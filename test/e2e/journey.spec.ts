import { AccountService } from '../../src/accounts/account.service.js';
import { demoRoster, seedBulletin } from '../world.js';
import { openService, type RunningService, until } from './open-service.js';
import { fieldOf, formOf, type Page, Person, textOf } from './person.js';

const password = 'Xiaomai-Feng-7!';

describe('the whole way over HTTP, without script', () => {
  let running: RunningService;
  beforeAll(async () => (running = await openService()));
  afterAll(() => running.stop());

  const person = () => new Person(running.base);
  const mailTo = (address: string) =>
    running.sandbox.book.messages().find((m) => m.kind === 'email' && m.to === address);

  /** Sets a password through the one-time link on the page, as the person it was handed to. */
  async function enrol(page: Page): Promise<Person> {
    const path = /\/once\/[\w-]+/.exec(page.html)![0];
    const somebody = person();
    await somebody.get(path);
    const set = await somebody.post(path, { password, again: password });
    expect(set.status).toBe(200);
    return somebody;
  }

  it('tells a monitor that it is well, without an account', async () => {
    const { status, html } = await person().get('/healthz');
    expect([status, html]).toEqual([200, '{"status":"ok"}']);
  });

  it('from the first start to an acknowledged issue and one reminder', async () => {
    // First start: no default password, a link that sets one.
    const administrator = person();
    const path = (await running.service.get(AccountService).ensureFirstAdministrator())!;
    expect((await administrator.get('/issues')).status).toBe(401);
    expect(textOf((await administrator.post(path, { password: 'short', again: 'short' })).html)).toContain(
      '至少10个字符',
    );
    await administrator.post(path, { password, again: password });
    expect((await administrator.post(path, { password, again: password })).status).toBe(410);
    expect((await administrator.get('/issues')).status).toBe(403);

    // Three accounts for the sign-off chain.
    const hire = async (login: string, name: string, role: string) =>
      enrol(await administrator.post('/accounts', { login, name, roles: role }));
    const editor = await hire('bianji', '编辑甲', 'editor');
    const reviewer = await hire('shenhe', '审核乙', 'reviewer');
    const approver = await hire('qianfa', '签发丙', 'approver');
    // A new installation is on trial until the security administrator has seen enough.
    const security = await hire('anquan', '安全丁', 'securityAdmin');
    expect(textOf((await editor.get('/issues')).html)).toContain('系统正在试运行');
    await security.post('/trial/release', { reason: '演练正常' });

    // The list: dry run, then all of it.
    const dryRun = await editor.upload('/list/import', { name: 'list.csv', bytes: demoRoster() });
    expect(textOf(dryRun.html)).toContain('115');
    const applied = await editor.post(`${dryRun.path}/apply`);
    expect(applied.status).toBe(200);
    await until(async () => textOf((await editor.get(dryRun.path)).html).includes('名单已导入'), 'the import');
    expect(textOf((await editor.get('/list')).html)).toContain('县委书记赵甲');

    // The issue: import, correct the class, submit.
    const imported = await editor.upload('/issues/new', { name: 'seed.txt', bytes: seedBulletin() });
    const issue = /^\/issues\/[0-9a-f-]{36}/.exec(imported.path)![0];
    expect(textOf(imported.html)).toContain('导入时有3处需核对');
    const edit = formOf((await editor.get(`${issue}/edit`)).html, `${issue}/edit`);
    const lowered = { ...edit, level: 'public', step: 'save' };
    expect(textOf((await editor.post(`${issue}/edit`, { ...lowered, levelReason: '' })).html)).toContain('理由');
    const saved = await editor.post(`${issue}/edit`, { ...lowered, levelReason: '已主动公开' });
    expect(saved.path).toBe(issue);
    const act = async (who: Person, name: string) =>
      who.post(`${issue}/act`, { revision: fieldOf((await who.get(issue)).html, 'revision'), act: name });
    expect(textOf((await act(editor, 'submitForReview')).html)).toContain('待审核');
    expect(textOf((await act(reviewer, 'review')).html)).toContain('待签发');

    // Sign-off: the editor may not, a stale page may not, the approver may.
    const confirm = await approver.get(`${issue}/sign-off`);
    expect(textOf(confirm.html)).toContain('理由：已主动公开');
    const revision = fieldOf(confirm.html, 'revision');
    expect((await editor.post(`${issue}/sign-off`, { revision })).status).toBe(403);
    expect(
      (await approver.post(`${issue}/sign-off`, { revision: String(Number(revision) - 1), agreesToLevel: 'yes' }))
        .status,
    ).toBe(409);
    const past = await approver.post(`${issue}/sign-off`, { revision, sendAt: '2020-01-01T08:00' });
    expect([past.status, textOf(past.html).includes('已经过去')]).toEqual([422, true]);
    const unconfirmed = await approver.post(`${issue}/sign-off`, { revision });
    expect([unconfirmed.status, textOf(unconfirmed.html).includes('同意降低密级')]).toEqual([422, true]);
    expect((await approver.post(`${issue}/sign-off`, { revision, agreesToLevel: 'yes' })).status).toBe(200);

    // Sending, until every provider has taken everything.
    await until(
      async () => textOf((await editor.get(`${issue}/progress`)).html).includes('发送已完成'),
      'the end of sending',
    );
    expect(running.sandbox.book.messages()).toHaveLength(345);
    expect(running.sandbox.book.duplicates()).toEqual([]);

    // A reader: looking changes nothing, the button does.
    const link = new URL(mailTo('r013@yanjin.example')!.link!).pathname;
    const reader = person();
    expect(textOf((await reader.get(link)).html)).toContain('县人大常委会副主任蒋甲');
    await reader.get(link);
    expect(textOf((await editor.get(`${issue}/board`)).html)).toContain('已签收0');
    const thanks = await reader.acknowledge(link);
    expect(textOf(thanks.html)).toMatch(/已签收20\d\d年\d+月\d+日/);
    expect(
      (
        await fetch(new URL(`${link}/acknowledge`, running.base), {
          method: 'POST',
          headers: { 'sec-fetch-site': 'cross-site' },
        })
      ).status,
    ).toBe(403);

    // By the code in the SMS, spaces and all.
    const sms = running.sandbox.book.messages().find((m) => m.kind === 'sms' && m.to === '15400000014')!;
    const byCode = await person().post('/s', { code: `${sms.code!.slice(0, 5)} ${sms.code!.slice(5)}` });
    expect(textOf(byCode.html)).toContain('沈甲');
    expect(textOf((await person().post('/s', { code: '0000000000' })).html)).toContain('不正确');

    const board = textOf((await editor.get(`${issue}/board`)).html);
    expect(board).toContain('已签收1');
    expect(board).toContain('未签收：114人');
    const csv = (await editor.get(`${issue}/board.csv`)).html;
    expect(csv.split('\r\n').filter((line) => line.includes('蒋甲'))[0]).toContain('已签收');

    // One reminder, to 114 people, each over one channel.
    const seen = fieldOf((await editor.get(`${issue}/remind`)).html, 'seen');
    await editor.post(`${issue}/remind`, { seen });
    await until(() => running.sandbox.book.messages().length === 345 + 114, 'the reminders');
    expect(running.sandbox.book.messages().filter((m) => m.to === '15400000013')).toHaveLength(1);
    expect((await editor.post(`${issue}/remind`, { seen })).status).toBe(409);

    // Withdrawal: every link dies.
    const withdraw = await approver.get(`${issue}/withdraw`);
    await approver.post(`${issue}/withdraw`, { revision: fieldOf(withdraw.html, 'revision'), note: '内容有误' });
    const gone = await reader.get(link);
    expect([gone.status, textOf(gone.html).includes('已撤回')]).toEqual([410, true]);
  });

  it('refuses what is no bulletin and what is classified, and shows no stack', async () => {
    const administrator = await running.service.get(AccountService).listAccounts();
    expect(administrator.length).toBeGreaterThan(3);
    const editor = person();
    await editor.post('/signin', { login: 'bianji', password });
    const upload = async (text: string) => editor.upload('/issues/new', { name: 'x.txt', bytes: Buffer.from(text) });
    const notice = await upload('关于召开会议的通知\n\n各单位：\n\n请准时参加。\n');
    expect([notice.status, textOf(notice.html).includes('不像一期简报')]).toEqual([422, true]);
    const secret = await upload(`秘 密\n${seedBulletin().toString('utf8')}`);
    expect([secret.status, textOf(secret.html).includes('国家秘密')]).toEqual([422, true]);
    expect(textOf((await editor.get('/issues/not-a-number')).html)).not.toContain('at ');
    expect((await editor.get('/issues/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('takes reports only at the secret address', async () => {
    const push = (key: string) =>
      fetch(new URL(`/callbacks/yunmas/${key}`, running.base), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '[]',
      });
    expect((await push('x'.repeat(32))).status).toBe(403);
  });
});
