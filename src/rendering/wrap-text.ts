/** Lines of plain text for windows that do not wrap by themselves, by the rules of Chinese typesetting. */

const mayNotBegin = /^[，。、；：？！）》】”’…％%,.;:?!)\]]/u;
const mayNotEnd = /[（《【“‘([]$/u;

/**
 * @param columns width in half-width columns; a Chinese character takes two. Closing marks may hang over the edge, words
 * and numbers stay whole.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of text.match(/[\x21-\x7e]+|./gsu) ?? []) {
    const full = used + width(piece) > columns;
    if (full && line !== '' && !mayNotBegin.test(piece)) {
      const last = line.slice(-1);
      const opening = mayNotEnd.test(last) ? last : '';
      const kept = opening === line ? line : line.slice(0, line.length - opening.length);
      lines.push(kept.trimEnd());
      line = opening === line ? piece.trimStart() : opening + piece.trimStart();
      used = width(line);
    } else {
      line += piece;
      used += width(piece);
    }
  }
  return [...lines, line].join('\n');
}

/** Everything from the CJK blocks upwards counts two columns, Latin text one. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) >= 0x2014 ? 2 : 1;
  return columns;
}
