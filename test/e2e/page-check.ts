import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violationsOf } from './axe.js';

export const pc = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Pictures for whoever works on the pages: KUAIBAO_SHOTS=/tmp/shots npm run test:e2e -- test/e2e/every-page.spec.ts */
const shots = process.env.KUAIBAO_SHOTS;

const longestPicture = 4000;

/** Opens pages as they are served, content policy and all, and keeps what is wrong with each. */
export class PageCheck {
  readonly faults: string[] = [];
  readonly opened: string[] = [];
  private complaints: string[] = [];

  constructor(private readonly base: string) {}

  /** What the browser says of this page, such as a breach of the content policy, counts against it from now on. */
  listen(page: Page): Page {
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    return page;
  }

  async visit(page: Page, address: string, status = 200): Promise<void> {
    await resize(page, pc);
    const response = await page.goto(new URL(address, this.base).href);
    const answered = response?.status();
    if (answered !== status) this.faults.push(`${address}: answered ${answered}`);
    await this.here(page, address, status);
  }

  /** The page as it stands, such as the answer to a form. */
  async here(page: Page, name: string, status = 200): Promise<void> {
    await page.waitForLoadState(); // what was waited for may stand above what has not come yet
    this.opened.push(new URL(page.url()).pathname);
    await resize(page, pc);
    const found = await page.evaluate(looked);
    // Rows in the middle of a long list are made as those at its ends, and take most of the time.
    found.push(...(await violationsOf(page, 'ends')));
    await this.picture(page, name, pc.width);
    await resize(page, phone);
    found.push(...(await page.evaluate(tooWide)));
    await this.picture(page, name, phone.width);
    await resize(page, pc);
    // The browser says so of every page that is no 200.
    const notFound = (text: string) => status >= 400 && text.includes(`status of ${status}`);
    found.push(...this.complaints.splice(0).filter((text) => !notFound(text)));
    this.faults.push(...found.map((fault) => `${name}: ${fault}`));
  }

  /** The page as it stands on a phone, where it is left. */
  async onPhone(page: Page, name: string): Promise<void> {
    await page.waitForLoadState();
    await resize(page, phone);
    const found = [...(await page.evaluate(tooWide)), ...(await violationsOf(page, 'ends'))];
    this.faults.push(...found.map((fault) => `${name} at ${phone.width}px: ${fault}`));
    await this.picture(page, `${name} opened`, phone.width);
  }

  private async picture(page: Page, name: string, width: number): Promise<void> {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    const words = decodeURIComponent(name)
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
      .replace(/[^\p{L}\d]+/gu, '-');
    const file = `${String(this.opened.length).padStart(3, '0')}${words.slice(0, 60)}-${width}.png`;
    const length = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width, height: Math.min(length, longestPicture) };
    await page.screenshot({ path: join(shots, file), fullPage: true, clip });
  }
}

/** Each time it is asked for, even if nothing changes, the browser draws the page anew. */
export async function resize(page: Page, size: typeof pc): Promise<void> {
  if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size);
}

/** Runs in the page. */
export function tooWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth - clientWidth}px too wide at ${clientWidth}px`] : [];
}

/** Runs in the page: what no tool has to be asked for. */
function looked(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const headings = document.querySelectorAll('h1').length;
  const controls = [
    ...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea'),
  ].filter(
    (field) => !field.labels?.length && !field.hasAttribute('aria-label') && !field.hasAttribute('aria-labelledby'),
  );
  return [
    ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth}px too wide at ${clientWidth}px`] : []),
    ...(headings === 1 ? [] : [`${headings} h1`]),
    ...(document.title.trim() ? [] : ['no title']),
    ...controls.map((field) => `no label for ${field.outerHTML}`),
  ];
}
