import type { Page } from 'playwright-core';
import { follow } from './chromium.js';
import { type RunningService, until } from './open-service.js';

/** The code that comes to a person's own mobile after `ask`. */
export async function ownCode({ sandbox }: RunningService, ask: () => Promise<void>): Promise<string> {
  const codes = () => sandbox.book.messages().filter(({ text }) => text.includes('核对您登记的联系方式'));
  const before = codes().length;
  await ask();
  return (await until(() => codes()[before], 'the code to the own mobile')).code!;
}

/** On the page that asks for it: this device belongs to the person from now on. */
export async function proveDevice(page: Page, running: RunningService): Promise<void> {
  const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
  const code = await ownCode(running, () => follow(button('发送验证码')));
  await page.getByLabel('收到的6位验证码').fill(code);
  await follow(button('确认'));
}
