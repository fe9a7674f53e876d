import { isKindPin, isSamePlace, type Pin } from '../../domain/bulletin/pins.js';
import type { CurrentReading } from '../../issues/reading.service.js';
import type { StoredPin } from '../../issues/reading.repository.js';
import { pinsOfChoice } from './reading-words.js';

/** What a button beside the original asks for. */
export interface ReadingStep {
  pins: StoredPin[];
  /** Where the person was. */
  line: number;
}

/**
 * `take:3` takes the second reading of a doubt, `second:12` that of a line; `apart:12` begins a paragraph with a line, `line:12` says of it
 * what is chosen, `undo:0` takes a pin away. Null for anything else, or for what is not there.
 *
 * @param chosen what a person says that a line is
 */
export function readingStep(
  step: string,
  current: CurrentReading,
  chosen: (line: number) => string,
): ReadingStep | null {
  const { reading, pins } = current;
  const [act = '', digits = ''] = step.split(':');
  const number = /^\d{1,6}$/.test(digits) ? Number(digits) : -1;
  const line = reading.original.lines.find((one) => one.number === number);
  const wanted = ((): Pin[] => {
    if (act === 'take') return reading.doubts[number] ? [reading.doubts[number].pin] : [];
    if (act === 'second') return line?.second ? [{ line: number, kind: line.second }] : [];
    if (act === 'apart') return line ? [{ line: number, kind: 'text' }] : [];
    const text = current.text.split('\n')[number - 1]?.trim() ?? '';
    return act === 'line' && line ? pinsOfChoice(chosen(number), number, nameOn(text)) : [];
  })();
  const [first] = wanted;
  if (first)
    return { pins: wanted.reduce<StoredPin[]>((all, pin) => withPin(all, pin, current), pins), line: first.line };
  const undone = act === 'undo' ? pins[number] : undefined;
  return undone ? { pins: pins.filter((pin) => pin !== undone), line: undone.line } : null;
}

/** The later word on a place holds; what it was before anybody said anything stays known. */
function withPin(pins: readonly StoredPin[], pin: Pin, current: CurrentReading): StoredPin[] {
  const earlier = pins.find((one) => isSamePlace(one, pin));
  const was = earlier ? earlier.was : before(pin, current);
  return [...pins.filter((one) => one !== earlier), { ...pin, was }];
}

function before(pin: Pin, { reading }: CurrentReading): string | null {
  if (isKindPin(pin)) return reading.original.lines.find(({ number }) => number === pin.line)?.kind ?? null;
  const doubt = reading.doubts.find((one) => !isKindPin(one.pin) && isSamePlace(one.pin, pin));
  return (
    doubt?.value ?? (pin.fact === 'series' ? reading.series : pin.fact === 'issuer' ? reading.content.issuer : null)
  );
}

const longestName = 60;
/** 青 陵 快 报: letters that stand apart are one name. */
const nameOn = (text: string): string => text.replace(/\s+/gu, '').slice(0, longestName);
