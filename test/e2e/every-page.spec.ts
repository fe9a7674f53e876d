import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { demoRoster } from '../../src/programs/demo/office.js';
import { SubscriptionRepository } from '../../src/distribution/subscriptions/subscription.repository.js';
import { endToken } from '../../src/distribution/subscriptions/subscription.service.js';
import { Vault } from '../../src/platform/crypto.js';
import { Database } from '../../src/platform/database.js';
import { xlsxFile } from '../../src/platform/sheet/write-sheet.js';
import { knownPages, routeOf } from '../known-pages.js';
import { follow, followOnceRead } from './chromium.js';
import { OfficeAtWork } from './office-at-work.js';
import { phone } from './page-check.js';
import { until } from './open-service.js';
import { proveDevice } from './own-device.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();
const bulletin = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'bulletins', name));
const rows = demoRoster(true)
  .toString('utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const asCsv = (lines: readonly (readonly string[])[]) => Buffer.from(lines.map((line) => line.join(',')).join('\n'));
const nobody = '00000000-0000-4000-8000-000000000000';

/** Every page of the product, with something on it: what a checker finds, too wide a page, a field without a label, a breach of the content policy. */
suite('every page', () => {
  let office: OfficeAtWork;
  let anybody: Page;
  let [issue, personal] = ['', ''];
  const visit = (page: Page, ...addresses: string[]) => office.visit(page, ...addresses);
  const nothingIsWrong = () => expect(office.check.faults.splice(0)).toEqual([]);
  const smsTo = (number: string) =>
    office.running.sandbox.book.messages().find(({ kind, to }) => kind === 'sms' && to === number);
  const mailTo = (address: string) =>
    office.running.sandbox.book.messages().find(({ kind, to }) => kind === 'email' && to === address);

  beforeAll(async () => {
    office = await OfficeAtWork.open(path);
    anybody = await office.newPage();
  });
  afterAll(() => office?.close());

  it('of an office that has nothing yet', async () => {
    const { editor, security } = office;
    await visit(anybody, '/signin', '/signin?next=/issues&kept=1', await office.link(0), '/s', '/subscribe');
    await visit(editor, '/issues', '/issues/new', '/list', '/list/import', '/list/imports', '/units', '/people');
    await visit(editor, '/groups', '/scope', '/publications', '/contacts', '/amendments', '/subscriptions');
    await visit(security, '/', '/api-keys');
    nothingIsWrong();
    issue = await office.publish();
    personal = new URL(await until(() => mailTo('r007@yanjin.example')?.link, 'the mail')).pathname;
  });

  it('of a list file on its way in', async () => {
    const { editor } = office;
    const step = (name: string, file: Buffer) => office.upload('/list/import', name, file);
    const sheet = (name: string) => ({ name, rows, widths: [] });
    await visit(editor, await step('两张表.xlsx', Buffer.from(await xlsxFile([sheet('领导'), sheet('单位')]))));
    await visit(editor, await step('别的表头.csv', asCsv([['排位', ...rows[0]!.slice(1)], ...rows.slice(1)])));
    const numberCut = rows.map((row, at) => row.map((cell) => (at < 8 && /^154\d{8}$/.test(cell) ? '1540' : cell)));
    await visit(editor, await step('有错误.csv', asCsv(numberCut)));
    await visit(editor, await step('少了很多.csv', asCsv(rows.slice(0, 20))));
    await visit(editor, await step('没有变动.csv', asCsv(rows)));
    for (const [state, failure] of [
      ['checking', null],
      ['running', null],
      ['failed', '导入没有完成，名单没有任何改动。请重新预览后再试。'],
    ] as const) {
      const moving = await step(`${state}.csv`, asCsv(rows.slice(0, 112)));
      await office.running.service.get(Database).prisma.listImport.update({
        where: { id: moving.split('/').at(-1)! },
        data: { state, failure, done: 21_000, total: 50_000, aliveAt: new Date(Date.now() + 3_600_000) },
      });
      await office.check.visit(editor, moving);
    }
    const newcomer = '901,县政协正副主席,县政协,副主席九,新甲,15400000901,n901@yanjin.example,leader,,n901';
    const changed = await step('有变动.csv', asCsv([...rows.slice(0, 112), newcomer.split(',')]));
    await visit(editor, '/list/import', changed, `${changed}?show=ended`);
    await office.send(editor, `${changed}/apply`, {});
    await editor.goto(office.base + changed);
    await editor.getByRole('heading', { name: '名单已导入' }).waitFor();
    await visit(editor, changed, '/list/imports', await office.linkOn(editor, '/list/imports', /\/undo$/));
    nothingIsWrong();
  });

  it('of the list', async () => {
    const { editor } = office;
    const unit = await office.linkOn(editor, '/units', /^\/units\/[0-9a-f-]{36}$/);
    const post = await office.linkOn(editor, '/list', /^\/posts\//);
    const person = await office.linkOn(editor, '/list', /^\/people\/[0-9a-f-]{36}$/);
    await visit(editor, '/list', '/list?q=xyz', '/list?at=2020-01-01', '/list/export', '/units', '/units/new');
    await visit(editor, unit, ...['edit', 'close', 'posts/new'].map((page) => `${unit}/${page}`));
    await visit(editor, ...['edit', 'close', 'appoint', 'liaisons'].map((page) => `${post}/${page}`));
    await visit(editor, '/people', '/people/new', person, `${person}/edit`);
    await visit(editor, `${person}/appoint?q=${encodeURIComponent('副县长')}`, `${person}/contacts`);
    await visit(editor, '/turnover', `/turnover?unit=${unit.split('/').at(-1)!}`);
    await visit(editor, `${unit}/liaisons`);
    await editor.getByLabel('姓名').fill('联络甲');
    await follow(editor.getByRole('button', { name: '下一步：核对' }));
    await editor.getByRole('button', { name: '确认', exact: true }).waitFor();
    await office.check.here(editor, 'confirm a change');
    await follow(editor.getByRole('button', { name: '确认', exact: true }));
    await visit(editor, await office.linkOn(editor, unit, /^\/liaisons\//));
    const ending = await office.linkOn(editor, post, /^\/tenures\/.*\/end$/);
    await visit(editor, post, ending, ending.replace(/end$/, 'correct'));
    nothingIsWrong();
  });

  it('of groups and scopes', async () => {
    const { editor } = office;
    await office.send(editor, '/groups', { name: '空的分组' });
    const group = await office.linkOn(editor, '/groups', /^\/groups\/[0-9a-f-]{36}$/);
    await visit(editor, '/groups', `${group}/rule?unitKinds=township`, `${group}?find=${encodeURIComponent('县委')}`);
    await editor.goto(`${office.base}/groups`);
    await follow(editor.getByRole('link', { name: '空的分组' }));
    await editor.getByRole('heading', { name: '空的分组' }).waitFor();
    await office.check.here(editor, 'a group of nobody');
    await editor.getByLabel(/^把这个分组并入/).selectOption({ label: '县委常委' });
    await follow(editor.getByRole('button', { name: '预览合并' }));
    await office.check.here(editor, 'a merge before it is made');
    await visit(editor, '/scope');
    await editor.getByLabel('发送范围', { exact: true }).fill('报：县委常委，付县长。送：县直各单位（除县公安局外）');
    await editor.getByText('“付县长”未对应。').waitFor();
    await office.check.here(editor, 'scope as it is typed');
    nothingIsWrong();
  });

  it('of one issue, from its import to its board', async () => {
    const { editor, approver, reviewer } = office;
    const draft = await office.upload('/issues/new', 'draft.txt', bulletin('syn11_mixed_items.txt'));
    const looks = ['', '?channel=sms', '?channel=wecom', '/print.html'].map((look) => `${draft}/preview${look}`);
    await visit(editor, '/issues', '/issues?state=drafting', draft, `${draft}/edit`, ...looks);
    await office.check.visit(editor, `${draft}/board`, 409);
    await visit(editor, ...(await office.leaveBehind(draft)), await office.enterSignatures(issue));
    const waiting = await office.upload('/issues/new', 'waiting.txt', bulletin('syn03_internal_urgent_crlf.txt'));
    await office.act(editor, waiting, 'submitForReview');
    await office.act(reviewer, waiting, 'sendBack', '第二条与上报数不符');
    await visit(editor, '/', '/issues', waiting, `${waiting}/edit`);
    await office.act(editor, waiting, 'submitForReview');
    await office.act(reviewer, waiting, 'review');
    await visit(approver, waiting, `${waiting}/sign-off`);
    const copy = await office.linkOn(editor, `${issue}/board?show=all`, /^\/copies\//);
    const parts = ['', '/progress', '/board?show=all', '/calls', '/remind', '/late', '/paper', '/paper/signed'];
    await visit(editor, ...parts.map((part) => issue + part), copy, `${copy}/resend`, `${copy}/print.html`);
    nothingIsWrong();
  });

  it('that is a long list is short on a phone, and shows the rest of a row with one key', async () => {
    const { editor } = office;
    await editor.setViewportSize(phone);
    for (const [address, hidden] of [
      [`${issue}/board?show=all`, '依据'],
      ['/list', '联系方式'],
      ['/people', '联系方式'],
      ['/units', '岗位'],
    ] as const) {
      await editor.goto(office.base + address);
      const row = editor.locator('.table--compact tbody tr').nth(1);
      const rest = row.locator(`[data-label="${hidden}"]`);
      expect([address, await rest.isVisible(), (await row.boundingBox())!.height < 90]).toEqual([address, false, true]);
      await row.getByText('详情').focus();
      await editor.keyboard.press('Enter');
      await rest.waitFor();
      await office.check.onPhone(editor, address);
    }
    nothingIsWrong();
  });

  it('of a reader', async () => {
    const { editor } = office;
    await office.check.visit(anybody, `/r/${'x'.repeat(22)}`, 404);
    await visit(anybody, `${personal}/device`).then(() => proveDevice(anybody, office.running));
    await visit(anybody, personal, `${personal}/me`, `${personal}/preferences`, `${personal}/acknowledge`);
    await office.send(anybody, `${personal}/me/amendments`, { text: '手机号已换，请更正' });
    await followOnceRead(anybody.getByRole('button', { name: '确认签收' }));
    await visit(editor, '/amendments');
    const person = await office.linkOn(editor, `/list?q=${encodeURIComponent('郑甲')}`, /^\/people\//);
    await visit(anybody, personal, `${personal}/me`);
    await editor.goto(`${office.base}${person}/contacts`);
    await follow(editor.getByRole('button', { name: /偏好.*链接|链接.*偏好/ }));
    await office.check.here(editor, 'link to the preferences');
    await visit(anybody, new URL(await editor.getByLabel('链接').inputValue()).pathname);
    await visit(editor, '/contacts', '/contacts?trouble=unverified', '/contacts/wiping');
    await office.visitInTheDark(`${issue}/preview?channel=sms`, `${issue}/board?show=all`, '/contacts', personal);
    nothingIsWrong();
  });

  it('of a subscription', async () => {
    const { editor } = office;
    await visit(editor, '/subscriptions');
    await follow(editor.getByRole('button', { name: /^开放/ }).first());
    await visit(anybody, '/subscribe');
    await anybody.getByLabel('姓名或单位名称').fill('某村村委会');
    await anybody.getByLabel('邮箱地址或手机号码').fill('cun@village.example');
    await anybody.getByRole('button', { name: /订阅|下一步|验证码/ }).click();
    await anybody.waitForURL(/subscribe\/code/);
    await office.check.here(anybody, 'code of a subscription');
    const sent = await until(() => mailTo('cun@village.example'), 'the code');
    const confirm = /\/subscribe\/confirm\/[\w-]+/.exec(office.running.sandbox.book.htmlOf(sent.n)!)![0];
    await visit(anybody, confirm);
    await office.send(anybody, confirm, {});
    await visit(anybody, '/subscribe/done');
    await visit(editor, '/subscriptions');
    const subscriptions = office.running.service.get(SubscriptionRepository);
    const { id } = (await subscriptions.listSubscriptions(['confirmed'], 1, 0))[0]!;
    await office.send(editor, '/subscriptions', { ids: id, act: 'approve' });
    await visit(editor, '/subscriptions?tab=active', `/subscriptions/${id}/end`);
    await anybody.goto(`${office.base}/subscribe`);
    await anybody.getByLabel('姓名或单位名称').fill('退休干部甲');
    await anybody.getByLabel(/^手机短信/).check();
    await anybody.getByLabel('邮箱地址或手机号码').fill('13900000009');
    await anybody.getByRole('button', { name: /订阅|下一步|验证码/ }).click();
    await anybody.waitForURL(/subscribe\/code/);
    const text = await until(() => smsTo('13900000009'), 'the code by SMS');
    await anybody.getByLabel('6位验证码').fill(text.code!);
    await anybody.getByRole('button', { name: '确认订阅' }).click();
    await anybody.waitForURL(/subscribe\/done/);
    await visit(editor, ...(await office.replyFrom('13900000009', editor)), '/subscriptions');
    await editor.getByRole('link', { name: /查看号码/ }).click();
    await editor.getByLabel('查看的理由').fill('电话告知审核结果');
    await office.check.here(editor, 'reason to look at a number');
    await editor.getByRole('button', { name: '查看并记入留痕' }).click();
    await editor.getByText('13900000009').waitFor();
    await office.check.here(editor, 'a number to phone');
    await editor.goto(`${office.base}/subscriptions`);
    await editor.getByLabel('选择退休干部甲').check();
    await editor.getByLabel('理由（不通过时填写）').fill('不在服务范围');
    await editor.getByRole('button', { name: '不通过所选' }).click();
    await editor.getByText('其中1条没有通知到申请人').waitFor();
    await office.check.here(editor, 'somebody to phone');
    const end = `/u/${endToken(office.running.service.get(Vault), id)}`;
    await visit(anybody, end);
    await office.send(anybody, end, { 'List-Unsubscribe': 'One-Click' });
    await visit(anybody, `${end}?ended=1`);
    await visit(editor, '/subscriptions?tab=other');
    nothingIsWrong();
  });

  it('of the settings, the accounts and the trail', async () => {
    const { admin, security, check } = office;
    const paper = await office.linkOn(admin, '/publications', /^\/publications\//);
    for (const part of ['', '?who=%E8%B5%B5', '/layout', '/facts', '/year']) await visit(admin, `${paper}${part}`);
    for (const act of [/\/disable$/, /\/edit$/]) await visit(admin, await office.linkOn(admin, '/accounts', act));
    await visit(admin, '/publications', '/channels', '/channels/cmpp/settings', '/trial', '/me', '/accounts');
    await admin.getByLabel('账号名').fill('xinren');
    await admin.getByLabel('姓名', { exact: true }).fill('新人');
    await admin.getByLabel(/责任编辑/).check();
    await follow(admin.getByRole('button', { name: '新建并生成一次性链接' }));
    await check.here(admin, 'link of a new account');
    await visit(await office.newPage(), /\/once\/[\w-]+/.exec(await admin.content())![0]);
    await visit(security, '/audit', '/audit?actor=x', '/calendar', '/api-keys');
    await security.getByLabel('用途').fill('人事系统同步');
    await security.getByRole('checkbox').first().check();
    await follow(security.getByRole('button', { name: '新建密钥' }));
    await check.here(security, 'a new key');
    await visit(security, '/api-keys', await office.linkOn(security, '/api-keys', /\/revoke$/));
    nothingIsWrong();
  });

  it('of an issue that is withdrawn and corrected', async () => {
    const { approver, editor } = office;
    await visit(editor, `${issue}/archive`);
    await visit(approver, `${issue}/withdraw`);
    await approver.getByLabel('撤回的理由').fill('第二条数字有误');
    await follow(approver.getByRole('button', { name: '确认撤回' }));
    await visit(approver, `${issue}/withdrawal`, issue, `${issue}/sign-off`);
    await visit(editor, `${issue}/correct`);
    await office.check.visit(anybody, personal, 410);
    await editor.goto(`${office.base}${issue}/correct`);
    await editor.getByLabel('更正说明').fill('第二条“三万亩”应为“三十万亩”');
    await follow(editor.getByRole('button', { name: '开始更正' }));
    await visit(editor, `${issue}/edit`, issue, `${issue}/give-up-correction`);
    await visit(approver, await office.schedule(issue));
    nothingIsWrong();
  });

  it('of what went wrong', async () => {
    const { editor, check } = office;
    await check.visit(editor, '/nothing-here', 404);
    await check.visit(editor, `/issues/${nobody}`, 404);
    await check.visit(editor, '/accounts', 403);
    await check.visit(anybody, '/subscribe/confirm/nothing', 410);
    await editor.goto(`${office.base}/list/import`);
    // As a browser sends it that does not ask for the file itself.
    await editor.getByLabel('名单文件').evaluate((field: HTMLInputElement) => (field.required = false));
    await follow(editor.getByRole('button', { name: '上传并预览' }));
    await check.here(editor, 'faults of a form', 422);
    nothingIsWrong();
  });

  it('that the router knows has been looked at', () => {
    const routes = knownPages();
    const seen = new Set(office.check.opened.map((pathname) => routeOf(pathname, routes)));
    expect([routes.length > 70, ...routes.filter((route) => !seen.has(route))]).toEqual([true]);
  });
});
