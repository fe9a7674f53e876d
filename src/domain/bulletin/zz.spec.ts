import { readFileSync } from 'node:fs';
import { parseBulletinText } from './parse.js';
const texts: Record<string, string> = {};
for (const part of readFileSync('/tmp/hidden.txt', 'utf8').split(/^#### /m).slice(1)) texts[part.slice(0, part.indexOf('\n'))] = part.slice(part.indexOf('\n') + 1);
it('x', () => {
  const out: string[] = [];
  for (const [n, t] of Object.entries(texts)) {
    const r = parseBulletinText(t);
    if (r.kind !== 'bulletin') { out.push(`=== ${n} ${JSON.stringify(r)}`); continue; }
    const { sections, warnings, ...rest } = r.bulletin;
    out.push(`=== ${n} ${JSON.stringify(rest)}`);
    for (const s of sections) { out.push(`  【${s.name}】`); for (const i of s.items) out.push(`     H:${i.headline} | U:${i.unit} A:${i.author} | ${i.body.replace(/\n/g, '⏎').slice(0, 90)}…${i.body.slice(-14)}`); }
    for (const w of warnings) out.push(`   ! ${w.line} ${w.code} ${w.message}`);
  }
  console.log(out.join('\n'));
});
