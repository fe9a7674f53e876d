/**
 * JSON with sorted keys and no white space, so that equal content always has equal bytes: what edition hashes are taken over.
 * Properties that are `undefined` are left out, as JSON.stringify does; dates become ISO strings.
 * Throws TypeError for what JSON cannot carry without loss (NaN, bigint, functions, `undefined` inside a list).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no JSON form`);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Maps and sets would otherwise hash as {} whatever they hold.
  if (value instanceof Map || value instanceof Set) throw new TypeError('a Map or Set has no JSON form');

  return `{${members(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    .join(',')}}`;
}

/** The same text in pieces, lists element by element: that of a scope of 100,000 people would be 50 MB at once. */
export function* canonicalPieces(value: unknown): Iterable<string> {
  if (Array.isArray(value)) {
    yield '[';
    for (const [index, element] of value.entries()) yield `${index > 0 ? ',' : ''}${canonicalJson(element)}`;
    yield ']';
  } else if (isPlain(value)) {
    yield '{';
    for (const [index, [key, member]] of members(value).entries()) {
      yield `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
      yield* canonicalPieces(member);
    }
    yield '}';
  } else yield canonicalJson(value);
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const members = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
