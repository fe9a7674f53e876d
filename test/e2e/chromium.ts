import { type Browser, chromium, type Locator } from 'playwright-core';

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
