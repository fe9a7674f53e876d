import { type Browser, type Page } from 'playwright-core';
import { publish } from '../../src/programs/demo/office.js';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import type { Staff } from '../../src/programs/demo/office.js';
import { demoRoster } from '../world.js';
import { follow, openChromium } from './chromium.js';
import { openService, type RunningService, until } from './open-service.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();

suite('control of a dispatch in the browser', () => {
  let running: RunningService;
  let browser: Browser;
  let staff: Staff;
  let issue: string;
  let editor: Page;
  let approver: Page;

  const signIn = async (who: number) => {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(/http\S+/.exec((await signInLinks(running.service))[who]!)![0]);
    await page.getByRole('main').getByRole('button').click();
    await page.waitForURL((url) => url.pathname === '/');
    return page;
  };
  const mailsTo = (address: string) =>
    running.sandbox.book.messages().filter((m) => m.kind === 'email' && m.to === address);

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    staff = await hireStaff(running.service);
    const { issueId } = await publish(running.service, staff, () => undefined);
    issue = `${running.base}/issues/${issueId}`;
    [editor, approver] = [await signIn(0), await signIn(2)];
    await until(() => running.sandbox.book.messages().length >= 345, 'the first messages');
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  it('sends one copy again from its page, once for two clicks', async () => {
    await editor.goto(`${issue}/board?show=all`);
    await follow(editor.getByRole('link', { name: '郑甲' }));
    await follow(editor.getByRole('link', { name: '再发一次…' }));
    for (const box of await editor.getByRole('checkbox').all()) await box.uncheck();
    await editor.getByLabel(/邮件/).check();
    await editor.getByRole('button', { name: '发送' }).dblclick();
    await editor.waitForURL(/\/copies\/[0-9a-f-]{36}(?:\?|$)/);
    await until(() => mailsTo('r007@yanjin.example').length === 2, 'the second mail');
    await editor.getByText('邮件（补发）：已安排').first().waitFor();
    expect(await editor.getByText('邮件（补发）：已安排').count()).toBe(1);
  });

  it('sends late copies to people who came into scope, and says so on the board', async () => {
    const came = '901,县政协正副主席,县政协,副主席九,新甲,15400000901,n901@yanjin.example,leader,,n901';
    const list = `${demoRoster().toString('utf8').trim()}\n${came}\n`;
    await running.service.get(RosterService).import(Buffer.from(list), staff.editor, new Date());
    await editor.goto(`${issue}/board`);
    await editor.getByRole('link', { name: '名单变动补发…' }).click();
    await editor.getByText('新甲').waitFor();
    await editor.getByRole('button', { name: '补发给所选的人' }).click();
    await editor.getByText('已补发给1人。').waitFor();
    await until(() => mailsTo('n901@yanjin.example').length === 1, 'the late mail');
    await editor.goto(`${issue}/board?show=all`);
    await follow(editor.getByRole('link', { name: '下一页' }));
    await editor.getByText('第2页').waitFor();
    expect(await editor.getByRole('row', { name: /新甲/ }).getByText('补发').count()).toBe(1);
  });

  it('withdraws, tells everybody, lists who had it, and corrects under the same number', async () => {
    const old = mailsTo('r007@yanjin.example')[0]!.link!;
    await approver.goto(issue);
    await approver.getByRole('link', { name: '撤回…' }).click();
    await approver.getByLabel('撤回的理由').fill('第二条数字有误');
    await approver.getByRole('button', { name: '确认撤回' }).click();
    await approver.getByText(/已安排\d+条撤回通知/).waitFor();
    await approver.getByRole('link', { name: '打印全部…' }).click();
    await approver.getByRole('row', { name: /新甲/ }).waitFor();
    await until(() => mailsTo('r007@yanjin.example').length === 3, 'the notice of withdrawal');
    const reader = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await reader.goto(old);
    await reader.getByRole('heading', { name: '第14期已撤回' }).waitFor();

    await editor.goto(`${issue}/withdrawal`);
    await editor.getByRole('link', { name: '更正后重新发送…' }).click();
    await editor.getByLabel('更正说明').fill('第二条“三万亩”应为“三十万亩”');
    await editor.getByRole('button', { name: '开始更正' }).click();
    await editor.waitForURL(/\/edit$/);
    await editor.goto(issue);
    expect(await editor.getByRole('heading', { name: '延津政务快报第14期（更正）' }).count()).toBe(1);
    await follow(editor.getByRole('button', { name: '送审' }));
    const reviewer = await signIn(1);
    await reviewer.goto(issue);
    await follow(reviewer.getByRole('button', { name: '审核通过' }));
    await approver.goto(`${issue}/sign-off`);
    await approver.getByLabel('我已核对全文，同意降低密级').check();
    await approver.getByRole('button', { name: '确认签发并发送' }).click();
    await until(() => mailsTo('r007@yanjin.example').length === 4, 'the correction');
    await reader.goto(old);
    await reader.getByRole('link', { name: '阅读更正后的版本' }).click();
    await reader.getByText('第14期（更正）').first().waitFor();
    await reader.getByText('三十万亩').first().waitFor();
    expect(running.sandbox.book.duplicates()).toEqual([]);
  });
});
