import { packLines, unpackLines } from './packed-lines.js';

it('gives back what was packed, line breaks and all', async () => {
  const values = [{ name: '一\n二' }, [], Array.from({ length: 3000 }, (_, n) => [`${n}`, '单位\u2028\r乙'])];
  const found: unknown[] = [];
  for await (const value of unpackLines(await packLines(values))) found.push(value);
  expect(found).toEqual(values);
});

it('refuses what was damaged', async () => {
  const packed = await packLines([['甲']]);
  const read = async () => {
    for await (const value of unpackLines(packed.subarray(0, packed.length - 9))) expect(value).toBeDefined();
  };
  await expect(read()).rejects.toThrow();
});
