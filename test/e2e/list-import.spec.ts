import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { xlsxFile } from '../../src/platform/sheet/write-sheet.js';
import { demoRoster, seedBulletin } from '../world.js';
import { violationsOf } from './axe.js';
import { openChromium } from './chromium.js';
import { openService, type RunningService } from './open-service.js';
import { pc, phone, tooWide } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The office's own table: other headings than ours, a title above. */
const ownHeadings = ['排位', '发送到的组', '工作单位', '现任职务', '姓 名', '本人手机', '电子邮箱', '类别', '联络员'];
const demo = demoRoster()
  .toString('utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(','));

suite('a list file in a real browser', () => {
  let running: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    await hireStaff(running.service);
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

  const workbook = (rows: string[][]) =>
    xlsxFile([{ name: '名单', rows: [['延津县领导干部和单位负责人名单'], ownHeadings, ...rows], widths: [] }]);
  const upload = async (rows: string[][]) => {
    await page.goto(`${running.base}/list/import`);
    await page
      .getByLabel('名单文件')
      .setInputFiles({ name: '名单.xlsx', mimeType: xlsxType, buffer: await workbook(rows) });
    await page.getByRole('button', { name: '上传并预览' }).click();
    await page.waitForURL(/list\/import\/[0-9a-f-]{36}/);
  };
  /** No violation that axe knows of, and nothing wider than the screen, on a PC and on a phone. */
  const sound = async () => {
    for (const size of [pc, phone]) {
      await page.setViewportSize(size);
      const found = [...(await violationsOf(page)), ...(await page.evaluate(tooWide))];
      expect([page.url(), size.width, ...found]).toEqual([page.url(), size.width]);
    }
    await page.setViewportSize(pc);
  };

  it('takes an administrator from his own Excel of 115 people to a scope of 115 copies', async () => {
    await page.goto(`${running.base}/list/import`);
    await sound();
    await upload(demo);
    await page.getByRole('heading', { name: '每一列是什么？' }).waitFor();
    await sound();
    await page.getByLabel('A列“排位”导入为').selectOption({ label: '序号' });
    await page.getByLabel('B列“发送到的组”导入为').selectOption({ label: '分组' });
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('heading', { name: '共115处变动，还没有导入' }).waitFor();
    await sound();
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('heading', { name: '名单已导入' }).waitFor();
    await sound();

    await page.goto(`${running.base}/issues/new`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'seed.txt', mimeType: 'text/plain', buffer: seedBulletin() });
    await page.getByRole('button', { name: /导入/ }).first().click();
    await page.waitForURL(/issues\/[0-9a-f-]{36}/);
    expect(await page.getByRole('main').innerText()).toMatch(/115\s*(人|份)/);
  });

  it('shows of a second file exactly the 12 changes in it, and applies them', async () => {
    const rows = demo.map((row) => [...row]);
    for (const [at, number] of [3, 4, 5, 6].entries()) rows[number]![5] = `1540000090${at}`; // four numbers
    for (const [at, number] of [40, 41, 42].entries()) {
      rows[number]![4] = `新任${'甲乙丙'[at]!}`; // three new holders of an office's own number
    }
    rows[50]![8] = '新联络员'; // an officer
    rows[51]![1] = `${rows[51]![1]!}；重点单位`; // a group
    rows.splice(114, 1); // one that ends
    rows.push(['116', '县直各单位负责人', '新设局', '局长', '新丁', '15400000916', 'r916@yanjin.example', 'unit', '']);
    rows.push([
      '117',
      '县直各单位负责人',
      '新设局',
      '副局长',
      '新戊',
      '15400000917',
      'r917@yanjin.example',
      'unit',
      '',
    ]);
    await upload(rows);
    await page.getByRole('heading', { name: '共12处变动，还没有导入' }).waitFor();
    await page.waitForLoadState();
    expect(await page.locator('tbody tr').count()).toBe(12);
    expect(await page.getByRole('navigation', { name: '按变动筛选' }).innerText()).toMatch(
      /全部变动 12\s+新增 2\s+变动 9\s+不再列入 1/,
    );
    await page.getByRole('link', { name: /不再列入 1/ }).click();
    await page.getByRole('rowheader', { name: /榆林乡 乡长/ }).waitFor();
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('heading', { name: '名单已导入' }).waitFor();
    await page.getByRole('link', { name: '撤销这次导入' }).click();
    await page.getByRole('heading', { name: '撤销导入' }).waitFor();
    await sound();
    await page.getByRole('button', { name: '撤销这次导入' }).click();
    await page.getByText(/已由.*撤销/).waitFor();
    await sound();
    await upload(demo);
    await page.getByText('与现有名单完全一致').waitFor();
  });

  it('names all seven faults of a file and changes nothing', async () => {
    const rows = demo.map((row) => [...row]);
    rows[0]![5] = '1540000';
    rows[1]![6] = 'r002';
    rows[2]![4] = '';
    rows[3]![7] = 'boss';
    rows[4]![0] = '零';
    rows[5]![5] = rows[6]![5]!;
    rows[7]![1] = '';
    await upload(rows);
    await page.getByRole('heading', { name: '名单有7处错误，没有导入' }).waitFor();
    await page.waitForLoadState();
    const places = await page.locator('tbody tr').evaluateAll((lines) =>
      lines.map((line) =>
        [...line.children]
          .slice(0, 2)
          .map((cell) => cell.textContent)
          .join(' '),
      ),
    );
    expect(places).toEqual([
      '3 F列“手机”',
      '4 G列“邮箱”',
      '5 E列“姓名”',
      '6 H列“类别”',
      '7 A列“序号”',
      '9 F列“手机”',
      '10 B列“分组”',
    ]);
    await sound();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载标出错误的文件' }).click();
    expect((await download).suggestedFilename()).toBe('名单（标出错误）.xlsx');
    await upload(demo);
    await page.getByText('与现有名单完全一致').waitFor();
  });

  it('works by keyboard and without script, and the export goes in again unchanged', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const still = await plain.newPage();
    await still.goto(`${running.base}/list/export`);
    await still.getByLabel(/完整/).first().focus();
    await still.keyboard.press('Space');
    await still.getByLabel(/用途/).fill('核对');
    const download = still.waitForEvent('download');
    await still.getByLabel(/用途/).press('Enter');
    const file = readFileSync(await (await download).path());
    await still.goto(`${running.base}/list/import`);
    await still.getByLabel('名单文件').setInputFiles({ name: 'x.xlsx', mimeType: xlsxType, buffer: file });
    await still.getByRole('button', { name: '上传并预览' }).focus();
    await still.keyboard.press('Enter');
    await still.getByText('与现有名单完全一致').waitFor();
    await plain.close();
    await page.goto(`${running.base}/list/export`);
    await sound();
  });
});
