import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBulletinText } from './parse.js';

const seed = readFileSync(join(import.meta.dirname, '../../../test/fixtures/bulletins/seed.txt'), 'utf8');

/** The parsed structure in the form in which readings are compared; warnings naturally differ. */
function structureOf(text: string): string {
  const result = parseBulletinText(text);
  if (result.kind !== 'bulletin') return result.kind;
  const { title, date, issuer, sections, distribution, editor, reviewer, approver } = result.bulletin;
  const parts = { title, date, issuer, sections, distribution, editor, reviewer, approver };
  return JSON.stringify(parts, (_key, value: unknown) =>
    typeof value === 'string' ? value.normalize('NFKC').replace(/\s+/gu, '') : value,
  );
}

const noises = {
  'a blank line': '\n\n',
  'a page number': '\n\n— 3 —\n\n',
  'a page number without blank lines': '\n— 3 —\n',
  'a lone number': '\n\n3\n\n',
  'a form feed in the line': '\f',
  'a form feed on its own line': '\n\f\n',
  'a page number, a form feed and the masthead again': '\n\n- 3 -\n\f\n延津政务快报      第14期\n\n',
};

/** Every place inside a paragraph: not beside a line end, and not in the short lines of the head. */
const places = [...seed.matchAll(/.+/gu)]
  .filter(({ 0: line }) => line.length > 30)
  .flatMap(({ 0: line, index }) => Array.from({ length: line.length - 1 }, (_, at) => index + at + 1));

/** Steps through the places with a stride, so that the noises together touch most of them in little time. */
const STRIDE = 11;

describe('page-break noise inside a paragraph of the seed', () => {
  const want = structureOf(seed);

  it('has places to be put', () => expect(places.length).toBeGreaterThan(1500));

  it.each(Object.entries(noises).map(([name, noise], offset) => [name, noise, offset] as const))(
    '%s changes nothing',
    (_name, noise, offset) => {
      const changed = places
        .filter((_place, index) => index % STRIDE === offset)
        .filter((place) => structureOf(seed.slice(0, place) + noise + seed.slice(place)) !== want)
        .map((place) => `${seed.slice(place - 10, place)}|${seed.slice(place, place + 10)}`);
      expect(changed).toEqual([]);
    },
  );

  it('in every headline changes nothing', () => {
    const headlines = places.filter(
      (place) => place - seed.lastIndexOf('\n', place - 1) < 40 && seed[place - 1] !== ' ',
    );
    const changed = headlines.filter(
      (place) => structureOf(`${seed.slice(0, place)}\n\n${seed.slice(place)}`) !== want,
    );
    expect(changed.map((place) => `${seed.slice(place - 10, place)}|${seed.slice(place, place + 10)}`)).toEqual([]);
  });

  it('twice in one paragraph changes nothing', () => {
    const bad = places
      .filter((place, index) => index % 97 === 0 && places.includes(place + 60))
      .filter((place) => {
        const text = `${seed.slice(0, place)}\n\n— 2 —\n\n${seed.slice(place, place + 60)}\n\n— 3 —\n\n${seed.slice(place + 60)}`;
        return structureOf(text) !== want;
      });
    expect(bad).toEqual([]);
  });

  it('tells the reader where it was joined', () => {
    const place = seed.indexOf('有效盘活土地资源') + 4;
    const result = parseBulletinText(`${seed.slice(0, place)}\n\n— 1 —\n\n${seed.slice(place)}`);
    if (result.kind !== 'bulletin') throw new Error(result.kind);
    expect(result.bulletin.warnings.filter(({ code }) => code === 'page_join').map(({ line }) => line)).toEqual([
      13, 21, 29, 41,
    ]);
  });
});
