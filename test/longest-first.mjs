// Two workers are done soonest when what takes longest begins first: a fresh clone knows no durations of earlier runs yet.
import { createRequire } from 'node:module';

const TestSequencer = createRequire(import.meta.url)('@jest/test-sequencer').default;

/** Files whose order matters, longest first; then other end-to-end files, medium ones, and the rest. */
const slowest = [
  ...['chaos', 'every-page', 'keyboard', 'killed-demo', 'redis', 'groups', 'organisation'].map((name) => `e2e/${name}`),
  ...['document/pdf/pdf', 'sheet/hostile', 'test/bulletin-growth', 'test/text-growth', 'bulletin/page-noise'],
];
const tiers = ['/test/e2e/', '/test/medium/'];

const rank = ({ path }) => {
  const named = slowest.findIndex((name) => path.endsWith(`/${name}.spec.ts`));
  if (named >= 0) return named;
  const tier = tiers.findIndex((folder) => path.includes(folder));
  return slowest.length + (tier < 0 ? tiers.length : tier);
};

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
}
