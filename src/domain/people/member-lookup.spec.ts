import { lookupRefusal } from './member-lookup.js';

describe('lookupRefusal', () => {
  it.each([
    [46004, 'none'],
    [60103, 'none'],
    [60011, 'none'],
    [-1, 'later'],
    [45009, 'stop'],
    [45033, 'stop'],
    [60020, 'stop'],
    [48002, 'stop'],
    [99999, 'stop'],
  ])('takes %i for %s', (errcode, kind) => {
    expect(lookupRefusal(errcode).kind).toBe(kind);
  });
});
