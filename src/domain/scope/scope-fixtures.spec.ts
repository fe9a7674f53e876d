import { readFileSync } from 'node:fs';
import { resolveScope } from './scope.js';
import { readScopeText } from './scope-text.js';
import { demoIndex, demoRows, seatOf } from '../../../test/demo-seats.js';

interface Fixture {
  text: string;
  people: number;
  /** People behind each label; null where it stands for nobody of its own. */
  labels: (number | null)[];
  unknown: string[];
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/scopes.json', import.meta.url), 'utf8'),
) as Fixture[];

describe('scopes as they are printed, resolved with the demo county', () => {
  const rows = demoRows();
  const index = demoIndex(rows);
  const seats = rows.map(seatOf);

  it.each(fixtures.map((fixture) => [fixture.text, fixture] as const))('%s', (text, expected) => {
    const { labels } = readScopeText(text);
    const scope = resolveScope(
      labels.map(({ label }) => label),
      index,
      seats,
    );
    const counted = scope.labels.map(
      ({ label }) => scope.groups.find((group) => group.label === label)?.people ?? null,
    );
    expect({ people: scope.people, labels: counted, unknown: scope.unknown.map(({ label }) => label) }).toEqual({
      people: expected.people,
      labels: expected.labels,
      unknown: expected.unknown,
    });
  });

  it('leaves no word of a label without an answer', () => {
    for (const { text } of fixtures) {
      for (const { label } of readScopeText(text).labels) {
        const [reading] = resolveScope([label], index, seats).labels;
        const answers =
          reading!.meanings.length + reading!.unknown.length + reading!.ignored.length + reading!.excluded.length;
        expect([label, answers > 0]).toEqual([label, true]);
      }
    }
  });
});
