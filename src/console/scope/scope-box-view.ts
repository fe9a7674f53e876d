import type { ResolvedScope } from '../../domain/scope/scope.js';
import type { Meaning } from '../../domain/scope/scope-directory.js';
import type { LabelReading } from '../../domain/scope/scope-reading.js';
import { byProtocol } from '../../domain/scope/scope-seat.js';
import { addressingText, type ScopeTextReading } from '../../domain/scope/scope-text.js';
import { kindText, options, type UnknownLabel } from './scope-view.js';

/** A county's list may have thousands; whoever types wants to see whether it is the right ones. */
const namesShown = 60;

export interface ScopePartView {
  label: string;
  /** 报, 送 or 发. */
  addressing: string | null;
  tone: 'good' | 'warn' | 'bad' | 'neutral';
  state: string;
  people: number;
  /** What each word of it was taken for. */
  meanings: readonly string[];
  excluded: string;
  vacant: string;
  notes: readonly string[];
  names: string;
  moreNames: number;
}

export interface ScopeBoxView {
  people: number;
  /** There is no list yet to which anything could be mapped. */
  listEmpty: boolean;
  empty: boolean;
  parts: readonly ScopePartView[];
  unknown: readonly (UnknownLabel & { nearest: readonly { value: string; text: string }[] })[];
  ignored: readonly { text: string; reason: string }[];
  /** The mapping just remembered, to be taken back. */
  learnt: { label: string; name: string } | null;
  /** Why the last mapping was refused. */
  fault: string | null;
}

export function scopeBoxView(
  text: ScopeTextReading,
  scope: ResolvedScope,
  groups: readonly { id: string; name: string }[],
  done: Pick<ScopeBoxView, 'learnt' | 'fault' | 'listEmpty'>,
): ScopeBoxView {
  const addressing = new Map(text.labels.map((label) => [label.label, label.addressing]));
  return {
    people: scope.people,
    empty: text.labels.length + text.ignored.length === 0,
    parts: scope.labels.map((reading) => {
      const how = addressing.get(reading.label) ?? null;
      return partView(reading, how === null ? null : addressingText[how]);
    }),
    unknown: scope.unknown.map(({ label, suggestions, reason }) => ({
      label,
      reason,
      options: options(groups, suggestions),
      suggested: suggestions.length > 0,
      nearest: suggestions.map(({ kind, id, name }) => ({
        value: `${kind}:${id} ${label}`,
        text: `${kindText[kind]}“${name}”`,
      })),
    })),
    ignored: [...text.ignored],
    ...done,
  };
}

function partView(reading: LabelReading, addressing: string | null): ScopePartView {
  const seats = [...reading.seats].sort(byProtocol);
  const holders = new Map(seats.flatMap(({ holder }) => (holder ? [[holder.personId, holder.name] as const] : [])));
  const vacant = seats.filter(({ holder }) => holder === null);
  const names = [...holders.values()];
  return {
    label: reading.label,
    addressing,
    ...stateOf(reading, names.length),
    people: names.length,
    meanings: reading.meanings.filter((meaning) => meaning.name !== reading.label).map(meaningText),
    excluded: reading.excluded.map(({ name }) => name).join('、'),
    vacant: vacant.map((seat) => `${seat.unitName} ${seat.postTitle}`).join('、'),
    notes: reading.ignored.map(({ text, reason }) => `“${text}”${reason}`),
    names: names.slice(0, namesShown).join('、'),
    moreNames: Math.max(names.length - namesShown, 0),
  };
}

function stateOf(reading: LabelReading, people: number): Pick<ScopePartView, 'tone' | 'state'> {
  if (reading.unknown.length > 0) {
    return { tone: 'bad', state: reading.meanings.length > 0 ? '有一部分未对应' : '未对应' };
  }
  if (reading.excludesFromAll) return { tone: 'neutral', state: '从整个范围中除去' };
  if (people === 0) return { tone: 'warn', state: '没有人' };
  return reading.meanings.some(({ loose }) => loose)
    ? { tone: 'warn', state: '请核对' }
    : { tone: 'good', state: '认识' };
}

function meaningText({ kind, name, loose, seats }: Meaning): string {
  const what = kind === 'class' ? `按单位类别“${name}”` : `${kindText[kind]}“${name}”`;
  return `${what}${loose && kind === 'group' ? '（写法不同）' : ''}，${seats.size}个岗位`;
}
