/**
 * A cell that a spreadsheet would run as a formula, or that begins with an apostrophe itself: one more in front, so that taking
 * one away gives back what was there. Full-width signs count, because Excel folds them.
 */
const formula = /^(?:'|[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** With an apostrophe in front where it is needed (OWASP, CSV injection). */
export const disarmed = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What `disarmed` was given. An apostrophe in front is a spreadsheet's mark of a text, whoever wrote it: '13800000001. */
export const rearmed = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);
