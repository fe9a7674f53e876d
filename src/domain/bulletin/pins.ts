import { type Kind, KINDS } from './kinds.js';
import type { SourceLine } from './lines.js';

/** `none`: the line is nothing of the bulletin, a page number say, and is left out. */
export type PinKind = Kind | 'none';

export const PIN_KINDS = [...KINDS, 'none'] as const satisfies readonly PinKind[];

/** Facts of which a person may choose the value. The last three are those of the item whose first line is pinned. */
export const PINNED_FACTS = [
  ...(['series', 'issueNumber', 'date', 'issuer', 'editor', 'reviewer', 'approver'] as const),
  ...(['headline', 'unit', 'section'] as const),
] as const;

export type PinnedFact = (typeof PINNED_FACTS)[number];

export interface KindPin {
  line: number;
  kind: PinKind;
}

/** `value` as in the JSON form, a number as its digits; null where the text does not state the fact. */
export interface FactPin {
  line: number;
  fact: PinnedFact;
  value: string | null;
}

/**
 * What a person decided about a text: what a line is, or what a fact is. It is obeyed, whatever the weights say; all the rest is
 * read anew around it. `line` is 1-based in the original.
 */
export type Pin = KindPin | FactPin;

export const isKindPin = (pin: Pin): pin is KindPin => 'kind' in pin;

/** Two pins of one place: the later one holds. */
export const isSamePlace = (one: Pin, other: Pin): boolean =>
  isKindPin(one) || isKindPin(other)
    ? isKindPin(one) && isKindPin(other) && one.line === other.line
    : one.fact === other.fact && (one.line === other.line || !ofItem(one.fact));

const ofItem = (fact: PinnedFact): boolean => fact === 'headline' || fact === 'unit' || fact === 'section';

/** The lines with the kinds that are pinned on them. */
export function pinned(lines: readonly SourceLine[], pins: readonly Pin[]): readonly SourceLine[] {
  const kinds = new Map(pins.filter(isKindPin).map(({ line, kind }) => [line, kind]));
  if (kinds.size === 0) return lines;
  return lines.map((line) => {
    const pin = kinds.get(line.number);
    return pin === undefined ? line : { ...line, pin };
  });
}

/** The pins of an item's facts by the line that the item begins with. */
export function itemPins(pins: readonly Pin[]): ReadonlyMap<number, Partial<Record<PinnedFact, FactPin>>> {
  const found = new Map<number, Partial<Record<PinnedFact, FactPin>>>();
  for (const pin of pins)
    if (!isKindPin(pin) && ofItem(pin.fact)) found.set(pin.line, { ...found.get(pin.line), [pin.fact]: pin });
  return found;
}
