/**
 * A cell that a spreadsheet would run as a formula, however many apostrophes stand in front of it: those are doubled by one,
 * so that taking one away gives back what was there. Full-width signs count, because Excel folds them.
 */
const formula = /^'*(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** With an apostrophe in front where it is needed (OWASP, CSV injection). */
export const disarmed = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What `disarmed` was given. */
export const rearmed = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
