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

/** A path with its query; empty values and the first page are left out. */
export function address(path: string, query: Readonly<Record<string, string>>): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== '' && !(name === 'page' && value === '1'));
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept).toString()}`;
}
