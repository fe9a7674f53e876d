/** Node decodes GB18030 and does not encode it: the table is turned round, two-byte characters only. */
const codes = new Map<string, Buffer>();
const decoder = new TextDecoder('gb18030');
for (let lead = 0x81; lead <= 0xfe; lead++)
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    if (trail === 0x7f) continue;
    const bytes = Buffer.from([lead, trail]);
    const character = decoder.decode(bytes);
    if (character.length === 1 && !codes.has(character)) codes.set(character, bytes);
  }

export function gb18030(text: string): Buffer {
  return Buffer.concat([...text].map((character) => codes.get(character) ?? Buffer.from(character, 'latin1')));
}
