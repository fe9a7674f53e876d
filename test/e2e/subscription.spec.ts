import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { SubscriptionRepository } from '../../src/distribution/subscriptions/subscription.repository.js';
import { endToken } from '../../src/distribution/subscriptions/subscription.service.js';
import { Vault } from '../../src/platform/crypto.js';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { publish } from '../../src/programs/demo/office.js';
import { violationsOf } from './axe.js';
import { follow, openChromium } from './chromium.js';
import { openService, type RunningService, until } from './open-service.js';
import { proveDevice } from './own-device.js';
import { tooWide } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();

/** What a checker finds wrong, and whether the page is wider than the screen. */
async function faultsOf(page: Page): Promise<string[]> {
  const found = [...(await violationsOf(page)), ...(await page.evaluate(tooWide))];
  return found.map((fault) => `${page.url()} ${fault}`);
}

suite('what a person decides about himself, in a real browser', () => {
  let running: RunningService;
  let browser: Browser;
  let editor: Page;
  let phone: BrowserContext;
  const mail = (to: string) => running.sandbox.book.messages().filter((m) => m.kind === 'email' && m.to === to);

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    const pc = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
    editor = await pc.newPage();
    const staff = await hireStaff(running.service);
    await publish(running.service, staff, () => undefined);
    await editor.goto(/http\S+/.exec((await signInLinks(running.service))[0]!)![0]);
    await editor.getByRole('main').getByRole('button').click();
    await editor.waitForURL((url) => url.pathname === '/');
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  it('lets a recipient set how he is told and see what is stored about him, without script', async () => {
    const link = await until(() => mail('r007@yanjin.example')[0]?.link, 'the mail');
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(link);
    await follow(page.getByRole('link', { name: '接收偏好' }));
    await proveDevice(page, running);
    await page.getByLabel('首先').selectOption('sms');
    await page.getByLabel('其次').selectOption('sms');
    await follow(page.getByRole('button', { name: '保存' }));
    expect(await page.getByText('同一个通道不能选两次').count()).toBeGreaterThan(0);
    await page.getByLabel('其次').selectOption('wecom');
    await page.getByLabel('阅读页用大字').check();
    await follow(page.getByRole('button', { name: '保存' }));
    await page.getByText('已保存').waitFor();
    expect(await page.getByText('不能退出名单').count()).toBe(1);
    await page.goto(`${link}/me`);
    expect(await page.getByText('通道次序：短信、企业微信').count()).toBe(1);
    expect(await page.content()).toMatch(/154\*{4}\d{4}/);
    expect(await page.content()).not.toMatch(/15400000\d{3}/);
    await page.getByLabel('哪一项不对').fill('手机号已换');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('已提交').waitFor();
    await context.close();

    await editor.goto(`${running.base}/amendments`);
    await editor.getByLabel(/^答复/).fill('已登记新号码');
    await follow(editor.getByRole('button', { name: '已更正' }));
    const person = await editor.goto(`${running.base}/amendments?show=answered`);
    expect(person!.status()).toBe(200);
    await editor.getByRole('main').getByRole('link', { name: '郑甲' }).click();
    const mobile = editor.getByRole('region', { name: '手机' });
    await mobile.getByText('查看完整手机').click();
    await mobile.getByLabel('查看的理由').fill('电话核对');
    await follow(mobile.getByRole('button', { name: '查看并记入留痕' }));
    expect(await mobile.getByText(/154\d{8}/).count()).toBe(1);

    const again = await phone.newPage();
    await again.goto(`${link}/me`);
    await proveDevice(again, running);
    expect(await again.getByText('理由：电话核对').count()).toBe(1);
    expect(await again.getByText('已登记新号码').count()).toBe(1);
    const faults = await faultsOf(again);
    // Another device than the one on which large type was chosen, until it has a choice of its own.
    const isLarge = () => again.locator('html[data-type=large]').count();
    await again.goto(link);
    expect(await isLarge()).toBe(1);
    await follow(again.getByRole('button', { name: '标准字' }));
    expect(await isLarge()).toBe(0);
    await again.goto(`${link}/preferences`);
    faults.push(...(await faultsOf(again)));
    for (const address of ['/contacts', '/contacts?trouble=unverified', '/contacts/wiping', '/amendments']) {
      await editor.goto(running.base + address);
      faults.push(...(await faultsOf(editor)));
    }
    await editor.goto(`${running.base}/contacts?trouble=unverified`);
    expect(faults).toEqual([]);
  });

  it('carries a subscription from the request through code and approval to its end with one press', async () => {
    await editor.goto(`${running.base}/subscriptions`);
    await follow(editor.getByRole('button', { name: /开放/ }));
    const page = await phone.newPage();
    await page.goto(`${running.base}/subscribe`);
    const faults = await faultsOf(page);
    await page.getByLabel('姓名或单位名称').fill('某村村委会');
    await page.getByLabel('邮箱地址或手机号码').fill('cun@village.example');
    await page.getByLabel('邮箱地址或手机号码').press('Enter');
    await page.waitForURL(/subscribe\/code/);
    faults.push(...(await faultsOf(page)));
    const sent = await until(() => mail('cun@village.example')[0], 'the code');
    const html = running.sandbox.book.htmlOf(sent.n)!;
    const code = />(\d{6})</.exec(html)![1]!;
    await page.goto(/\/subscribe\/confirm\/[\w-]+/.exec(html)!.map((way) => running.base + way)[0]!);
    faults.push(...(await faultsOf(page)));
    await page.goBack();
    await page.getByLabel('6位验证码').fill(code);
    await page.getByRole('button', { name: '确认订阅' }).click();
    await page.waitForURL(/subscribe\/done/);
    faults.push(...(await faultsOf(page)));

    await editor.goto(`${running.base}/subscriptions`);
    faults.push(...(await faultsOf(editor)));
    await editor.getByLabel('选择某村村委会').check();
    await editor.getByRole('button', { name: '通过所选', exact: true }).click();
    await editor.getByText('已处理1条').waitFor();
    await editor.goto(`${running.base}/subscriptions?tab=active`);
    expect(await editor.getByText('c***@village.example').count()).toBe(1);
    faults.push(...(await faultsOf(editor)));

    const [row] = await running.service.get(SubscriptionRepository).listSubscriptions(['active'], 1, 0);
    const end = `${running.base}/u/${endToken(running.service.get(Vault), row!.id)}`;
    await page.goto(end);
    await page.getByRole('button', { name: '退订' }).waitFor();
    faults.push(...(await faultsOf(page)));
    // As a mail provider posts it: from elsewhere, without cookie.
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const answer = await fetch(end, { method: 'POST', body, headers: { origin: 'https://mail.example' } });
    expect(answer.status).toBe(200);
    await page.reload();
    await page.getByText('已经不在订阅中').waitFor();
    const reply = { mobile: '13900000001', smsContent: 'TD', sendTime: '2026-11-30 10:00:00', addSerial: '' };
    const headers = { 'content-type': 'application/json' };
    const pushed = await fetch(`${running.smsCallback}/up`, { method: 'POST', headers, body: JSON.stringify(reply) });
    expect(pushed.status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('tells who asked by SMS what was decided by SMS', async () => {
    const sms = (words: RegExp) =>
      until(
        () => running.sandbox.book.messages().find(({ to, text }) => to === '13900000009' && words.test(text)),
        'the SMS',
      );
    const page = await phone.newPage();
    await page.goto(`${running.base}/subscribe`);
    await page.getByLabel('姓名或单位名称').fill('退休干部甲');
    await page.getByLabel(/^手机短信/).check();
    await page.getByLabel('邮箱地址或手机号码').fill('13900000009');
    await page.getByLabel('邮箱地址或手机号码').press('Enter');
    await page.waitForURL(/subscribe\/code/);
    await page.getByLabel('6位验证码').fill((await sms(/验证码/)).code!);
    await page.getByRole('button', { name: '确认订阅' }).click();
    await page.waitForURL(/subscribe\/done/);
    await editor.goto(`${running.base}/subscriptions`);
    expect(await editor.getByText('请电话告知').count()).toBe(0);
    await editor.getByLabel('选择退休干部甲').check();
    await editor.getByRole('button', { name: '通过所选', exact: true }).click();
    await editor.getByText('已处理1条').waitFor();
    expect((await sms(/审核结果/)).text).toBe(
      '【延津县政府办】您申请订阅的延津政务快报，审核结果：通过，今后公开印发的各期将发到这个手机号码。如有疑问，请与本办公室联系。',
    );
  });
});
