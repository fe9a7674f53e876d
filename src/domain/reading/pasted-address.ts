/**
 * Addresses as people paste them: with the full stop of the sentence, with what an app appends, in capitals, with what mail
 * leaves at the end of a line (quoted-printable, RFC 2045 section 6.7). A link is opened for what it surely is; one that is
 * cut or altered stays as it is and opens nothing.
 */

/** Where a part of the path is a secret of fixed length: what follows it never belongs to it. */
const secrets: readonly { before: RegExp; length: number }[] = [
  { before: /^\/r\//i, length: 22 },
  { before: /^\/u\//i, length: 22 },
  { before: /^\/subscribe\/(?:confirm|code)\//i, length: 22 },
  { before: /^\/once\//i, length: 32 },
];

/** uuid.seconds.seal, see PreferenceService */
const preferenceLink = /^\/p\/[0-9a-f-]{36}\.\d{9,11}\.[\w-]{22}/i;

/** Programs get what they ask for. */
const ofPrograms = /^\/(?:api|callbacks|assets|healthz)(?:\/|$)/i;

/** Zero-width and directional marks, soft hyphens, and the soft line breaks of quoted-printable. */
const invisible = /\p{Default_Ignorable_Code_Point}|=?\r?\n/gu;

/**
 * The address that was meant, or null when the given one is as good as any.
 *
 * @param target path and query as they stand in the request line, e.g. `/r/TOKEN%E3%80%82?x=1`
 */
export function meantAddress(target: string): string | null {
  const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(target)!;
  if (!path.startsWith('/') || ofPrograms.test(path)) return null;
  const meant = meantPath(decoded(path));
  if (meant === null || meant === path || meant === withoutSlash(path)) return null;
  // What stands behind a tail is no query of ours.
  return path.length > meant.length ? meant : meant + query;
}

function meantPath(path: string): string | null {
  const visible = path
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(/^[/\\\s]+/, '/');
  const preference = preferenceLink.exec(visible)?.[0];
  if (preference !== undefined) return `/p${preference.slice(2)}`;
  for (const { before, length } of secrets) {
    const start = before.exec(visible)?.[0];
    if (start === undefined) continue;
    const secret = secretIn(visible.slice(start.length), length);
    return secret && start.toLowerCase() + secret.text + pageBehind(secret.rest);
  }
  return plain(visible);
}

/** The secret, and what stands behind it. Blanks within it are where a line was broken. */
function secretIn(text: string, length: number): { text: string; rest: string } | null {
  const from = text.replace(/^[^\w-]+/, '');
  const whole = new RegExp(`^[\\w-]{${length}}`).exec(from)?.[0];
  if (whole !== undefined) return { text: whole, rest: from.slice(length) };
  const joined = from.replace(/\s+/g, '');
  return new RegExp(`^[\\w-]{${length}}$`).test(joined) ? { text: joined, rest: '' } : null;
}

/** `/me`, `/me/contacts/ID/code`, `/me/export.csv`: a page behind the personal link, without its own tail. */
function pageBehind(rest: string): string {
  const page = /^(?:\/[a-z][\w.-]*(?:\/[\w-][\w.-]*)*)?/.exec(rest)![0];
  return rest[page.length] === ':' ? '' : page.replace(/[.\-_]+$/, ''); // the same address pasted twice
}

/** No address of ours holds other characters. The short ones are typed by hand, perhaps in capitals. */
function plain(path: string): string {
  const kept = /^[\w./~-]*/
    .exec(path)![0]
    .replace(/\/{2,}/g, '/')
    .replace(/[./~-]+$/, '');
  if (kept === '') return '/';
  return /^\/[a-z]+$/i.test(kept) ? kept.toLowerCase() : kept;
}

const withoutSlash = (path: string): string => (path === '/' ? path : path.replace(/\/$/, ''));

/** As far as it can be decoded; a character cut in half is no character of an address. */
function decoded(path: string): string {
  const bytes = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
