import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bulletin, BulletinItem } from './bulletin.js';
import { decodeText } from './decode.js';
import { toLines, withNewlines } from './lines.js';
import { parseBulletin } from './parse.js';
import { readBulletin } from './read.js';

const folder = join(import.meta.dirname, '../../../test/fixtures/bulletins');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -'.txt'.length));

interface ExpectedItem {
  headline: string | null;
  body_starts: string;
  body_ends: string;
  body_contains?: string[];
  unit: string | null;
  units?: string[];
  author?: string;
}
interface Expected {
  title: string | null;
  series: string | null;
  issueNumber: number | null;
  totalNumber: number | null;
  date: string | null;
  issuer: string | null;
  sections: { name: string | null; items: ExpectedItem[] }[];
  distribution: string[];
  editor: string | null;
  reviewer: string | null;
  approver: string | null;
  extra: Record<string, unknown>;
}

/** Two readings are equal when they are equal after NFKC and without white space. */
const squash = (value: string): string => value.normalize('NFKC').replace(/\s+/gu, '');
const squashed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? squash(inner) : inner,
  ) as unknown;

const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, `${name}.txt`));
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;

function structureOf(name: string): Bulletin {
  const { text, encoding } = decodeText(bytesOf(name));
  return readBulletin(toLines(withNewlines(text)), { encoding }).bulletin;
}

function checkItem(item: BulletinItem, expected: ExpectedItem): void {
  const body = squash(item.body);
  expect(squashed(item.headline)).toBe(squashed(expected.headline));
  const ends = [...squash(expected.body_ends)];
  expect([...body].slice(0, 14).join('')).toBe(squash(expected.body_starts));
  expect([...body].slice(-ends.length).join('')).toBe(ends.join(''));
  for (const part of expected.body_contains ?? []) expect(body).toContain(squash(part));
  expect(squashed(item.unit)).toBe(squashed(expected.unit));
  if (expected.units) expect(squashed(item.unit?.split('、'))).toEqual(squashed(expected.units));
  expect(squashed(item.author)).toBe(squashed(expected.author ?? null));
}

const negative = 'syn12_not_a_bulletin';

describe.each(names.filter((name) => name !== negative))('%s', (name) => {
  const expected = expectedOf(name);
  const bulletin = structureOf(name);

  it('has the expected head and foot', () => {
    const keys = [
      'title',
      'series',
      'issueNumber',
      'totalNumber',
      'date',
      'issuer',
      'distribution',
      'editor',
      'reviewer',
      'approver',
    ] as const;
    // Where more than one number is right, so is more than one title.
    const open = new Set(expected.extra.unscored as string[] | undefined);
    if (open.has('issueNumber')) open.add('title');
    for (const key of keys.filter((one) => !open.has(one)))
      expect([key, squashed(bulletin[key])]).toEqual([key, squashed(expected[key])]);
  });

  it('has the expected sections and items', () => {
    expect(bulletin.sections.map((section) => [squashed(section.name), section.items.length])).toEqual(
      expected.sections.map((section) => [squashed(section.name), section.items.length]),
    );
    expected.sections.forEach((section, index) =>
      section.items.forEach((item, at) => checkItem(bulletin.sections[index]?.items[at] as BulletinItem, item)),
    );
  });

  it('has the expected further facts', () => {
    const { extra } = expected;
    const found: Record<string, unknown> = {
      ...bulletin.extra,
      copyNo: bulletin.extra.copyNumber,
      urgency: bulletin.urgency,
    };
    for (const key of [
      'year',
      'docNumber',
      'copies',
      'copyNo',
      'distributionLabel',
      'distributionByVerb',
      'proofreader',
      'urgency',
      'encoding',
    ])
      if (key in extra) expect([key, squashed(found[key])]).toEqual([key, squashed(extra[key])]);
    if (extra.gate !== 'reject_import' && 'classification' in extra)
      expect(squashed(bulletin.classification)).toBe(squashed(extra.classification));
    if ('itemCount' in extra)
      expect(bulletin.sections.flatMap((section) => section.items)).toHaveLength(Number(extra.itemCount));
  });

  it('passes or fails the gate', () => {
    const result = parseBulletin(bytesOf(name));
    if (expected.extra.gate === 'reject_import')
      expect(result).toEqual({ kind: 'classified', level: expected.extra.classification });
    else expect(result.kind).toBe('bulletin');
  });
});

describe(negative, () => {
  it('is refused with a reason and the warnings that say why', () => {
    const result = parseBulletin(bytesOf(negative));
    const expected = expectedOf(negative).extra.expectWarnings as string[];
    if (result.kind !== 'notBulletin') throw new Error(`read as ${result.kind}`);
    expect(result.reason).toContain('期号');
    expect(result.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(expected));
  });

  it('makes no sections and no recipients', () => {
    expect(structureOf(negative)).toMatchObject({
      title: null,
      issueNumber: null,
      sections: [],
      distribution: [],
      issuer: '青陵县人民政府办公室',
    });
  });
});

describe('the seed', () => {
  it('gives three warnings, one for each page join, at the line before the break', () => {
    const { warnings } = structureOf('seed');
    expect(warnings.map(({ line, code }) => [line, code])).toEqual([
      [17, 'page_join'],
      [25, 'page_join'],
      [37, 'page_join'],
    ]);
  });
});
