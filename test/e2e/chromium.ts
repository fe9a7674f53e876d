import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { quickestPressMs } from '../../src/domain/reading/press.js';
import { until } from './open-service.js';

/** A busy machine may take its time over a page. What never comes fails the test all the same, by its name. */
const patienceMs = 60_000;

export async function openChromium(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Each page is a new world to the browser: what it optimises of axe it throws away with the page, before it was worth it.
      '--js-flags=--no-opt --no-maglev',
    ],
  });
  browser.on('context', (context) => context.setDefaultTimeout(patienceMs));
  return browser;
}

/**
 * Presses what leads to a page and waits until that is there as a whole: what is read or opened next neither meets a part of
 * it, nor the page before, nor takes the form away before it was sent.
 */
export async function follow(leading: Locator): Promise<void> {
  const loaded = leading.page().waitForEvent('load');
  await leading.click();
  await loaded;
}

/** As somebody presses who has read the page. */
export async function followOnceRead(leading: Locator): Promise<void> {
  await pageIsRead(leading.page());
  await follow(leading);
}

/** Until the page has been there for as long as a person needs to find a button; who presses sooner is asked once more. */
export async function pageIsRead(page: Page): Promise<void> {
  // Asked from outside: where script is off, the page itself cannot watch for anything.
  const age = () =>
    page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return performance.now() - navigation!.responseStart;
    });
  await until(async () => (await age()) > quickestPressMs, 'a page that is read');
}
