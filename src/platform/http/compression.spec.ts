import { chosenCoding, packedOnce } from './compression.js';

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

it('makes one of each file in each coding, however often it is fetched, and each page anew', async () => {
  const made: string[] = [];
  const pack = (coding: string) => (body: Buffer) => {
    made.push(`${coding} ${body.length}`);
    return Promise.resolve(Buffer.from(coding));
  };
  const packed = packedOnce({ gzip: pack('gzip'), br: pack('br') });
  const sheet = Buffer.from('a'.repeat(5000));
  for (const coding of ['br', 'gzip', 'br', 'gzip', 'br'] as const)
    expect((await packed[coding](sheet)).toString()).toBe(coding);
  expect(made).toEqual(['br 5000', 'gzip 5000']);
  for (let n = 0; n < 2; n += 1) await packed.br(Buffer.from('b'.repeat(3000)));
  expect(made.slice(2)).toEqual(['br 3000', 'br 3000']);
});
