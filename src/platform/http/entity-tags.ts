/** Conditions of RFC 9110 section 13.1: `*`, or a list of entity tags (section 8.8.3). */
export type TagCondition = 'any' | readonly EntityTag[];

export interface EntityTag {
  weak: boolean;
  /** With its quotation marks: `"v7-0a1b2c3d4e5f"`. */
  opaque: string;
}

const oneTag = /^[ \t,]*(W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)/;

/** Null for no header, and for one that is no such list: it says nothing. */
export function readTags(header: string | undefined): TagCondition | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return 'any';
  const tags: EntityTag[] = [];
  let rest = header;
  for (let match = oneTag.exec(rest); match !== null; match = oneTag.exec(rest)) {
    tags.push({ weak: match[1] !== undefined, opaque: match[2]! });
    rest = rest.slice(match[0].length);
  }
  return tags.length > 0 && /^[ \t,]*$/.test(rest) ? tags : null;
}

/** If-None-Match: whether the caller has this answer already. Weak comparison (section 8.8.3.2). */
export function hasAlready(header: string | undefined, etag: string): boolean {
  const condition = readTags(header);
  if (condition === null) return false;
  const opaque = etag.replace(/^W\//, '');
  return condition === 'any' || condition.some((tag) => tag.opaque === opaque);
}

/** Of If-Match, whose comparison is strong: a weak tag matches nothing. */
export function strongTags(header: string | undefined): 'any' | readonly string[] | null {
  const condition = readTags(header);
  if (condition === null || condition === 'any') return condition;
  return condition.filter(({ weak }) => !weak).map(({ opaque }) => opaque);
}
