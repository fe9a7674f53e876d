import { type APIResponse, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { beijingDate, daysLater } from '../../src/domain/calendar.js';
import { demoRoster, publish, type Staff } from '../../src/programs/demo/office.js';
import { hireStaff, signInLinks } from '../../src/programs/demo/staff.js';
import { Database } from '../../src/platform/database.js';
import type { Settings } from '../../src/settings/settings.js';
import { follow, openChromium } from './chromium.js';
import { openService, type RunningService } from './open-service.js';
import { PageCheck, pc } from './page-check.js';

/** Who asked for a subscription by SMS is phoned here: the pages that say so are among those to be looked at. */
const withoutDecisions = (demo: Settings): Settings => {
  if (demo.sms === null) return demo;
  const vendors = [...demo.sms.vendors].map(([name, own]) => {
    const templates = { ...own.templates, decision: '' };
    return [name, { ...own, templates }] as const;
  });
  return { ...demo, sms: { ...demo.sms, vendors: new Map(vendors) } };
};

const seats = ['editor', 'reviewer', 'approver', 'admin', 'security'] as const;
type Seat = (typeof seats)[number];

/** A service with its office before their browsers, one signed in of each role. */
export class OfficeAtWork {
  editor!: Page;
  reviewer!: Page;
  approver!: Page;
  admin!: Page;
  security!: Page;
  staff!: Staff;

  private constructor(
    readonly running: RunningService,
    readonly browser: Browser,
    readonly check: PageCheck,
  ) {}

  /** @param present who sits before a browser; the others are hired, and stay away */
  static async open(executablePath: string, present: readonly Seat[] = seats): Promise<OfficeAtWork> {
    const running = await openService({ settings: withoutDecisions });
    const browser = await openChromium(executablePath);
    const office = new OfficeAtWork(running, browser, new PageCheck(running.base));
    office.staff = await hireStaff(running.service);
    for (const seat of present) office[seat] = await office.signIn(seats.indexOf(seat));
    return office;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.running.stop();
  }

  get base(): string {
    return this.running.base;
  }

  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    return this.check.listen(await (await this.browser.newContext({ viewport: pc, ...options })).newPage());
  }

  async link(number: number): Promise<string> {
    return /http\S+/.exec((await signInLinks(this.running.service))[number]!)![0];
  }

  async signIn(number: number, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await page.goto(await this.link(number));
    await follow(page.getByRole('main').getByRole('button'));
    await page.waitForURL((url) => url.pathname === '/');
    return page;
  }

  /** The list of the demo, some of whose addresses do not work, and its issue on its way. @returns the issue's path */
  async publish(): Promise<string> {
    const { issueId } = await publish(this.running.service, this.staff, () => undefined, demoRoster(true));
    return `/issues/${issueId}`;
  }

  async visit(page: Page, ...addresses: string[]): Promise<void> {
    for (const address of addresses) await this.check.visit(page, address);
  }

  /** As the editor, whose machine asks for dark pages. */
  async visitInTheDark(...addresses: string[]): Promise<void> {
    await this.visit(await this.signIn(0, { colorScheme: 'dark' }), ...addresses);
  }

  /** What a form would send. */
  async send(page: Page, address: string, form: Record<string, string>): Promise<APIResponse> {
    const response = await page.request.post(this.base + address, { form, headers: { origin: this.base } });
    if (!response.ok()) throw new Error(`${address}: ${response.status()} ${await response.text()}`);
    return response;
  }

  /** @returns the path of the page that the upload led to */
  async upload(address: string, name: string, buffer: Buffer): Promise<string> {
    const response = await this.editor.request.post(this.base + address, {
      multipart: { mode: 'whole', file: { name, mimeType: 'application/octet-stream', buffer } },
      headers: { origin: this.base },
    });
    const { pathname } = new URL(response.url());
    if (pathname === address) throw new Error(`${name}: ${response.status()} ${await response.text()}`);
    return pathname;
  }

  /** The first link of that kind on a page. */
  async linkOn(page: Page, address: string, kind: RegExp): Promise<string> {
    await page.goto(this.base + address);
    const links = await page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    const found = links.find((href) => kind.test(href));
    if (found === undefined) throw new Error(`no link ${kind} on ${address}`);
    return found;
  }

  /** Of the first unit on the list, with a scan. @returns the page that asks whether the scan is to be removed */
  async enterSignatures(issue: string): Promise<string> {
    await this.editor.goto(`${this.base}${issue}/paper/signed`);
    await this.editor.getByRole('checkbox', { name: '全单位' }).first().check();
    const scan = { name: '签收单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await this.editor.getByLabel('签收单扫描件').setInputFiles(scan);
    await follow(this.editor.getByRole('button', { name: '登记所选的人已签收' }));
    await this.editor
      .getByText(/由.*登记1人/)
      .first()
      .waitFor();
    await this.check.here(this.editor, 'signatures that were entered');
    return this.linkOn(this.editor, `${issue}/paper/signed`, /^\/paper-scans\/.*\/remove$/);
  }

  /** Somebody answers an SMS in a way that only the office can settle; the pages about it. */
  async replyFrom(number: string, page: Page): Promise<string[]> {
    await this.running.sandbox.replySms(number, '请来电');
    const revealing = await this.linkOn(page, '/replies', /^\/replies\/.*\/number$/);
    return ['/replies', '/replies?show=settled', revealing];
  }

  /** One step in the life of an issue. */
  async act(page: Page, issue: string, act: string, note = ''): Promise<void> {
    await page.goto(this.base + issue);
    const revision = await page.locator('input[name=revision]').first().inputValue();
    await this.send(page, `${issue}/act`, { revision, act, note });
  }

  /** Leads a draft through the chain, to be sent tomorrow. @returns the page that asks whether it is to be sent now */
  async schedule(issue: string): Promise<string> {
    await this.act(this.editor, issue, 'submitForReview');
    await this.act(this.reviewer, issue, 'review');
    await this.approver.goto(`${this.base}${issue}/sign-off`);
    const revision = await this.approver.locator('input[name=revision]').first().inputValue();
    const sendAt = `${daysLater(beijingDate(new Date()), 1)}T10:00`;
    await this.send(this.approver, `${issue}/sign-off`, { revision, sendAt, agreesToLevel: 'yes' });
    return `${issue}/send-now`;
  }

  /** The editor has begun to change the issue, and somebody else was faster. @returns the pages that say so */
  async leaveBehind(issue: string): Promise<string[]> {
    await this.send(this.editor, `${issue}/edit`, { part: '1', revision: '1', number: '99', step: 'page:1' });
    await this.running.service.get(Database).prisma.issue.update({
      where: { id: issue.split('/').at(-1)! },
      data: { revision: { increment: 1 }, issuer: '另一位编辑改的编发单位' },
    });
    return [issue, `${issue}/edit/merge`];
  }
}
