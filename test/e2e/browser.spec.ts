import { type Browser, type Page } from 'playwright-core';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { publish } from '../../src/programs/demo/office.js';
import { follow, followOnceRead, openChromium } from './chromium.js';
import { openService, type RunningService, until } from './open-service.js';
import { pc, phone, tooWide } from './page-check.js';
import { describeWithBrowser } from './programs.js';

const { suite, path } = describeWithBrowser();

suite('in a real browser', () => {
  let running: RunningService;
  let browser: Browser;
  let issue: string;
  let editorsPage: Page;
  const complaints: string[] = [];

  const open = async (size: { width: number; height: number }) => {
    const page = await (await browser.newContext({ viewport: size })).newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return page;
  };

  beforeAll(async () => {
    running = await openService();
    browser = await openChromium(path);
    const staff = await hireStaff(running.service);
    const { issueId } = await publish(running.service, staff, () => undefined);
    issue = `${running.base}/issues/${issueId}`;
    editorsPage = await open(pc);
    await editorsPage.goto(/http\S+/.exec((await signInLinks(running.service))[0]!)![0]);
    await editorsPage.getByRole('main').getByRole('button').click();
    await editorsPage.waitForURL((url) => url.pathname === '/');
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  it('shows the progress moving by itself, to its end', async () => {
    await editorsPage.goto(`${issue}/progress`);
    await editorsPage.getByText('发送已完成', { exact: true }).waitFor();
    expect(await editorsPage.getByText('已处理345／345条').count()).toBe(1);
  });

  it('counts a page that somebody sees as opened, and one press as acknowledged', async () => {
    const link = await until(
      () => running.sandbox.book.messages().find((m) => m.kind === 'email' && m.to === 'r007@yanjin.example')?.link,
      'the mail',
    );
    const reader = await open(phone);
    const opened = reader.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/opened'));
    await reader.goto(link);
    await reader.mouse.wheel(0, 300);
    expect((await opened).ok()).toBe(true);
    await editorsPage.goto(`${issue}/board?show=opened`);
    await editorsPage.getByRole('link', { name: '郑甲' }).waitFor();
    await followOnceRead(reader.getByRole('button', { name: /签收/ }).first());
    await reader
      .getByText(/已签收/)
      .first()
      .waitFor();
    await editorsPage.goto(`${issue}/board?show=acknowledged`);
    await editorsPage.getByRole('link', { name: '郑甲' }).waitFor();
    await reader.context().close();
  });

  it('keeps the page and says what to do when there is no connection, then acknowledges from it', async () => {
    const link = running.sandbox.book
      .messages()
      .find((m) => m.kind === 'email' && m.to === 'r008@yanjin.example')!.link!;
    const context = await browser.newContext({ viewport: phone });
    const reader = await context.newPage();
    await reader.goto(link);
    await context.setOffline(true);
    const button = reader.getByRole('button', { name: /签收/ }).first();
    for (let n = 0; n < 2; n++) {
      await button.click();
      await reader.getByText('网络不通，还没有提交').waitFor();
    }
    expect(reader.url()).toBe(link);
    await context.setOffline(false);
    await followOnceRead(button);
    await reader
      .getByText(/已签收/)
      .first()
      .waitFor();
    await context.close();
  });

  it('fits the screen of a phone and a PC on every page, and breaks no rule of its own content policy', async () => {
    await editorsPage.goto(`${issue}/board`);
    const copy = await editorsPage.locator('a[href^="/copies/"]').first().getAttribute('href');
    const link = running.sandbox.book.messages().find((m) => m.kind === 'wecom')!.link!;
    const paths = [
      '/issues',
      '/issues/new',
      issue,
      `${issue}/preview`,
      `${issue}/preview?channel=sms`,
      `${issue}/preview?channel=wecom`,
      `${issue}/progress`,
      `${issue}/board`,
      `${issue}/remind`,
      copy!,
      '/list',
      '/list/import',
      '/signin',
      '/s',
      link,
    ];
    const faults: string[] = [];
    for (const address of paths) {
      await editorsPage.setViewportSize(pc);
      const response = await editorsPage.goto(new URL(address, running.base).href);
      expect([address, response!.status()]).toEqual([address, 200]);
      for (const size of [pc, phone]) {
        await editorsPage.setViewportSize(size);
        faults.push(...(await editorsPage.evaluate(tooWide)).map((fault) => `${address}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('reminds the 113 who have not acknowledged with one confirmed click', async () => {
    await editorsPage.setViewportSize(pc);
    await editorsPage.goto(`${issue}/board`);
    await follow(editorsPage.getByRole('link', { name: /催阅/ }));
    await editorsPage.getByRole('main').getByRole('button', { name: /催阅/ }).click();
    await until(
      () => running.sandbox.book.messages().filter((m) => m.text.includes('催阅')).length === 113,
      'the reminders',
    );
  });
});
