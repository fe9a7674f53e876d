/** One page of a long list. Addresses are complete, so that paging works as plain links. */
export interface Paging {
  page: number;
  pages: number;
  total: number;
  previous: string | null;
  next: string | null;
}

/**
 * A list too long to skip through: the links say which place the next page begins after, or the previous one ends before;
 * the page number is only shown.
 */
export function pagingByPlace(
  path: string,
  query: Readonly<Record<string, string>>,
  { page, size, total }: { page: number; size: number; total: number },
  places: readonly number[],
): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  const [first, last] = [places[0], places.at(-1)];
  const link = (to: number, place: Record<string, string>) => address(path, { ...query, page: String(to), ...place });
  return {
    page,
    pages: Math.max(page, pages),
    total,
    previous: page > 1 && first !== undefined ? link(page - 1, page === 2 ? {} : { before: String(first) }) : null,
    next: page < pages && last !== undefined ? link(page + 1, { after: String(last) }) : null,
  };
}

/** Anything that is no page number is the first page. */
export function readPage(value: string | undefined): number {
  return value !== undefined && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1;
}

/** @param query what the links keep, without the page */
export function paging(
  path: string,
  query: Readonly<Record<string, string>>,
  page: number,
  size: number,
  total: number,
): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  const link = (to: number): string | null =>
    to < 1 || to > pages ? null : address(path, { ...query, page: String(to) });
  return { page, pages, total, previous: link(page - 1), next: link(page + 1) };
}

/** What a page of a list shows, with its pager; a number past the end is the last page. */
export function pageOfList<T>(
  all: readonly T[],
  path: string,
  query: Readonly<Record<string, string>>,
  { number, size, name = 'page' }: { number: number; size: number; name?: string },
): { shown: readonly T[]; paging: Paging } {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(number, pages);
  const link = (to: number): string | null =>
    to < 1 || to > pages ? null : address(path, { ...query, [name]: pageNumber(to) });
  return {
    shown: all.slice((page - 1) * size, page * size),
    paging: { page, pages, total: all.length, previous: link(page - 1), next: link(page + 1) },
  };
}

/** Runs of a list, each of at most so much weight; one that is heavier is alone. There is always one. */
export function pagesByWeight<T>(all: readonly T[], weight: (one: T) => number, most: number): T[][] {
  const pages: T[][] = [[]];
  let held = 0;
  for (const one of all) {
    const more = weight(one);
    if (held > 0 && held + more > most) {
      pages.push([]);
      held = 0;
    }
    pages.at(-1)!.push(one);
    held += more;
  }
  return pages;
}

/** @param anchor where on the page the part begins to which the links lead */
export function pageByNumber<T>(
  pages: readonly (readonly T[])[],
  path: string,
  name: string,
  number: number,
  anchor: string,
): { shown: readonly T[]; paging: Paging } {
  const page = Math.min(number, pages.length);
  const link = (to: number): string | null =>
    to < 1 || to > pages.length ? null : `${address(path, { [name]: pageNumber(to) })}#${anchor}`;
  const total = pages.reduce((sum, { length }) => sum + length, 0);
  const paging = { page, pages: pages.length, total, previous: link(page - 1), next: link(page + 1) };
  return { shown: pages[page - 1] ?? [], paging };
}

/** For `address`: the first page needs no number. */
export const pageNumber = (page: number): string => (page === 1 ? '' : String(page));

/** A path with its query; empty values and the first page are left out. */
export function address(path: string, query: Readonly<Record<string, string>>): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== '' && !(name === 'page' && value === '1'));
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept).toString()}`;
}
