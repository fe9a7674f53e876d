import type { ScopeEntry } from '../../domain/scope/scope.js';
import type { Suggestion } from '../../domain/scope/scope-directory.js';
import type { Recipients } from '../../issues/recipients.service.js';
import { address, pageNumber, type Paging } from '../paging.js';

/** People listed at a time. */
export const entriesShown = 100;

/** Which page of the people is asked for, and of which page's address. */
export interface PeopleAsked {
  path: string;
  number: number;
}

export interface ScopeView {
  /** True when the people are those frozen at sign-off. */
  frozen: boolean;
  people: number;
  groups: readonly ScopeGroupRow[];
  entries: readonly PersonRow[];
  paging: Paging;
  /** Somebody is leafing through the people. */
  leafing: boolean;
  unknown: readonly UnknownLabel[];
}

export interface ScopeGroupRow {
  label: string;
  /** 报, 送 or 发. */
  addressing: string | null;
  groupName: string | null;
  people: number;
  vacant: string;
}

export interface PersonRow {
  position: number;
  unit: string;
  post: string;
  name: string;
  groups: string;
  liaison: string;
}

export interface UnknownLabel {
  label: string;
  /** What is odd about the name, when there is more to say than that nobody knows it. */
  reason: string | null;
  /** What is near first, then all groups in their order; `value` is kind and id. */
  options: readonly { value: string; text: string }[];
  /** The first option is what the name most likely stands for. */
  suggested: boolean;
}

export function resolvedScopeView(
  scope: Recipients,
  groups: readonly { id: string; name: string }[],
  addressing: ReadonlyMap<string, string> = new Map(),
  asked: PeopleAsked = { path: '', number: 1 },
): ScopeView {
  const from = firstOf(asked);
  return {
    frozen: false,
    people: scope.people,
    groups: scope.groups.map(({ label, groupName, people, vacantPosts }) => ({
      label,
      addressing: addressing.get(label) ?? null,
      groupName: groupName === label ? null : groupName,
      people,
      vacant: vacantPosts.join('、'),
    })),
    entries: scope.entries.slice(from, from + entriesShown).map((entry, at) => personRow(entry, from + at)),
    ...leaf(asked, scope.entries.length),
    unknown: scope.unknown.map(({ label, suggestions, reason }) => ({
      label,
      reason,
      options: options(groups, suggestions),
      suggested: suggestions.length > 0,
    })),
  };
}

export function frozenScopeView(scope: {
  people: number;
  /** Those on the page that is asked for. */
  entries: readonly ScopeEntry[];
  asked: PeopleAsked;
  groups: readonly { label: string; groupName: string; people: number }[];
  addressing?: ReadonlyMap<string, string>;
}): ScopeView {
  return {
    frozen: true,
    people: scope.people,
    groups: scope.groups.map(({ label, groupName, people }) => ({
      label,
      addressing: scope.addressing?.get(label) ?? null,
      groupName: groupName === label ? null : groupName,
      people,
      vacant: '',
    })),
    entries: scope.entries.map((entry, at) => personRow(entry, firstOf(scope.asked) + at)),
    ...leaf(scope.asked, scope.people),
    unknown: [],
  };
}

export const firstOf = ({ number }: PeopleAsked): number => (number - 1) * entriesShown;

function leaf({ path, number }: PeopleAsked, total: number): Pick<ScopeView, 'paging' | 'leafing'> {
  const pages = Math.max(1, Math.ceil(total / entriesShown));
  const link = (to: number): string | null =>
    to < 1 || to > pages ? null : `${address(path, { people: pageNumber(to) })}#scope`;
  const paging = { page: Math.min(number, pages), pages, total, previous: link(number - 1), next: link(number + 1) };
  return { paging, leafing: number > 1 };
}

function personRow(entry: ScopeEntry, index: number): PersonRow {
  return {
    position: index + 1,
    unit: entry.unitName,
    post: entry.postTitle,
    name: entry.acting ? `${entry.name}（代理）` : entry.name,
    groups: entry.groups.join('、'),
    liaison: entry.liaison ?? '',
  };
}

export function options(
  groups: readonly { id: string; name: string }[],
  suggestions: readonly Suggestion[],
): UnknownLabel['options'] {
  const others = groups.filter(({ id }) => !suggestions.some((suggestion) => suggestion.id === id));
  return [
    ...suggestions.map(({ kind, id, name }) => ({
      value: `${kind}:${id}`,
      text: `${name}（${kindText[kind]}，名称相近）`,
    })),
    ...others.map(({ id, name }) => ({ value: `group:${id}`, text: name })),
  ];
}

export const kindText = { group: '分组', unit: '单位', post: '岗位' } as const satisfies Record<
  Suggestion['kind'],
  string
>;
