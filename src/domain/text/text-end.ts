/**
 * The text without such characters at its end. A pattern like /[。.]+$/ tries every run of them in the middle as well, each
 * from each of its characters.
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
