import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { AccountService } from '../../src/accounts/account.service.js';
import { OneTimeLinkService } from '../../src/accounts/one-time-link.service.js';
import { demoRoster } from '../../src/programs/demo/office.js';
import { pageIsRead } from './chromium.js';
import { OfficeAtWork } from './office-at-work.js';
import { until } from './open-service.js';
import { ownCode } from './own-device.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();
const bulletin = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'bulletins', name));
const password = 'Xiaomai-Feng-7!';

/** Presses Tab until the focus is there, as somebody without a mouse does, and looks whether one can see it. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  await target.waitFor();
  for (let pressed = 0; pressed < 120;) {
    const { focus, between } = await target.evaluate(focusOn);
    if (focus)
      return expect({ on: target.toString(), ...focus }).toEqual({ on: target.toString(), outlined: true, seen: true });
    // Nobody has to look after each press where the focus cannot be there yet.
    for (let n = 0; n <= between; n += 1, pressed += 1) await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${target.toString()} by Tab`);
}

/** Runs in the page: how the focus looks on the element, or how many stops there are at least before it gets there. */
function focusOn(element: Element): { focus: { outlined: boolean; seen: boolean } | null; between: number } {
  const from = document.activeElement;
  if (element === from) {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, height } = element.getBoundingClientRect();
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return { focus: { outlined, seen: height > 0 && bottom > 0 && top < innerHeight }, between: 0 };
  }
  // Where nothing has the focus yet, the browser alone knows where it begins.
  if (!from || from === document.body) return { focus: null, between: 0 };
  const isAfter = (one: Element, other: Element) =>
    (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  // Of radio buttons one is a stop for all.
  const controls = 'a[href], button, select, textarea, input:not([type=radio], [type=hidden])';
  const stops = [...document.querySelectorAll<HTMLElement>(controls)].filter(
    (stop) =>
      isAfter(stop, from) &&
      isAfter(element, stop) &&
      stop.tabIndex >= 0 &&
      !stop.matches(':disabled') &&
      stop.checkVisibility({ visibilityProperty: true }),
  );
  return { focus: null, between: stops.length };
}

const press = async (target: Locator, key: 'Enter' | 'Space' = 'Enter') => {
  await tabTo(target);
  await target.page().keyboard.press(key);
};
const type = async (target: Locator, text: string) => {
  await tabTo(target);
  await target.page().keyboard.type(text);
};

suite('with the keyboard alone', () => {
  let office: OfficeAtWork;
  const mailTo = (address: string) =>
    office.running.sandbox.book.messages().find(({ kind, to }) => kind === 'email' && to === address);

  beforeAll(async () => {
    office = await OfficeAtWork.open(path, ['editor', 'reviewer']);
    await office.publish();
    await office.editor.goto(`${office.base}/subscriptions`);
    const opened = office.editor.waitForEvent('load');
    await press(office.editor.getByRole('button', { name: /^开放/ }));
    await opened;
  });
  afterAll(() => office?.close());

  describe.each([
    { script: true, mode: 'with script', issue: 'syn04_gb18030.txt', posts: 110, number: 7 },
    { script: false, mode: 'without script', issue: 'syn06_pagebreaks.txt', posts: 108, number: 8 },
  ])('$mode', ({ script, issue, posts, number }) => {
    let page: Page;
    const anybody = async () => (page = await office.newPage({ javaScriptEnabled: script }));
    const seated = async (who: number) => (page = await office.signIn(who, { javaScriptEnabled: script }));
    afterEach(() => page.context().close());
    const open = (address: string) => page.goto(new URL(address, office.base).href);
    const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });

    it('one signs in, and skips what is on every page', async () => {
      await anybody();
      const account = (await office.running.service.get(AccountService).listAccounts()).find(
        ({ login }) => login === 'anquan',
      )!;
      await open(await office.running.service.get(OneTimeLinkService).issue(account.id, 'setup', 'test'));
      await type(page.locator('#password'), password);
      await type(page.locator('#again'), password);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === '/');
      await press(page.getByRole('button', { name: '退出登录' }));
      await page.waitForURL(/signin/);
      await type(page.locator('#login'), 'anquan');
      await type(page.locator('#password'), password);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === '/');
      await page.keyboard.press('Tab');
      await press(page.getByRole('link', { name: '跳到正文' }));
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    });

    it('one imports a list', async () => {
      await seated(0);
      const buffer = Buffer.from(demoRoster(true).toString('utf8').trim().split(/\r?\n/).slice(0, posts).join('\n'));
      const file = { name: '名单.csv', mimeType: 'text/csv', buffer };
      // Asked for before the page opens: a key pressed right after asking can reach Chromium first, and its own dialog opens.
      const chooser = script ? page.waitForEvent('filechooser', { timeout: 90_000 }) : null;
      await open('/list/import');
      await tabTo(page.getByLabel('名单文件'));
      if (chooser) {
        await page.keyboard.press('Enter');
        await (await chooser).setFiles(file);
      } else await page.getByLabel('名单文件').setInputFiles(file); // Playwright hears of no chooser here
      await press(button('上传并预览'));
      await page.waitForURL(/import\/[0-9a-f-]{36}/);
      await press(button('确认导入'));
      await page.getByRole('heading', { name: '名单已导入' }).waitFor();
    });

    it('one tries a scope and takes what is suggested', async () => {
      await seated(0);
      await open('/scope');
      await type(page.getByLabel('发送范围', { exact: true }), '县委常委，付县长');
      if (!script) await press(button('查看人员'));
      await page.getByText('“付县长”未对应。').waitFor();
      await press(button('就是分组“副县长”，记住'), 'Space');
      await page.getByText('已记住：“付县长”就是“副县长”。').waitFor();
      await press(button('撤销'));
      await page.getByText('“付县长”未对应。').waitFor();
    });

    it('one signs off', async () => {
      const waiting = await office.upload('/issues/new', issue, bulletin(issue));
      await office.act(office.editor, waiting, 'submitForReview');
      await office.act(office.reviewer, waiting, 'review');
      await seated(2);
      await open(waiting);
      await press(page.getByRole('link', { name: '签发…' }));
      await page.waitForURL(/sign-off/);
      await press(button('确认签发并发送'));
      await page.waitForURL(new RegExp(`${waiting}/progress$`));
    });

    it('a reader acknowledges and says how he wants to be told', async () => {
      await anybody();
      await open(await until(() => mailTo(`r00${number}@yanjin.example`)?.link, 'the mail'));
      await pageIsRead(page);
      await press(button(/签收/), 'Space');
      await page.getByText('已签收', { exact: true }).first().waitFor();
      await press(page.getByRole('link', { name: '接收偏好' }));
      const code = await ownCode(office.running, () => press(button('发送验证码')));
      await type(page.getByLabel('收到的6位验证码'), code);
      await press(button('确认'));
      await tabTo(page.getByLabel('首先'));
      await page.keyboard.press('ArrowDown');
      await press(page.getByLabel('阅读页用大字'), 'Space');
      await press(button('保存'));
      await page.getByText('已保存').waitFor();
    });

    it('anybody asks for a subscription', async () => {
      await anybody();
      await open('/subscribe');
      await type(page.getByLabel('姓名或单位名称'), 'cunweihui');
      await type(page.getByLabel('邮箱地址或手机号码'), `cun${number}@village.example`);
      await press(button('提交并接收验证码'));
      await page.waitForURL(/subscribe\/code/);
      const sent = await until(() => mailTo(`cun${number}@village.example`), 'the code');
      await type(page.getByLabel('6位验证码'), />(\d{6})</.exec(office.running.sandbox.book.htmlOf(sent.n)!)![1]!);
      await press(button('确认订阅'));
      await page.waitForURL(/subscribe\/done/);
    });
  });
});
