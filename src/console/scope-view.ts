import type { ResolvedScope, ScopeEntry } from '../domain/scope.js';

export interface ScopeView {
  /** True when the people are those frozen at sign-off. */
  frozen: boolean;
  people: number;
  groups: readonly { label: string; groupName: string | null; people: number; vacant: string }[];
  entries: readonly PersonRow[];
  unknown: readonly UnknownLabel[];
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
  /** Suggested groups first, then all others in their order. */
  options: readonly { id: string; text: string; suggested: boolean }[];
}

export function resolvedScopeView(scope: ResolvedScope, groups: readonly { id: string; name: string }[]): ScopeView {
  return {
    frozen: false,
    people: scope.people,
    groups: scope.groups.map(({ label, groupName, people, vacantPosts }) => ({
      label,
      groupName: groupName === label ? null : groupName,
      people,
      vacant: vacantPosts.join('、'),
    })),
    entries: scope.entries.map(personRow),
    unknown: scope.unknown.map(({ label, suggestions }) => ({ label, options: options(groups, suggestions) })),
  };
}

export function frozenScopeView(scope: {
  entries: readonly ScopeEntry[];
  groups: readonly { label: string; groupName: string; people: number }[];
}): ScopeView {
  return {
    frozen: true,
    people: scope.entries.length,
    groups: scope.groups.map(({ label, groupName, people }) => ({
      label,
      groupName: groupName === label ? null : groupName,
      people,
      vacant: '',
    })),
    entries: scope.entries.map(personRow),
    unknown: [],
  };
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

function options(
  groups: readonly { id: string; name: string }[],
  suggestions: readonly string[],
): UnknownLabel['options'] {
  const suggested = suggestions.flatMap((name) => groups.filter((group) => group.name === name));
  const others = groups.filter((group) => !suggested.includes(group));
  return [
    ...suggested.map(({ id, name }) => ({ id, text: `${name}（名称相近）`, suggested: true })),
    ...others.map(({ id, name }) => ({ id, text: name, suggested: false })),
  ];
}
