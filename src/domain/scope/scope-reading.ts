import type { Bracket } from './scope-grammar.js';
import { labelGrammar } from './scope-grammar.js';
import type { Carried, Meaning, ScopeDirectory, Suggestion } from './scope-directory.js';
import type { Seat } from './scope-seat.js';
import { longestLabel } from './scope-text.js';

/** What one label of a scope stands for. Every word of it is resolved, unknown, or passed over for a reason. */
export interface LabelReading {
  label: string;
  /** What is meant, in printed order. */
  meanings: Meaning[];
  /** What is taken out. */
  excluded: Meaning[];
  unknown: UnknownName[];
  ignored: { text: string; reason: string }[];
  /** Open posts meant, without those taken out. */
  seats: ReadonlySet<Seat>;
  /** True for 除县公安局外 standing alone: it is taken out of the whole scope. */
  excludesFromAll: boolean;
}

export interface UnknownName {
  label: string;
  suggestions: Suggestion[];
  /** What is odd about it, when there is more to say than that nobody knows it. */
  reason: string | null;
}

export function readLabel(label: string, directory: ScopeDirectory): LabelReading {
  if (label.length > longestLabel) {
    const reason = `超过${longestLabel}个字，不是一个名称，请用逗号或换行分开。`;
    return { ...reading(label, []), unknown: [{ label, suggestions: [], reason }] };
  }
  const whole = directory.meaningOf(label);
  if (whole && (!whole.loose || !label.endsWith('）'))) return reading(label, [whole]);
  const { heads, bracket, excluded } = labelGrammar(label);
  const [head, inside, out] = [
    readNames(heads, directory),
    readNames(bracket?.names ?? [], directory),
    readNames(excluded, directory),
  ];
  // What a bracket adds may belong to the name: 各乡镇（街道） is one wording of a group.
  if (whole && !(head.unknown.length === 0 && inside.unknown.length === 0)) return reading(label, [whole]);

  const { meanings, seats, ignored } = withBracket(head, bracket, inside);
  const taken = seatsOf(out.meanings);
  const spelledOut = head.meanings.length === 0 && bracket?.kind === 'list' && inside.meanings.length > 0;
  if (spelledOut) {
    const text = heads.join('、');
    if (text !== '') ignored.push({ text, reason: '括号内已逐一列明' });
  }
  return {
    label,
    meanings,
    excluded: out.meanings,
    unknown: [...(spelledOut ? [] : head.unknown), ...inside.unknown, ...out.unknown],
    ignored,
    seats: without(seats, taken),
    excludesFromAll: heads.length === 0 && excluded.length > 0,
  };
}

/** The set itself when nothing is taken out: it may be a whole province. */
export const without = (seats: ReadonlySet<Seat>, out: ReadonlySet<Seat>): ReadonlySet<Seat> =>
  out.size === 0 ? seats : new Set([...seats].filter((seat) => !out.has(seat)));

function reading(label: string, meanings: Meaning[]): LabelReading {
  const seats = seatsOf(meanings);
  return { label, meanings, excluded: [], unknown: [], ignored: [], seats, excludesFromAll: false };
}

function seatsOf(meanings: readonly Meaning[]): ReadonlySet<Seat> {
  const [only] = meanings;
  return only && meanings.length === 1 ? only.seats : new Set(meanings.flatMap(({ seats }) => [...seats]));
}

interface NamesReading {
  meanings: Meaning[];
  unknown: UnknownName[];
}

/** Names in a row, each perhaps going on from the one before. */
function readNames(names: readonly string[], directory: ScopeDirectory): NamesReading {
  const result: NamesReading = { meanings: [], unknown: [] };
  let carried: Carried | null = null;
  for (const name of names) {
    const onward: Meaning | null =
      carried === null || directory.isGroupName(name) ? null : directory.goingOn(name, carried);
    const meaning: Meaning | null = onward ?? directory.meaningOf(name);
    if (meaning) result.meanings.push(meaning);
    else result.unknown.push(unknownName(name, directory));
    carried = (meaning ? meaning.carries : directory.startOf(name)) ?? carried;
  }
  return result;
}

const unknownName = (label: string, directory: ScopeDirectory): UnknownName => ({
  label,
  suggestions: directory.nearest(label),
  reason: directory.whyUnclear(label),
});

const levelOf = { principal: ['principal'], deputy: ['deputy'], leaders: ['principal', 'deputy'] };

function withBracket(
  head: NamesReading,
  bracket: Bracket | null,
  inside: NamesReading,
): { meanings: Meaning[]; seats: ReadonlySet<Seat>; ignored: LabelReading['ignored'] } {
  const [seats, inner] = [seatsOf(head.meanings), seatsOf(inside.meanings)];
  const both = [...head.meanings, ...inside.meanings];
  switch (bracket?.kind) {
    case 'principal':
    case 'deputy':
    case 'leaders': {
      const levels = levelOf[bracket.kind];
      const kept = [...seats].filter(({ level }) => levels.includes(level));
      return { meanings: head.meanings, seats: new Set(kept), ignored: [] };
    }
    case 'including':
      return { meanings: both, seats: seatsOf(both), ignored: [] };
    case 'list': {
      // 县委各部委（组织部、宣传部） names whom of them; 各乡镇（街道） names more than the head does.
      const within = inner.size > 0 && inside.unknown.length === 0 && [...inner].every((seat) => seats.has(seat));
      return within
        ? { meanings: inside.meanings, seats: inner, ignored: headIgnored(head) }
        : { meanings: both, seats: seatsOf(both), ignored: [] };
    }
    case 'note':
    case undefined: {
      const ignored = bracket && bracket.text !== '' ? [{ text: bracket.text, reason: '说明文字，不是发送对象' }] : [];
      return { meanings: head.meanings, seats, ignored };
    }
  }
}

const headIgnored = (head: NamesReading): LabelReading['ignored'] =>
  head.meanings.map(({ name }) => ({ text: name, reason: '只发括号内列明的' }));
