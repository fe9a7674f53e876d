import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { follow } from './chromium.js';
import { OfficeAtWork } from './office-at-work.js';
import { phone } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();
const fixture = (...name: string[]) => readFileSync(join(import.meta.dirname, '..', 'fixtures', ...name));

suite('the original beside the form', () => {
  let office: OfficeAtWork;
  beforeAll(async () => void (office = await OfficeAtWork.open(path, ['editor'])));
  afterAll(() => office?.close());

  const line = (page: Page, number: number): Locator => page.locator(`#line-${number}`);
  const dropFile = async (page: Page, name: string, buffer: Buffer, link = '对照原文核对、改正') => {
    await page.goto(`${office.base}/issues/new`);
    await page.getByLabel(/^简报文件/).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await follow(page.getByRole('button', { name: '导入', exact: true }));
    await follow(page.getByRole('link', { name: link, exact: true }).first());
  };
  /** Where the keyboard goes on from. */
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('[id]')?.id ?? '');

  it('of a Word file that is dropped: three warnings or fewer, and one press corrects what was joined', async () => {
    const { editor } = office;
    await dropFile(editor, 'seed.docx', fixture('word', 'seed.docx'));
    expect(await editor.locator('.original .is-warned').count()).toBeLessThanOrEqual(3);
    const left = (await editor.locator('#edit').boundingBox())!;
    const right = (await editor.locator('.original').boundingBox())!;
    expect(right.x).toBeGreaterThanOrEqual(left.x + left.width);
    await office.check.here(editor, 'the original beside the form');
    const body = editor.locator('[id="sections.1.items.0.body"]');
    expect((await body.inputValue()).split('\n')).toHaveLength(1);
    const second = line(editor, 19);
    expect(await second.textContent()).toContain('的统一监控、调度和管理');
    const id = 'line-19';
    await follow(second.getByRole('button', { name: '分开，另起一段' }));
    expect((await body.inputValue()).split('\n')).toHaveLength(2);
    expect([new URL(editor.url()).hash, await focused(editor)]).toEqual([`#${id}`, id]);
    await follow(second.getByRole('button', { name: '改回接上一行' }));
    expect((await body.inputValue()).split('\n')).toHaveLength(1);
    expect(office.check.faults.splice(0)).toEqual([]);
  });

  it('of the next issue of that paper: a label that was put right once is known, and nothing is warned of', async () => {
    const { editor } = office;
    const next = (number: number, checker: string): Buffer =>
      Buffer.from(
        `延津政务快报\n第${number}期\n延津县人民政府办公室\n2025年4月3日\n【用地保障】\n` +
          `县水利局清淤 清淤12公里，惠及3个村。（水利局）\n本期发：县委常委。\n` +
          `责任编辑：李勉  把关：${checker}  签发：范晓宇`,
      );
    await dropFile(editor, 'b.txt', next(15, '路帅'));
    await editor.getByLabel('审核', { exact: true }).fill('路帅');
    await follow(editor.getByRole('button', { name: '保存', exact: true }).first());
    // Where there is nothing to look at the page only offers to edit.
    await dropFile(editor, 'c.txt', next(16, '赵立'), '编辑');
    expect(await editor.locator('.original .is-warned').count()).toBe(0);
    expect(await editor.getByLabel('审核', { exact: true }).inputValue()).toBe('赵立');
  });

  describe.each([true, false])('with the keyboard, script: %s', (javaScriptEnabled) => {
    let page: Page;
    beforeAll(async () => {
      page = await office.signIn(0, { javaScriptEnabled });
      const text = fixture('bulletins', 'syn06_pagebreaks.txt').toString('utf8');
      await dropFile(page, 'a.txt', Buffer.from(javaScriptEnabled ? text : `${text}\n`));
    });
    afterAll(() => page.context().close());

    it('from a line to its part of the form and back', async () => {
      const item = page.locator('#item-1-1');
      await item.getByRole('link', { name: '原文第36行' }).first().focus();
      await page.keyboard.press('Enter');
      expect([new URL(page.url()).hash, await focused(page)]).toEqual(['#line-36', 'line-36']);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('sections.1.items.1.headline');
    });

    it('a second reading is marked at the line and in the form, is taken at a press, and what follows moves along', async () => {
      expect(await line(page, 36).getAttribute('class')).toBe('is-warned');
      const field = (name: string) => page.locator(`[id="sections.1.items.1.${name}"]`).inputValue();
      const [title, text] = [await field('headline'), await field('body')];
      const take = line(page, 36).getByRole('button', { name: /^改为/ });
      await take.focus();
      const loaded = page.waitForEvent('load');
      await page.keyboard.press('Enter');
      await loaded;
      expect(await focused(page)).toBe('line-36');
      expect([await field('headline'), await field('body')]).toEqual(['', `${title}\n${text}`]);
      await page.keyboard.press('Tab');
      await follow(line(page, 36).getByRole('button', { name: /^改回/ }));
      expect([await field('headline'), await field('body')]).toEqual([title, text]);
    });

    it('a line is said to be something else on a phone', async () => {
      await page.setViewportSize(phone);
      await page.getByRole('link', { name: '看导入的原文' }).click();
      expect(await focused(page)).toBe('original-title');
      await follow(line(page, 36).getByRole('button', { name: '改第36行' }));
      expect(await focused(page)).toBe('line-36');
      // What looks for faults needs a script itself.
      if (javaScriptEnabled) await office.check.onPhone(page, 'what a line is');
      await page.getByLabel('这一行是').selectOption('栏目名');
      await follow(page.getByRole('button', { name: '按此重读' }));
      expect(await line(page, 36).textContent()).toContain('已按您说的读作栏目名');
      expect(office.check.faults.splice(0)).toEqual([]);
    });
  });
});
