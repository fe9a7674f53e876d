import type { BookMessage } from '../../sandbox/book.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { simulateRecipients } from '../../sandbox/simulated-recipients.js';
import type { Service } from '../service.js';
import { demoPeople } from './demo-sandbox.js';
import type { ProgressBar } from './progress-bar.js';

/** Longest the demo waits for people to look at their phones. */
const PATIENCE_MS = 30_000;

/** What people can do on their phones without opening the page: send an SMS back, press the button of a card. */
const shortcutOf =
  (sandbox: Sandbox) =>
  (message: BookMessage): (() => Promise<boolean>) | null => {
    if (message.kind === 'sms') return () => sandbox.answerSms(message, '已阅');
    const key = message.task?.buttons.find((button) => button.key !== undefined)?.key;
    return key === undefined ? null : () => sandbox.pressCard(message.n, key);
  };

export type Crowd = ReturnType<typeof crowd>;

/** The simulated recipients, and how far they are with looking at their phones. */
export function crowd(
  service: Service,
  sandbox: Sandbox,
  faults: boolean,
  bar: ProgressBar,
  say: (text: string) => void,
) {
  const ending = new AbortController();
  const people = demoPeople(faults);
  let counted = true;
  const acted = { first: new Set<string>(), reminded: new Set<string>() };
  void simulateRecipients({
    book: sandbox.book,
    baseUrl: service.url!,
    seed: 'yanjin',
    people,
    delayMs: [300, 2500],
    readingMs: [1200, 2500],
    shortcut: shortcutOf(sandbox),
    signal: ending.signal,
    onAct: (act) => {
      if (act.act === 'failed' && counted) say(`模拟收件人 ${act.email}：${act.problem}`);
      acted[act.reminder ? 'reminded' : 'first'].add(act.email);
    },
  });
  const wait = async (label: string, set: Set<string>, total: number) => {
    const patience = Date.now() + PATIENCE_MS;
    while (set.size < total && Date.now() < patience) {
      bar.show(label, set.size, total, '人看过手机');
      await new Promise((done) => setTimeout(done, 200));
    }
    bar.show(label, set.size, total, '人看过手机');
    bar.end();
  };
  const reachedBy = (which: (message: BookMessage) => boolean) => {
    const addresses = new Set(
      sandbox.book
        .messages()
        .filter((message) => message.shown && which(message))
        .map(({ to }) => to.toLowerCase()),
    );
    return people.filter((person) =>
      [person.email, person.mobile, person.wecom].some((a) => addresses.has(a.toLowerCase())),
    ).length;
  };
  const isReminder = ({ title, text }: BookMessage) => /催阅/.test(`${title}${text}`);
  return {
    firstRound: () =>
      wait(
        '阅读',
        acted.first,
        reachedBy((message) => !isReminder(message)),
      ),
    reminded: () => wait('催阅', acted.reminded, reachedBy(isReminder)),
    /** From now on visitors send and withdraw what they like: a page that is gone is no news. */
    uncounted: () => (counted = false),
    stop: () => ending.abort(),
  };
}
