import { takePage } from './presses.js';

it('takes the name of the page off a form, whose reader may know no other fields than its own', () => {
  const request = { body: { _page: 'x', c0: 'order' } as Record<string, unknown> };
  expect([takePage(request), request.body]).toEqual(['x', { c0: 'order' }]);
  expect(takePage(request)).toBeNull();
});

it.each([undefined, null, 'text', { _page: ['a', 'b'] }, Buffer.from('x')])('finds none in %p', (body) => {
  expect(takePage({ body })).toBeNull();
});
