/**
 * A font has one shape for 人 and for the radical ⼈, and programs note for it either. Kangxi radicals fold into letters by
 * themselves; of their supplement (U+2E80) those that are also letters of their own are listed.
 */
const radicals = new Map(
  '⺠民⺟母⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⺩王⺫目⺱网⺷羊⺾艹⻌辶⻏阝⻐钅⻈讠'
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const folded = /[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06]/gu;
const supplement = /[\u2e80-\u2ef3]/gu;
/** Marks of lists in the fonts Symbol and Wingdings have no letter of their own. */
const listMark = /[\uf06c-\uf0fe]/gu;
const unknown = /[\ue000-\uf8ff]/gu;

/** What a font says a letter is, in the letters that are written. */
export function plainLetters(text: string): string {
  if (text.length === 1 && text <= '~' && text >= ' ') return text;
  return (
    text
      .replace(/\p{Cc}|\p{Cf}/gu, '')
      .replace(folded, (letter) => letter.normalize('NFKC'))
      .replace(supplement, (letter) => radicals.get(letter) ?? letter)
      .replace(listMark, '●')
      .replace(unknown, '\ufffd')
      // A blank that must not be broken is a blank.
      .replaceAll('\u00a0', ' ')
  );
}

/** Fewer letters prove nothing. */
const fewest = 20;

/**
 * A font that does not say which letters its shapes are gives numbers of shapes instead: letters of many scripts, none of them
 * Chinese.
 */
export function isGibberish(text: string): boolean {
  const letters = text.match(/\p{L}|\ufffd/gu) ?? [];
  const strange = text.match(/(?![\p{Script=Han}A-Za-z])\p{L}|\ufffd/gu) ?? [];
  return letters.length >= fewest && strange.length * 3 > letters.length;
}
