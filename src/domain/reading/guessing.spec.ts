import { freeGuesses, mayBeLuck, mostGuessLevel, networkOf, waitAfterWrong } from './guessing.js';

it('answers the first wrong codes at once, and later ones slower and slower, up to an hour', () => {
  expect([1, 5, freeGuesses].map(waitAfterWrong)).toEqual([0, 0, 0]);
  const waits = [11, 12, 20, 30, mostGuessLevel].map(waitAfterWrong);
  expect(waits).toEqual([90, 180, 900, 1800, 3600]);
});

it.each<[string, { network: number; all: number }, number, boolean]>([
  ['ten slips of a small county', { network: 10, all: 10 }, 115, false],
  ['six hundred at once', { network: 600, all: 600 }, 115, false],
  ['a day of guessing from six addresses', { network: 900, all: 5300 }, 115, false],
  ['a hundred thousand from one address', { network: 100_000, all: 100_000 }, 115, true],
  ['slips in a large city', { network: 60, all: 900 }, 100_000, false],
  ['guessing in a large city', { network: 150, all: 150 }, 100_000, true],
  ['guessing spread over many networks', { network: 1, all: 2000 }, 100_000, true],
  ['nothing to hit', { network: 1_000_000, all: 1_000_000 }, 0, false],
])('asks for more than the code only where luck is likely: %s', (_, tries, living, expected) => {
  expect(mayBeLuck(tries, living)).toBe(expected);
});

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::FFFF:10.1.2.3', '10.1.2.3'],
  ['0:0:0:0:0:ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('counts %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
