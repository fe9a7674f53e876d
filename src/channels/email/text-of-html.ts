const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  copy: '©',
};

/** The words of a page as lines of text; linear in its length. */
export function textOfHtml(html: string): string {
  return withoutElement(withoutElement(html, 'style'), 'script')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(?:br|p|div|tr|li|h[1-6]|table|ul|ol|hr|pre)\b[^<>]*>/gi, '\n')
    .replace(/<[/!A-Za-z][^<>]*>/g, ' ')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
      (whole, decimal: string, hex: string, name: string) => {
        if (name) return entities[name.toLowerCase()] ?? whole;
        const point = decimal ? Number(decimal) : parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    );
}

function withoutElement(html: string, name: string): string {
  const [first = '', ...rest] = html.split(new RegExp(`<${name}\\b`, 'i'));
  return rest.reduce((kept, piece) => `${kept} ${piece.split(new RegExp(`</${name}\\s{0,9}>`, 'i'))[1] ?? ''}`, first);
}
