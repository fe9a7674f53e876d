/** Sections and items of the edit form: where they stand in the submitted fields, and the buttons that move them. */

export interface Place {
  /** Prefix of the section's fields, `sections.0`. */
  key: string;
  /** Prefixes of its items' fields, `sections.0.items.1`. */
  items: string[];
}

const fieldName = /^sections\.(\d{1,4})(?:\.items\.(\d{1,4}))?\./;

/** Numbers in the names only give the order; gaps are allowed. */
export function readPlaces(body: Readonly<Record<string, unknown>>): Place[] {
  const found = new Map<number, Set<number>>();
  for (const name of Object.keys(body)) {
    const match = fieldName.exec(name);
    if (match?.[1] === undefined) continue;
    const items = found.get(Number(match[1])) ?? new Set<number>();
    if (match[2] !== undefined) items.add(Number(match[2]));
    found.set(Number(match[1]), items);
  }
  return ascending(found.keys()).map((section) => ({
    key: `sections.${section}`,
    items: ascending(found.get(section) ?? []).map((item) => `sections.${section}.items.${item}`),
  }));
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}

interface SectionLike<I> {
  key?: string;
  name: string;
  items: I[];
}

/**
 * What a button of the form does to the sections, by its value: `addSection`, `addItem:0`, `removeItem:0:1`,
 * `itemUp:0:1`, `itemDown:0:1`, `removeSection:0`, `sectionUp:0`, `sectionDown:0`. An item moved past the edge of its
 * section goes on to the neighbour. Null when the value is none of these: the form is to be saved.
 */
export function arrange<I>(sections: readonly SectionLike<I>[], step: string, blank: () => I): SectionLike<I>[] | null {
  const [act = '', ...numbers] = step.split(':');
  const [s = -1, i = -1] = numbers.map(Number);
  const next = sections.map((section) => ({ ...section, items: [...section.items] }));
  const section = next[s];
  switch (act) {
    case 'addSection':
      return [...next, { name: '', items: [blank()] }];
    case 'addItem':
      section?.items.push(blank());
      return next;
    case 'removeItem':
      if (i >= 0) section?.items.splice(i, 1);
      return next;
    case 'removeSection':
      return next.filter((_, index) => index !== s);
    case 'itemUp':
      moveItem(next, s, i, -1);
      return next;
    case 'itemDown':
      moveItem(next, s, i, 1);
      return next;
    case 'sectionUp':
      swap(next, s, s - 1);
      return next;
    case 'sectionDown':
      swap(next, s, s + 1);
      return next;
    default:
      return null;
  }
}

function moveItem<I>(sections: SectionLike<I>[], s: number, i: number, by: -1 | 1): void {
  const items = sections[s]?.items;
  if (items?.[i] === undefined) return;
  if (items[i + by] !== undefined) return swap(items, i, i + by);
  const neighbour = sections[s + by];
  if (neighbour === undefined) return;
  const [moved] = items.splice(i, 1);
  if (moved === undefined) return;
  if (by < 0) neighbour.items.push(moved);
  else neighbour.items.unshift(moved);
}

function swap<T>(list: T[], a: number, b: number): void {
  const [x, y] = [list[a], list[b]];
  if (x === undefined || y === undefined) return;
  list[a] = y;
  list[b] = x;
}
