import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { demoRoster } from '../../src/programs/demo/office.js';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { beijingDate } from '../../src/domain/calendar.js';
import { violationsOf } from './axe.js';
import { follow, openChromium } from './chromium.js';
import { openService, type RunningService } from './open-service.js';
import { pc, phone, tooWide } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();

suite('the list in a browser', () => {
  let running: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    const { editor } = await hireStaff(running.service);
    await running.service.get(RosterService).import(demoRoster(false), editor, new Date());
    context = await browser.newContext({ viewport: pc });
    page = await context.newPage();
    await page.goto(/http\S+/.exec((await signInLinks(running.service))[0]!)![0]);
    await page.getByRole('main').getByRole('button').click();
    await page.waitForURL((url) => url.pathname === '/');
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  const open = (address: string, to: Page = page) => to.goto(new URL(address, running.base).href);
  const search = async (text: string) => {
    await open('/list');
    await page.getByRole('searchbox').fill(text);
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/q=/);
    return page.locator('tbody tr').count();
  };

  it.each([
    ['秦甲', 1],
    ['qj', 3], // 秦甲, 钱甲, 戚甲
    ['县人大常委会', 7],
    ['县政府副县长', 5],
    ['0018', 1],
    ['15400000018', 1],
    ['没有这个人', 0],
  ])('finds by “%s”', async (text, rows) => expect(await search(text)).toBe(rows));

  it('appoints a new holder after a preview, takes it back, and ends a tenure', async () => {
    await search('秦甲');
    await follow(page.getByRole('link', { name: '副县长', exact: true }));
    const post = page.url();
    await follow(page.getByRole('link', { name: '任职', exact: true }));
    await page.getByLabel('姓名').fill('新甲');
    await follow(page.getByRole('button', { name: '下一步：核对' }));
    await page.getByText(/秦甲/).first().waitFor();
    expect(await page.getByRole('main').textContent()).toContain('新甲还没有登记联系方式');
    const other = await context.newPage();
    await open(`/list?q=${encodeURIComponent('新甲')}`, other);
    expect(await other.locator('tbody tr').count()).toBe(0); // a preview changes nothing
    await other.close();
    await follow(page.getByRole('button', { name: '确认任职' }));
    await page.getByRole('status').getByText('已办理').waitFor();
    expect(await page.locator('.summary-list').first().textContent()).toContain('新甲');

    await follow(page.getByRole('button', { name: '撤销这项改动' }));
    await page.getByRole('status').getByText('已撤销').waitFor();
    expect(await page.locator('.summary-list').first().textContent()).toContain('秦甲');

    await page.getByRole('link', { name: '离任：秦甲' }).click();
    const later = beijingDate(new Date(Date.now() + 5 * 86_400_000));
    await page.getByLabel(/离任日期/).fill(later);
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认离任' }).click();
    await page.getByRole('status').getByText('已办理').waitFor();
    await page.goto(`${post}?at=${later}`);
    expect(await page.locator('.summary-list').first().textContent()).toContain('空缺');
    await page.goto(post);
    expect(await page.locator('.summary-list').first().textContent()).toContain('秦甲');
  });

  it('refuses the second of two who decided on the same post, in plain words', async () => {
    await search('尤甲');
    await follow(page.getByRole('link', { name: '副县长', exact: true }));
    const [first, second] = [page, await context.newPage()];
    await second.goto(`${page.url()}/appoint`);
    await first.goto(`${page.url()}/appoint`);
    for (const [tab, name] of [
      [first, '甲方'],
      [second, '乙方'],
    ] as const) {
      await tab.getByLabel('姓名').fill(name);
      await follow(tab.getByRole('button', { name: '下一步：核对' }));
    }
    await first.getByRole('button', { name: '确认任职' }).click();
    await first.getByRole('status').getByText('已办理').waitFor();
    const answer = second.waitForResponse((response) => new URL(response.url()).pathname.startsWith('/shown/'));
    await second.getByRole('button', { name: '确认任职' }).click();
    expect((await answer).status()).toBe(409);
    await second.getByText('名单刚刚被别人改过').waitFor();
    await second.close();
  });

  it('changes many holders in one form without a script, all or nothing', async () => {
    const plain = await browser.newContext({
      viewport: phone,
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const tab = await plain.newPage();
    await open('/turnover', tab);
    await tab.getByLabel('县政协正副主席').check();
    await tab.getByRole('button', { name: '下一步：填写' }).click();
    await tab.getByLabel('县政协 主席的新任职人').fill('换甲');
    await tab.getByLabel('县政协 副主席的新任职人', { exact: true }).fill('张甲'); // he holds it already
    await tab.getByRole('button', { name: '下一步：核对' }).click();
    await tab.getByText('此人在这一天已经担任这个岗位').waitFor();
    await tab.getByLabel('县政协 副主席的新任职人', { exact: true }).fill('换乙');
    const soon = beijingDate(new Date(Date.now() + 2 * 86_400_000)); // not tomorrow: it could become today meanwhile
    await tab.getByLabel(/生效日期/).fill(soon);
    await tab.getByRole('button', { name: '下一步：核对' }).click();
    await tab.getByRole('button', { name: '确认以上4项改动' }).click();
    await tab.getByText('已办理').waitFor();
    await open(`/list?q=${encodeURIComponent('换')}&at=${soon}`, tab);
    expect(await tab.locator('tbody tr').count()).toBe(2);
    await open(`/list?q=${encodeURIComponent('换')}`, tab);
    expect(await tab.locator('tbody tr').count()).toBe(0);
    await plain.close();
  });

  it('adds, renames and closes a unit with a post and a liaison officer', async () => {
    await open('/units/new');
    await page.getByLabel('名称').fill('县大数据局');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('link', { name: '新设岗位' }).click();
    await page.getByLabel('职务').fill('局长');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('已办理').waitFor();
    await page.getByRole('link', { name: '增加联络员' }).click();
    await page.getByLabel('姓名').fill('联络甲');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.getByRole('link', { name: '联络甲', exact: true }).waitFor();
    await page.getByRole('link', { name: '县大数据局', exact: true }).click();
    await page.getByRole('link', { name: '修改单位' }).click();
    await page.getByLabel('名称', { exact: true }).fill('县数据局');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('曾用名').waitFor();
    expect(await search('县大数据局')).toBe(1); // under the old name as well
    await page.getByRole('link', { name: '县数据局' }).click();
    await page.getByRole('link', { name: '撤销单位' }).click();
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByText(/^县数据局自\d{4}年\d{1,2}月\d{1,2}日起撤销。$/).waitFor();
    await page.getByRole('button', { name: '确认撤销单位' }).click();
    await page.getByRole('status').getByText('已办理').waitFor();
    expect(await search('县数据局')).toBe(0);
  });

  it('has no violation that axe knows, and fits a phone and a PC, on every page', async () => {
    await search('许甲');
    const [post, person, unit] = await Promise.all(
      ['posts', 'people', 'units'].map((what) =>
        page.locator(`tbody a[href^="/${what}/"]`).first().getAttribute('href'),
      ),
    );
    await open(post!);
    const tenure = (await page.locator('a[href^="/tenures/"][href$="/end"]').first().getAttribute('href'))!;
    const paths = [
      '/list',
      `/list?at=2020-01-01`,
      '/list?q=xyz',
      '/units',
      '/units/new',
      unit!,
      `${unit}/edit`,
      `${unit}/close`,
      `${unit}/liaisons`,
      `${unit}/posts/new`,
      post!,
      `${post}/edit`,
      `${post}/close`,
      `${post}/appoint`,
      tenure,
      tenure.replace('/end', '/correct'),
      '/people',
      '/people/new',
      person!,
      `${person}/edit`,
      `${person}/appoint?q=${encodeURIComponent('副县长')}`,
      '/turnover',
      `/turnover?unit=${unit!.split('/').at(-1)}`,
    ];
    const faults: string[] = [];
    for (const address of paths) {
      await page.setViewportSize(pc);
      const response = await open(address);
      if (response!.status() !== 200) faults.push(`${address}: ${response!.status()}`);
      for (const size of [pc, phone]) {
        await page.setViewportSize(size);
        const found = [...(await violationsOf(page)), ...(await page.evaluate(tooWide))];
        faults.push(...found.map((fault) => `${address} at ${size.width}px: ${fault}`));
      }
    }
    await page.setViewportSize(pc);
    expect(faults).toEqual([]);
  });

  it('works with the keyboard alone', async () => {
    await search('吕甲');
    await page.locator('tbody a[href^="/posts/"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '任职', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/appoint$/); // a form that is not all there yet cannot be sent with Enter
    await page.getByLabel('姓名').focus();
    await page.keyboard.type('key');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '确认任职' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('已办理').waitFor();
  });
});
