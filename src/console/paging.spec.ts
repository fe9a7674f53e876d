import { address, paging, readPage } from './paging.js';

it.each([
  ['2', 2],
  ['0', 1],
  ['-1', 1],
  ['x', 1],
  [undefined, 1],
])('reads page %j as %d', (value, expected) => {
  expect(readPage(value)).toBe(expected);
});

it('links to neighbours that exist and keeps the query', () => {
  expect(paging('/list', { q: '财政' }, 2, 50, 101)).toMatchObject({
    pages: 3,
    previous: `/list?q=${encodeURIComponent('财政')}`,
    next: `/list?q=${encodeURIComponent('财政')}&page=3`,
  });
  expect(paging('/list', {}, 1, 50, 50)).toMatchObject({ pages: 1, previous: null, next: null });
  expect(paging('/list', {}, 1, 50, 0).pages).toBe(1);
});

it('leaves out what is empty', () => {
  expect(address('/issues', { year: '', page: '1' })).toBe('/issues');
});
