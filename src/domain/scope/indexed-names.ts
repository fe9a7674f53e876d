import type { GroupDefinition } from './group.js';
import { groupCore, normaliseGroupName, unitCore, unitForms } from './scope-names.js';

export interface ScopeGroup extends GroupDefinition {
  aliases: readonly string[];
}

export interface ScopeUnit {
  id: string;
  name: string;
  formerNames: readonly string[];
}

/** What the office says that a name stands for, when it is no group. */
export interface LearntName {
  text: string;
  unitId: string | null;
  postId: string | null;
}

/** Shorter cores would bring together what only shares a word. */
const shortestCore = 3;

/** Names of groups and units, without anybody in them. */
export class ScopeIndex {
  private readonly groupByName: ReadonlyMap<string, ScopeGroup>;
  private readonly groupsByCore = new Map<string, Set<ScopeGroup>>();
  private readonly unitsByForm = new Map<string, Set<ScopeUnit>>();
  private readonly learntByName: ReadonlyMap<string, LearntName>;
  private longestForm = 0;

  constructor(
    readonly groups: readonly ScopeGroup[],
    readonly units: readonly ScopeUnit[],
    learnt: readonly LearntName[],
  ) {
    this.groupByName = groupsByName(groups);
    for (const group of groups)
      for (const form of [group.name, ...group.aliases]) addTo(this.groupsByCore, groupCore(form), group);
    for (const unit of units)
      for (const name of [unit.name, ...unit.formerNames])
        for (const form of unitForms(name)) addTo(this.unitsByForm, form, unit);
    for (const form of this.unitsByForm.keys()) this.longestForm = Math.max(this.longestForm, form.length);
    this.learntByName = new Map(learnt.map((name) => [normaliseGroupName(name.text), name]));
  }

  group(name: string): ScopeGroup | null {
    return this.groupByName.get(normaliseGroupName(name)) ?? null;
  }

  /** The only group that says the same in other words. */
  groupInOtherWords(name: string): ScopeGroup | null {
    const core = groupCore(name);
    const found = [...(this.groupsByCore.get(core) ?? [])];
    return core.length >= shortestCore && found.length === 1 ? found[0]! : null;
  }

  learnt(name: string): LearntName | null {
    return this.learntByName.get(normaliseGroupName(name)) ?? null;
  }

  unit(name: string): ScopeUnit | null {
    const found = [...(this.unitsByForm.get(unitCore(name)) ?? [])];
    return (found.length === 1 ? found[0] : found.find((unit) => unit.name === name)) ?? null;
  }

  /** Units that the name begins with, the longest first, and what follows: 县财政局, 局长. */
  unitsAtStart(name: string): { unit: ScopeUnit; rest: string }[] {
    const core = unitCore(name);
    const found: { unit: ScopeUnit; rest: string }[] = [];
    for (let length = Math.min(core.length - 1, this.longestForm); length > 0; length -= 1) {
      for (const unit of this.unitsByForm.get(core.slice(0, length)) ?? [])
        found.push({ unit, rest: core.slice(length) });
    }
    return found;
  }
}

/** A name wins over an alias, and the earlier group over the later one. */
function groupsByName(groups: readonly ScopeGroup[]): Map<string, ScopeGroup> {
  const forms = [
    ...groups.map((group) => [group.name, group] as const),
    ...groups.flatMap((group) => group.aliases.map((alias) => [alias, group] as const)),
  ];
  return new Map(forms.reverse().map(([form, group]) => [normaliseGroupName(form), group]));
}

export function addTo<K, T>(map: Map<K, Set<T>>, key: K, value: T): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
