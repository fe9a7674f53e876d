import { setMaxListeners } from 'node:events';
import type { Book, BookMessage } from './book.js';
import { Browser, type Page } from './browser.js';
import { pause, type Range } from './pace.js';
import { chooseAct, chooseChannel, fraction, usualBehaviour, type Act, type Behaviour } from './recipient-choice.js';

export interface RecipientAddresses {
  email?: string;
  mobile?: string;
  wecom?: string;
}

/** What somebody did, or why it did not work: the step and the status or error met there. */
export type RecipientAct = { email: string; via: BookMessage['kind']; reminder: boolean } & (
  { act: Act } | { act: 'failed'; problem: string }
);

export interface SimulationOptions {
  book: Book;
  /** Where the reading pages are served. */
  baseUrl: string;
  seed: string | number;
  people: readonly RecipientAddresses[];
  behaviour?: Behaviour;
  /** From the first message of a round to looking at the phone; 500–4000 ms unless given. */
  delayMs?: Range;
  /** From opening to acknowledging; 1000–3000 ms unless given. */
  readingMs?: Range;
  /** From being asked once more to answering; 1200–2500 ms unless given. */
  answeringMs?: Range;
  /**
   * Acknowledges on the message itself, as a share of people do where it can be done: by an SMS back, by a card's button. Answers
   * false when nobody took it, and the page is opened after all; null where a message has no such way.
   */
  shortcut?: (message: BookMessage) => (() => Promise<boolean>) | null;
  /** People at their phones at the same time. */
  concurrency?: number;
  /** Subject or text of a reminder. */
  isReminder?: (message: BookMessage) => boolean;
  signal?: AbortSignal;
  onAct?: (act: RecipientAct) => void;
}

/** One issue or reminder as it reached one person: the first message of each kind. */
interface Round {
  number: number;
  reminder: boolean;
  messages: BookMessage[];
}

interface Person {
  key: string;
  rounds: number;
  last: Round | null;
  hasAcknowledged: boolean;
}

const triesWhenServerIsDown = 10;
/** Of those who acknowledge and need not open the page for it. */
const shareOfShortcuts = 0.2;
/** Who presses very fast is asked once more. */
const mostAsked = 2;

/**
 * People who act on what reached them, and only through it: the link in a mail or card, the code in an SMS. Messages
 * about one thing are a round and are acted on once; a reminder or a second message of the same kind opens the next.
 * Runs until `signal` aborts. Starts with what the book already holds: the same seed makes the same choices, so acting
 * again after a restart changes nothing.
 */
export async function simulateRecipients(options: SimulationOptions): Promise<void> {
  const { book, behaviour = usualBehaviour, concurrency = 20 } = options;
  const seed = String(options.seed);
  const signal = options.signal ?? new AbortController().signal;
  // Each person who waits listens for the end.
  setMaxListeners(0, signal);
  const isReminder = options.isReminder ?? ((message) => /催阅|催签|提醒/.test(`${message.title}${message.text}`));
  const people = byAddress(options.people);
  const underWay = new Set<Promise<void>>();
  let atPhones = 0;

  const end = book.onMessage(receive);
  book.messages().forEach(receive);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  end();
  await Promise.all(underWay);

  function receive(message: BookMessage): void {
    const person = message.shown ? people.get(message.to.toLowerCase()) : undefined;
    if (!person) return;
    const reminder = isReminder(message);
    const { last } = person;
    if (last && last.reminder === reminder && !last.messages.some(({ kind }) => kind === message.kind)) {
      last.messages.push(message);
      return;
    }
    const round: Round = { number: ++person.rounds, reminder, messages: [message] };
    person.last = round;
    const turn = takeTurn(person, round).finally(() => underWay.delete(turn));
    underWay.add(turn);
  }

  async function takeTurn(person: Person, round: Round): Promise<void> {
    const draw = (what: string, [min, max]: Range) =>
      min + fraction(seed, person.key, round.number, what) * (max - min);
    if (!(await pause(draw('delay', options.delayMs ?? [500, 4000]), signal))) return;
    const kinds = round.messages.map(({ kind }) => kind);
    const via = chooseChannel(kinds, seed, person.key, round.number);
    const message = round.messages.find(({ kind }) => kind === via);
    if (!message || !via) return;
    const { reminder } = round;
    const act =
      reminder && person.hasAcknowledged ? 'ignore' : chooseAct(behaviour, seed, person.key, round.number, reminder);
    person.hasAcknowledged = act === 'acknowledge' || (reminder && person.hasAcknowledged);
    const note = { email: person.key, via, reminder };
    if (act === 'ignore') return options.onAct?.({ ...note, act });
    while (atPhones >= concurrency) if (!(await pause(20, signal))) return;
    atPhones += 1;
    try {
      const readingMs = draw('reading', options.readingMs ?? [1000, 3000]);
      const isShort = act === 'acknowledge' && fraction(seed, person.key, round.number, 'shortcut') < shareOfShortcuts;
      const shortcut = isShort ? options.shortcut?.(message) : null;
      if (shortcut && (await pause(readingMs, signal)) && (await shortcut())) return options.onAct?.({ ...note, act });
      await perform(act, message, readingMs, draw('answering', options.answeringMs ?? [1200, 2500]));
      options.onAct?.({ ...note, act });
    } catch (error) {
      if (!signal.aborted)
        options.onAct?.({ ...note, act: 'failed', problem: error instanceof Error ? error.message : 'unknown' });
    } finally {
      atPhones -= 1;
    }
  }

  async function perform(
    act: 'acknowledge' | 'open',
    message: BookMessage,
    readingMs: number,
    answeringMs: number,
  ): Promise<void> {
    const browser = new Browser(options.baseUrl, signal);
    const page = await patiently(() => reachPage(browser, message));
    expectPage(page, 'reading page');
    const opened = /data-opened="([^"]*)"/.exec(page.body)?.[1];
    if (opened) expectPage(await patiently(() => browser.submit(page, opened)), 'opened');
    if (act === 'open') return;
    const form = `${page.url.pathname}/acknowledge`;
    for (let shown = page, asked = 0; asked < 1 + mostAsked; asked++) {
      if (!(await pause(asked === 0 ? readingMs : answeringMs, signal))) return;
      shown = await patiently(() => browser.submit(shown, form));
      expectPage(shown, 'acknowledge');
      if (shown.url.pathname !== form) return;
    }
    throw new Error('acknowledge: asked again and again');
  }

  /** A person whose page does not load tries again. */
  async function patiently(step: () => Promise<Page>): Promise<Page> {
    for (let tries = 1; ; tries++) {
      try {
        return await step();
      } catch (error) {
        if (tries === triesWhenServerIsDown || !(await pause(1000, signal))) throw error;
      }
    }
  }
}

async function reachPage(browser: Browser, message: BookMessage): Promise<Page> {
  if (message.kind !== 'sms') return browser.get(new URL(message.link ?? '/').pathname);
  const form = await browser.get('/s');
  return browser.submit(form, '/s', { code: message.code ?? '' });
}

function expectPage(page: Page, step: string): void {
  if (page.status >= 400) throw new Error(`${step}: HTTP ${page.status}`);
}

function byAddress(people: readonly RecipientAddresses[]): Map<string, Person> {
  const found = new Map<string, Person>();
  for (const { email, mobile, wecom } of people) {
    const person: Person = { key: email ?? mobile ?? wecom ?? '', rounds: 0, last: null, hasAcknowledged: false };
    for (const address of [email, mobile, wecom]) if (address) found.set(address.toLowerCase(), person);
  }
  return found;
}
