import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../../../templates/assets/tokens.css', import.meta.url), 'utf8');
const [light, dark] = css
  .split('@media screen and (prefers-color-scheme: dark)')
  .map(
    (part) => new Map([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name!, colour!])),
  );

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

const grounds = ['paper', 'ground', 'sunk'];
/** Text, and every ground it stands on. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'action-pale', 'warn-pale', 'bad-pale', 'good-pale']],
  ['ink-soft', [...grounds, 'rest']],
  ['red', ['paper', 'red-pale']],
  ['red-ink', ['red']],
  ['action', [...grounds, 'action-pale', 'warn-pale', 'bad-pale', 'good-pale']],
  ['action-dark', ['paper', 'action-pale']],
  ['action-ink', ['action', 'action-dark']],
  ['good', ['paper', 'good-pale']],
  ['warn', ['paper', 'warn-pale']],
  ['bad', [...grounds, 'bad-pale']],
  ['acknowledged', ['paper']],
  ...['acknowledged', 'opened', 'delivered', 'unreachable'].map(
    (grade) => [`${grade}-ink`, [grade === 'acknowledged' ? grade : `${grade}-pale`]] as const,
  ),
];
const edges = ['line-strong', 'focus'].flatMap((edge) => grounds.map((ground) => [edge, ground] as const));

describe.each([
  ['by day', light!],
  ['in the dark', dark!],
])('colours %s', (_when, colours) => {
  const faint = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([one, other]) => [one, other, contrast(colours.get(one)!, colours.get(other)!)] as const)
      .filter(([, , ratio]) => !(ratio >= least));

  it('let every text be read', () => {
    const pairs = texts.flatMap(([text, under]) => under.map((ground) => [text, ground] as const));
    expect(faint(pairs, 4.5)).toEqual([]);
  });

  it('show where a field ends, and where one is', () => {
    expect(faint(edges, 3)).toEqual([]);
  });
});

it('are as many in the dark as by day', () => {
  expect([...dark!.keys()].sort()).toEqual([...light!.keys()].sort());
});
