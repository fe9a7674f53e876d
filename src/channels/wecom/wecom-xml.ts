/** The little XML that WeCom and we exchange: one element whose children hold text. */

const largest = 64 * 1024;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z]\w{0,63})\s*(\/?)>|([^<]+)/gy;

/**
 * The texts of the children of `<xml>` that hold nothing but text, by name. What holds elements is passed over.
 *
 * @returns null for anything else, a document type and attributes among it
 */
export function readXml(text: string): ReadonlyMap<string, string> | null {
  if (text.length > largest) return null;
  const source = text.trim();
  const found = new Map<string, string>();
  const open: string[] = [];
  let content = '';
  let holdsElements = false;
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const [match, cdata, closing, name, empty, plain] = token.exec(source) ?? [];
    if (match === undefined) return null;
    if (name === undefined) {
      const words = cdata ?? unescaped(plain ?? '');
      if (words === null || (open.length < 2 && words.trim() !== '')) return null;
      content += words;
    } else if (closing === '') {
      // A second root, or the wrong one.
      if (open.length === 0 && (name !== 'xml' || found.size > 0)) return null;
      if (empty === '') open.push(name);
      holdsElements = open.length > 2 || (empty !== '' && open.length === 2);
      if (empty !== '' && open.length === 1 && !keep(found, name, '')) return null;
      content = '';
    } else {
      if (open.pop() !== name || empty !== '') return null;
      if (open.length === 1 && !holdsElements && !keep(found, name, content)) return null;
      if (open.length === 1) holdsElements = false;
      if (open.length === 0) return token.lastIndex === source.length ? found : null;
      content = '';
    }
  }
  return null;
}

/** False for a name that is there already: which of the two is meant? */
function keep(found: Map<string, string>, name: string, content: string): boolean {
  if (found.has(name)) return false;
  found.set(name, content);
  return true;
}

/** Null for an entity that XML does not know by itself. */
function unescaped(text: string): string | null {
  let known = true;
  const plain = text.replace(/&([a-z]+);|&/g, (_, name: string | undefined) => {
    const character = name === undefined ? undefined : entities[name];
    known &&= character !== undefined;
    return character ?? '';
  });
  return known ? plain : null;
}

/** A text, a number, or children of their own. */
export type XmlContent = string | number | readonly (readonly [name: string, content: XmlContent])[];

export const writeXml = (children: readonly (readonly [name: string, content: XmlContent])[]): string =>
  `<xml>${written(children)}</xml>`;

function written(content: XmlContent): string {
  if (typeof content === 'number') return String(content);
  // An end of the section within the text would let the rest out.
  if (typeof content === 'string') return `<![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return content.map(([name, inner]) => `<${name}>${written(inner)}</${name}>`).join('');
}
