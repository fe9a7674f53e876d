import { chosenCoding } from './compression.js';

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['GZIP;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0', null],
  ['gzip;q=NaN, br;q=-1', null],
  ['deflate', null],
])('of %s the better coding is %s', (accept, coding) => expect(chosenCoding(accept)).toBe(coding));
