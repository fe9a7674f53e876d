import { parseArgs } from 'node:util';
import { parseBulletin } from '../../src/domain/bulletin/parse.js';
import { generate } from './bulletin.js';
import { layoutOf, nextIssue } from './learned.js';
import { alone, type Counts, learned, share, tally } from './tally.js';

/*
 * npm run -s bulletins -- --seed N --count N [--json]: facts right, warned of and silently wrong by kind of layout.
 * --learned: each is the second issue of its paper, read with what the first one shows once it is corrected; --as-read: once it
 * is signed off as it was read. --wrong N prints the first N wrong facts; --show INDEX prints one bulletin and what is read in it.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    learned: { type: 'boolean', default: false },
    'as-read': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    wrong: { type: 'string', default: '0' },
    show: { type: 'string' },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seed = Number(values.seed);
const percent = (value: number): string => `${(value * 100).toFixed(2).padStart(6)} %`;
const row = (name: string, counts: Counts): string =>
  `${percent(share(counts, 'right'))} ${percent(share(counts, 'silent'))} ${percent(share(counts, 'warned'))}  ${name}`;

if (values.show !== undefined && values.learned) {
  const { first, next, read } = nextIssue(seed, Number(values.show));
  say(next.layout.filter((form) => !/: (?:plain|none|nothing)$/.test(form)).join('; '));
  say(`${first.text}\n\n=====\n\n${next.text}`);
  say(JSON.stringify({ layout: layoutOf(first), ...read, lines: undefined }, null, 1));
} else if (values.show !== undefined) {
  const bulletin = generate(seed, Number(values.show));
  say(bulletin.layout.filter((form) => !/: (?:plain|none|nothing)$/.test(form)).join('; '));
  say(bulletin.text);
  say(JSON.stringify(parseBulletin(bulletin.bytes), null, 1));
} else {
  let left = Number(values.wrong);
  const print = (index: number, wrong: unknown): void => {
    if (left-- > 0) say(`#${index} ${JSON.stringify(wrong)}`);
  };
  const reader = values.learned ? learned('corrected') : values['as-read'] ? learned('asRead') : alone;
  const result = tally(seed, Number(values.count), print, reader);
  if (values.json) say(JSON.stringify(result, null, 2));
  else {
    const worst = Object.entries(result.byLayout).sort(([, a], [, b]) => share(a, 'right') - share(b, 'right'));
    say('  right   silent   warned');
    say(row(`all facts of ${result.bulletins} bulletins, ${result.warnings} warnings`, result.facts));
    say(
      Object.entries(result.byFact)
        .map(([name, counts]) => row(name, counts))
        .join('\n'),
    );
    say(worst.map(([name, counts]) => row(name, counts)).join('\n'));
  }
}
