import { groupsWithin } from './group.js';
import { unitClassOf } from './scope-class.js';
import { labelGrammar } from './scope-grammar.js';
import type { ScopeIndex } from './indexed-names.js';
import { unitCore } from './scope-names.js';
import { longestLabel } from './scope-text.js';

/** Which posts have to be known to read some labels: a county has thousands, a scope speaks of some. */
export interface SeatsAsked {
  /** Groups with all that they are made of. */
  groupIds: string[];
  unitIds: string[];
  postIds: string[];
  bodyKinds: string[];
  /** Posts whose title holds one of these. */
  titles: string[];
}

export function seatsAsked(labels: readonly string[], index: ScopeIndex): SeatsAsked {
  const groups = new Set<string>();
  const units = new Set<string>();
  const posts = new Set<string>();
  const kinds = new Set<string>();
  const titles = new Set<string>();
  const ask = (name: string): void => {
    const group = index.group(name);
    if (group) {
      groups.add(group.id);
      return;
    }
    const [loose, learnt, unit] = [index.groupInOtherWords(name), index.learnt(name), index.unit(name)];
    if (loose) groups.add(loose.id);
    if (learnt?.postId) posts.add(learnt.postId);
    for (const id of [learnt?.unitId, unit?.id]) if (id) units.add(id);
    for (const found of index.unitsAtStart(name)) units.add(found.unit.id);
    unitClassOf(name)?.unitClass.bodyKinds.forEach((kind) => kinds.add(kind));
    const title = unitCore(name);
    if (title.length > 1) titles.add(title);
  };
  for (const label of labels) {
    if (label.length > longestLabel) continue;
    ask(label);
    if (index.group(label)) continue;
    const { heads, bracket, excluded } = labelGrammar(label);
    [...heads, ...(bracket?.names ?? []), ...excluded].forEach(ask);
  }
  return {
    groupIds: groupsWithin(index.groups, groups).map(({ id }) => id),
    unitIds: [...units],
    postIds: [...posts],
    bodyKinds: [...kinds],
    titles: [...titles],
  };
}
