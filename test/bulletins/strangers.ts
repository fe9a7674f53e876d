import { parseBulletin } from '../../src/domain/bulletin/parse.js';
import { judge, type Judged } from './judge.js';
import { markedBulletins } from './marked.js';

/* npm run -s bulletins -- strangers [FILE [NAME]]: what is read of the bulletins written by hand, and what is wrong. */
const [round, ...names] = process.argv.slice(3);
const total = { right: 0, warned: 0, silent: 0 };
let [warnings, whole] = [0, 0];
const out: string[] = [];
const bulletins = markedBulletins(round).filter(({ name }) => names.length === 0 || names.includes(name));
for (const bulletin of bulletins) {
  const read = parseBulletin(bulletin.bytes);
  if (read.kind === 'bulletin') warnings += read.bulletin.warnings.length;
  const judged = judge(bulletin, read);
  const wrong = judged.filter(({ verdict }) => verdict !== 'right');
  for (const { verdict } of judged) total[verdict] += 1;
  if (wrong.length === 0) whole += 1;
  else out.push(`## ${bulletin.name}: ${judged.length - wrong.length} of ${judged.length}`);
  out.push(
    ...wrong.map(
      (one: Judged) => `   ${one.verdict} ${one.fact}: ${JSON.stringify(one.wanted)} <> ${JSON.stringify(one.found)}`,
    ),
  );
  if (names.length > 0) out.push(bulletin.text, JSON.stringify(read, null, 1));
}
const facts = total.right + total.warned + total.silent;
const percent = (value: number): string => `${((value / facts) * 100).toFixed(2)} %`;
out.push(
  `${bulletins.length} bulletins (${whole} without a fault), ${facts} facts: right ${percent(total.right)}, warned ${percent(total.warned)}, silent ${percent(total.silent)}; ${warnings} warnings`,
);
process.stdout.write(`${out.join('\n')}\n`);
