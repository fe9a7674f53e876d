import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CDPSession, Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sessions = new WeakMap<Page, Promise<CDPSession>>();

interface Axe {
  run(what: object, how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/**
 * What axe finds wrong with the page as it stands, by all the rules it has on: each with the elements it means.
 *
 * @param rows whether all rows of a long list are looked at, or those at its ends
 */
export async function violationsOf(page: Page, rows: 'all' | 'ends' = 'all'): Promise<string[]> {
  await page.waitForLoadState(); // what was waited for may stand above what has not come yet
  return (await violationsIn(page, rows)) ?? (await putAxeInto(page), (await violationsIn(page, rows))!);
}

/** Past Playwright, which would read the script twice. No page's content policy can refuse it. */
async function putAxeInto(page: Page): Promise<void> {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
  await (await sessions.get(page)!).send('Runtime.evaluate', { expression: source });
}

/** Null where axe is not in the page yet. */
function violationsIn(page: Page, rows: 'all' | 'ends'): Promise<string[] | null> {
  return page.evaluate(async (which) => {
    const { axe } = globalThis as unknown as { axe?: Axe };
    if (!axe) return null;
    const middle = ['tbody > tr', 'ul > li', 'ol > li'].map((row) => `${row}:nth-child(n+13):nth-last-child(n+13)`);
    const exclude = which === 'all' ? [] : middle.filter((one) => document.querySelector(one)).map((one) => [one]);
    const { violations } = await axe.run(exclude.length > 0 ? { include: [['html']], exclude } : document, {
      // What passed is not written up, nor the way to each element. A frame shows a mail, which is no page; there is no film.
      resultTypes: ['violations'],
      selectors: false,
      iframes: false,
      preload: false,
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  }, rows);
}
