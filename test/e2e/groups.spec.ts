import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { publish } from '../../src/programs/demo/office.js';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { violationsOf } from './axe.js';
import { openChromium } from './chromium.js';
import { openService, type RunningService } from './open-service.js';
import { pc, phone, tooWide } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();
/** Pictures for whoever works on the pages: KUAIBAO_SHOTS=/tmp/shots npm run test:e2e -- test/e2e/groups.spec.ts */
const shots = process.env.KUAIBAO_SHOTS;

suite('groups and the scope box in a browser', () => {
  let running: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let issue: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    const staff = await hireStaff(running.service);
    issue = `${running.base}/issues/${(await publish(running.service, staff, () => undefined)).issueId}`;
    context = await browser.newContext({ viewport: pc });
    page = await signedIn(context);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  const signedIn = async (where: BrowserContext): Promise<Page> => {
    const fresh = await where.newPage();
    await fresh.goto(/http\S+/.exec((await signInLinks(running.service))[0]!)![0]);
    await fresh.getByRole('main').getByRole('button').click();
    await fresh.waitForURL((url) => url.pathname === '/');
    return fresh;
  };
  const picture = async (name: string) => {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  };

  it('makes a group by rule with a live count, nests another, and takes the last step back', async () => {
    await page.goto(`${running.base}/groups`);
    await page.getByLabel('分组名称').fill('各乡镇主官');
    await page.getByRole('button', { name: '新建' }).click();
    await page.waitForURL(/groups\/[0-9a-f-]{36}$/);
    await page.getByLabel('乡镇街道', { exact: true }).check();
    await page.getByText('按这个规则，今天有13个岗位、13人。').waitFor();
    await picture('rule-preview');
    await page.getByRole('button', { name: '保存规则' }).click();
    await page.getByRole('heading', { name: /在组内：13个岗位，13人/ }).waitFor();
    await page.getByLabel('包含法院院长').check();
    await page.locator('#parts').getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: /14个岗位，14人/ }).waitFor();
    await page.getByRole('cell', { name: '经分组“法院院长”' }).waitFor();
    await page.getByLabel('查找单位、职务或姓名', { exact: true }).fill('财政局');
    await page.getByRole('button', { name: '查找岗位' }).click();
    await page.getByLabel(/县财政局 主要负责人/).check();
    await page.getByRole('button', { name: '列入', exact: true }).click();
    await page.getByRole('heading', { name: /15个岗位，15人/ }).waitFor();
    await picture('group');
    await page.getByRole('button', { name: '撤销这次改动' }).click();
    await page.getByRole('heading', { name: /14个岗位，14人/ }).waitFor();
  });

  it('merges a group into another after a preview, keeps its name as an alias, and takes it back', async () => {
    await page.goto(`${running.base}/groups`);
    await page.getByRole('link', { name: '检察院检察长' }).click();
    await page.getByLabel(/^把这个分组并入/).selectOption({ label: '法院院长' });
    await page.getByRole('button', { name: '预览合并' }).click();
    await page.getByText('“法院院长”增加1个岗位').waitFor();
    const current = page.getByRole('navigation', { name: '主要栏目' }).locator('[aria-current="page"]');
    expect(await current.allTextContents()).toEqual(['分组']);
    await picture('merge-preview');
    await page.getByRole('button', { name: '确认合并' }).click();
    await page.getByRole('heading', { name: /在组内：2个岗位，2人/ }).waitFor();
    await page.getByRole('button', { name: /^去掉\s*别名检察院检察长$/ }).waitFor();
    await page.getByRole('button', { name: '撤销这次改动' }).click();
    await page.getByRole('heading', { name: /在组内：1个岗位，1人/ }).waitFor();
    await page.goto(`${running.base}/groups`);
    await page.getByRole('link', { name: '检察院检察长' }).waitFor();
  });

  it('says what a scope means while it is typed, and remembers a name with one click, and back', async () => {
    await page.goto(`${running.base}/scope`);
    await page
      .getByLabel('发送范围', { exact: true })
      .pressSequentially('报：县委书记、县长。送：付县长，县直各单位（除县公安局外）');
    await page.getByText('“付县长”未对应。').waitFor();
    await page.getByText('除去：县公安局').waitFor();
    await picture('scope');
    await page.getByRole('button', { name: '就是分组“副县长”，记住' }).click();
    await page.getByText('已记住：“付县长”就是“副县长”。').waitFor();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('“付县长”未对应。').waitFor();
  });

  it('keeps the word of what was remembered although something had just been typed', async () => {
    const own = await browser.newContext({ viewport: pc });
    const other = await signedIn(own);
    await other.clock.install({ time: '2026-11-26T08:00:00' });
    await other.goto(`${running.base}/scope`);
    await other.clock.pauseAt('2026-11-27T08:00:00');
    let asked = 0;
    other.on('request', (request) => (asked += Number(request.method() === 'POST')));
    const text = other.getByLabel('发送范围', { exact: true });
    await text.fill('付县长');
    await other.clock.runFor(1000);
    await other.getByText('“付县长”未对应。').waitFor();
    await text.fill('付县长，县委书记');
    await other.getByRole('button', { name: '就是分组“副县长”，记住' }).click();
    await other.getByText('已记住：“付县长”就是“副县长”。').waitFor();
    await other.clock.runFor(1000);
    await other.getByRole('button', { name: '撤销' }).click();
    await other.getByText('“付县长”未对应。').waitFor();
    expect(asked).toBe(3);
    await own.close();
  });

  it('is free of axe’s complaints and fits a phone', async () => {
    await page.goto(`${running.base}/groups`);
    const group = await page.getByRole('link', { name: '各乡镇主官' }).getAttribute('href');
    const listed = await page.getByRole('link', { name: '县直各单位负责人' }).getAttribute('href');
    const troubles: string[] = [];
    for (const address of ['/groups', group!, `${listed!}?find=县委#listing`, '/scope', `${issue}#scope`]) {
      await page.setViewportSize(pc);
      await page.goto(new URL(address, running.base).href);
      if (address === '/scope') {
        await page.getByLabel('发送范围', { exact: true }).fill('县委常委，付县长，存档2份');
        await page.getByText('“付县长”未对应。').waitFor();
      }
      for (const size of [pc, phone]) {
        await page.setViewportSize(size);
        const found = [...(await violationsOf(page)), ...(await page.evaluate(tooWide))];
        troubles.push(...found.map((trouble) => `${address} ${size.width}: ${trouble}`));
        await picture(`${address.replace(/\W+/g, '-').slice(0, 30)}-${size.width}`);
      }
    }
    expect(troubles).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('works without a script, and with the keyboard alone', async () => {
    const plain = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    const other = await signedIn(plain);
    await other.goto(`${running.base}/scope`);
    await other.getByLabel('发送范围', { exact: true }).fill('县委常委，付县长');
    await other.getByRole('button', { name: '查看人员' }).press('Enter');
    await other.getByRole('button', { name: '就是分组“副县长”，记住' }).press('Enter');
    await other.getByText('已记住：“付县长”就是“副县长”。').waitFor();
    await other.goto(`${running.base}/groups`);
    await other.getByRole('link', { name: '各乡镇主官' }).press('Enter');
    await other.getByLabel('正职', { exact: true }).press('Space');
    await other.getByRole('button', { name: '查看人员' }).press('Enter');
    await other.getByText(/按这个规则，今天有13个岗位/).waitFor();
    await plain.close();
  });
});
