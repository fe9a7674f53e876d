import { judgePress, type PressedPage, pressProof, pressDoubt, pressProofText, type PressOutcome } from './press.js';

const hour = 3_600_000;
const page = (ageMs: number, more: Partial<PressedPage> = {}): PressedPage => ({
  ageMs,
  asked: false,
  decoyed: false,
  ...more,
});
const again = (ageMs: number) => page(ageMs, { asked: true });

const behaviours: [what: string, page: PressedPage | null, filled: boolean, PressOutcome][] = [
  // A person.
  ['reads and presses', page(40_000), false, 'acknowledged'],
  ['knows the page and presses as soon as he finds the button', page(1000), false, 'acknowledged'],
  ['comes back after lunch', page(4 * hour), false, 'acknowledged'],
  ['presses at the end of the day what he opened in the morning', page(11.9 * hour), false, 'acknowledged'],
  ['opened it yesterday', page(20 * hour), false, 'askAgain'],
  ['opened it yesterday and says yes when asked', again(2500), false, 'acknowledged'],
  ['kept the question open over night', again(15 * hour), false, 'askAgain'],
  ['goes back to the page and presses again', page(3 * 60_000), false, 'acknowledged'],
  ['has it open in two tabs and presses in the older one', page(2 * hour), false, 'acknowledged'],
  ['presses twice, the second time on the page that asks', again(120), false, 'askAgain'],
  ['is served by two processes, the other clock ahead', page(-30_000), false, 'askAgain'],
  ['is asked by a process whose clock is ahead', again(-30_000), false, 'acknowledged'],
  ['reads with a screen reader or a keyboard, which do not reach the decoy', page(90_000), false, 'acknowledged'],
  // A programme.
  ['posts to the address, knowing nothing of the page', null, false, 'askAgain'],
  ['posts with the mark of another copy, of another key, or made up', null, false, 'askAgain'],
  ['loads the page and submits its forms at once', page(15), false, 'askAgain'],
  ['clicks whatever it finds as soon as the page is there', page(600), false, 'askAgain'],
  ['follows to the page that asks, and submits that at once', again(15), false, 'askAgain'],
  ['fills every field, then waits like a person', page(30_000), true, 'machine'],
  ['fills every field at once', page(10), true, 'machine'],
  ['fills every field of the page that asks', again(5000), true, 'machine'],
  ['fills every field without a mark', null, true, 'machine'],
  ['submits every form one after the other, slowly', page(8000, { decoyed: true }), false, 'machine'],
  ['pressed the decoy of the page that asks', { ...again(8000), decoyed: true }, false, 'machine'],
  ['replays a press of last week', page(7 * 24 * hour), false, 'askAgain'],
];

it.each(behaviours)('whoever %s', (_what, pressed, filled, outcome) => {
  expect(judgePress(pressed, filled)).toBe(outcome);
});

it.each<[PressedPage, string]>([
  [page(42_300), '页面打开42秒后按下'],
  [page(3 * 60_000 + 59_000), '页面打开3分钟后按下'],
  [page(5.5 * hour), '页面打开5小时后按下'],
  [again(2000), '页面打开2秒后按下，经再次确认'],
  [again(-1), '经再次确认'],
])('says on what a press was believed: %j', (pressed, text) => {
  expect(pressProofText(pressProof(pressed))).toBe(text);
});

it('says where nothing but the press itself speaks of a person', () => {
  const entry = (kind: string, seconds: number, via = 'page', by: string | null = null) => ({
    ...{ kind, via, by, at: new Date(seconds * 1000) },
  });
  expect(pressDoubt([entry('fetched', 1), entry('acknowledged', 3)])).toContain('不能排除由程序代按');
  expect(pressDoubt([entry('acknowledged', 3), entry('opened', 4)])).not.toBeNull();
  expect(pressDoubt([entry('opened', 2), entry('acknowledged', 3)])).toBeNull();
  expect(pressDoubt([entry('acknowledged', 3, 'phone', '王五')])).toBeNull();
  expect(pressDoubt([entry('opened', 2)])).toBeNull();
});
