/** How texts are written on the wire. */

/**
 * The message as it follows DATA: every line ends in CRLF, a line that begins with a dot gets a second one, and the line
 * with the single dot ends it (RFC 5321, 4.5.2).
 */
export function dataBlock(message: string): string {
  const lines = hasBareLineEnd(message) ? message.replace(/\r\n|\r|\n/g, '\r\n') : message;
  const stuffed = lines.startsWith('.') || lines.includes('\n.') ? lines.replace(/^\./gm, '..') : lines;
  return `${stuffed}${stuffed.endsWith('\r\n') || stuffed === '' ? '' : '\r\n'}.\r\n`;
}

function hasBareLineEnd(text: string): boolean {
  let lineFeeds = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 13) return true;
    lineFeeds++;
  }
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) lineFeeds--;
  return lineFeeds !== 0;
}

/** RFC 3461, 4: what a parameter may not hold as it is becomes +XX. For ASCII. */
export function xtext(value: string): string {
  return value.replace(/[^!-*,-<>-~]/g, (c) => `+${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
