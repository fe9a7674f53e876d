import type { IssueDraft, ItemDraft } from './issue-form.js';
import { headFields, itemFields, itemText, keyed } from './issue-working-draft.js';

export type Side = 'mine' | 'theirs';

/** One place in which two versions of an issue differ. Null on the side that has no such item. */
export interface Difference {
  /** `head.issuer`, `item.4`, `outline` */
  id: string;
  /** A field of the head, an item by its headline, or the order of everything. */
  field: (typeof headFields)[number] | 'item' | 'outline';
  mine: string | null;
  theirs: string | null;
  /** Whoever alone has changed it; mine where both have, or nobody knows. */
  suggested: Side;
}

interface Pair {
  mine: ItemDraft | null;
  theirs: ItemDraft | null;
  /** As both began with it; undefined when that is not known. */
  base: ItemDraft | null | undefined;
}

export function differences(base: IssueDraft | null, mine: IssueDraft, theirs: IssueDraft): Difference[] {
  return differencesOf(pairs(base, mine, theirs), base, mine, theirs);
}

function differencesOf(
  all: readonly Pair[],
  base: IssueDraft | null,
  mine: IssueDraft,
  theirs: IssueDraft,
): Difference[] {
  const head = headFields
    .filter((name) => mine[name] !== theirs[name])
    .map((name): Difference => {
      const suggested = base !== null && mine[name] === base[name] ? 'theirs' : 'mine';
      return { id: `head.${name}`, field: name, mine: mine[name], theirs: theirs[name], suggested };
    });
  const items = all.flatMap((pair, at): Difference[] => {
    if (pair.mine !== null && pair.theirs !== null && itemText(pair.mine) === itemText(pair.theirs)) return [];
    const texts = { mine: shown(pair.mine), theirs: shown(pair.theirs) };
    return [{ id: `item.${at}`, field: 'item', ...texts, suggested: suggestedFor(pair) }];
  });
  const [a, b] = [outline(all, mine, 'mine'), outline(all, theirs, 'theirs')];
  const order: Difference[] =
    a === b
      ? []
      : [{ id: 'outline', field: 'outline', mine: a, theirs: b, suggested: sameFrame(base, mine) ? 'theirs' : 'mine' }];
  return [...head, ...order, ...items];
}

function suggestedFor({ base, mine, theirs }: Pair): Side {
  if (base === undefined) return mine === null ? 'theirs' : 'mine';
  const same = (one: ItemDraft | null): boolean =>
    one === null || base === null ? one === base : itemText(one) === itemText(base);
  return same(mine) && !same(theirs) ? 'theirs' : 'mine';
}

/** The issue with one side taken for each difference; what is not named has the suggested one. */
export function merge(
  base: IssueDraft | null,
  mine: IssueDraft,
  theirs: IssueDraft,
  choice: (difference: Difference) => Side,
): IssueDraft {
  const all = pairs(base, mine, theirs);
  const sides = new Map(
    differencesOf(all, base, mine, theirs).map((difference) => [difference.id, choice(difference)]),
  );
  const head = Object.fromEntries(
    headFields.map((name) => [name, sides.get(`head.${name}`) === 'theirs' ? theirs[name] : mine[name]]),
  );
  const first = sides.get('outline') ?? 'mine';
  const taken = all.map((pair, at) =>
    sides.get(`item.${at}`) === 'theirs' ? pair.theirs : (pair.mine ?? pair.theirs),
  );
  const dropped = (at: number): boolean =>
    taken[at] === null || (all[at]!.mine === null && sides.get(`item.${at}`) === 'mine');
  const [frame, other] = first === 'mine' ? [mine, theirs] : [theirs, mine];
  const places = {
    mine: new Map(all.map((pair, at) => [pair.mine, at] as const)),
    theirs: new Map(all.map((pair, at) => [pair.theirs, at] as const)),
  };
  const indexOf = (item: ItemDraft, side: Side): number => places[side].get(item)!;
  const sections = frame.sections.map((section) => ({
    ...section,
    items: section.items.map((item) => indexOf(item, first)),
  }));
  // What only the other side has goes behind the one it stands behind there.
  const second: Side = first === 'mine' ? 'theirs' : 'mine';
  for (const section of other.sections) {
    let before = -1;
    for (const item of section.items) {
      const at = indexOf(item, second);
      if (all[at]![first] === null) {
        let home =
          sections.find(({ name }) => name === section.name) ?? sections.find(({ items }) => items.includes(before));
        if (home === undefined) sections.push((home = { name: section.name, items: [] }));
        home.items.splice(home.items.indexOf(before) + 1, 0, at);
      }
      before = at;
    }
  }
  return keyed({
    ...mine,
    ...head,
    revision: theirs.revision,
    sections: sections.map((section) => ({
      ...section,
      items: section.items.filter((at) => !dropped(at)).map((at) => taken[at]!),
    })),
  });
}

/** Each item of both sides once: equal ones together, then those that were made of the same one, then the rest alone. */
function pairs(base: IssueDraft | null, mine: IssueDraft, theirs: IssueDraft): Pair[] {
  const [a, b, o] = [itemsOf(mine), itemsOf(theirs), base === null ? [] : itemsOf(base)];
  const text = new Map([...a, ...b, ...o].map((item) => [item, itemText(item)]));
  const open = new Map<string, ItemDraft[]>();
  for (const item of b) open.set(text.get(item)!, [...(open.get(text.get(item)!) ?? []), item]);
  const partner = new Map<ItemDraft, ItemDraft>();
  const taken = new Set<ItemDraft>();
  const join = (item: ItemDraft, match: ItemDraft | undefined): void => {
    if (match === undefined || partner.has(item) || taken.has(match)) return;
    partner.set(item, match);
    taken.add(match);
  };
  const next = (wanted: string | undefined) => open.get(wanted ?? '')?.find((one) => !taken.has(one));
  for (const item of a) join(item, next(text.get(item)));
  // What I alone changed is with them as it was.
  const began = new Map(o.map((item) => [item.key, item]));
  for (const item of a) {
    const was = began.get(item.key);
    if (was !== undefined) join(item, next(text.get(was)));
  }
  const became = rewritten(o, b, text);
  for (const item of a) {
    const was = began.get(item.key);
    if (was !== undefined) join(item, became.get(was));
  }
  if (base === null)
    for (const item of a)
      join(
        item,
        b.find((one) => !taken.has(one) && alike(one, item)),
      );

  const origin = new Map([...became].map(([was, item]) => [item, was]));
  for (const item of o) for (const one of open.get(text.get(item)!) ?? []) origin.set(one, item);
  const from = (my: ItemDraft | null, their: ItemDraft | null): Pair['base'] =>
    base === null ? undefined : ((my && began.get(my.key)) ?? (their && origin.get(their)) ?? null);
  const withMine = a.map((item) => ({ mine: item, theirs: partner.get(item) ?? null }));
  const theirsAlone = b.filter((item) => !taken.has(item)).map((item) => ({ mine: null, theirs: item }));
  return [...withMine, ...theirsAlone].map((pair) => ({ ...pair, base: from(pair.mine, pair.theirs) }));
}

const alike = (x: ItemDraft, y: ItemDraft): boolean =>
  (x.headline !== '' && x.headline === y.headline) || (x.body !== '' && x.body === y.body);

/** What became of each item that they have no more as it was: the one that is like it, else, one for one, those that are new. */
function rewritten(
  before: readonly ItemDraft[],
  after: readonly ItemDraft[],
  text: ReadonlyMap<ItemDraft, string>,
): Map<ItemDraft, ItemDraft> {
  const [old, now] = [new Set(before.map((one) => text.get(one))), new Set(after.map((one) => text.get(one)))];
  const gone = before.filter((item) => !now.has(text.get(item)));
  const fresh = new Set(after.filter((item) => !old.has(text.get(item))));
  const became = new Map<ItemDraft, ItemDraft>();
  for (const item of gone) {
    const match = [...fresh].find((one) => alike(one, item));
    if (match === undefined) continue;
    became.set(item, match);
    fresh.delete(match);
  }
  const lost = gone.filter((item) => !became.has(item));
  const left = [...fresh];
  if (left.length === lost.length) lost.forEach((item, at) => became.set(item, left[at]!));
  return became;
}

/** The sections and the order of their parts are as they were, whatever was added, deleted or written. */
function sameFrame(base: IssueDraft | null, mine: IssueDraft): boolean {
  if (base === null) return false;
  const [before, after] = [new Set(itemsOf(base).map(({ key }) => key)), new Set(itemsOf(mine).map(({ key }) => key))];
  const frame = ({ sections }: IssueDraft) =>
    sections.map(({ name, items }) => [
      name,
      ...items.flatMap(({ key }) => (before.has(key) && after.has(key) ? [key] : [])),
    ]);
  return JSON.stringify(frame(base)) === JSON.stringify(frame(mine));
}

const itemsOf = ({ sections }: IssueDraft): ItemDraft[] => sections.flatMap(({ items }) => items);

const shown = (item: ItemDraft | null): string | null =>
  item === null
    ? null
    : itemFields
        .map((name) => item[name])
        .filter((text) => text !== '')
        .join('\n');

/** Sections and the order of what both sides have. */
function outline(all: readonly Pair[], draft: IssueDraft, side: Side): string {
  const titles = new Map(
    all.flatMap((pair) => {
      if (pair.mine === null || pair.theirs === null) return [];
      return [[pair[side]!, pair.mine.headline || pair.mine.body.slice(0, 20) || '（无标题）'] as const];
    }),
  );
  return draft.sections
    .map(({ name, items }) =>
      [`【${name || '无栏目名'}】`, ...items.flatMap((item) => titles.get(item) ?? [])].join('\n'),
    )
    .join('\n');
}
