import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomFaults } from './random-faults.js';

describe('random faults', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'kuaibao-faults-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const references = Array.from({ length: 400 }, (_, i) => `delivery-${i}`);
  const drawn = (seed: string) => {
    const faults = new RandomFaults({ seed, share: 0.2 }, dir);
    return references.map((reference) => faults.mail(reference));
  };

  it('are the same for the same seed and others for another', () => {
    expect(drawn('1')).toEqual(drawn('1'));
    expect(drawn('1')).not.toEqual(drawn('2'));
  });

  it('hit about the wanted share of first tries, and no second try', () => {
    const faults = new RandomFaults({ seed: '1', share: 0.2 }, dir);
    const hits = references.map((reference) => [1, 2].map(() => faults.call('aliyun', reference) !== null));
    const first = hits.filter(([hit]) => hit).length;
    expect(first).toBeGreaterThan(40);
    expect(first).toBeLessThan(120);
    expect(hits.some(([, second]) => second)).toBe(false);
  });

  it('are noted with what they hit', () => {
    const hit = drawn('3').filter(Boolean);
    const lines = readFileSync(join(dir, 'faults.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { fault: string }).fault)).toEqual(hit);
  });
});
