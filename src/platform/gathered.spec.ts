import { Gathered } from './gathered.js';

/** Doubles numbers, in batches that end when told. */
function doubling() {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const gathered = new Gathered<number, number>(async (items) => {
    batches.push([...items]);
    await new Promise<void>((end) => ends.push(end));
    if (items.includes(13)) throw new Error('13');
    return items.map((n) => n * 2);
  }, 3);
  const endNext = async () => {
    ends.shift()!();
    await new Promise(setImmediate);
  };
  return { gathered, batches, endNext };
}

test('who comes alone is served at once; who comes meanwhile shares the next batch', async () => {
  const { gathered, batches, endNext } = doubling();
  const answers = [1, 2, 3, 4, 5].map((n) => gathered.ask(n));
  expect(batches).toEqual([[1]]);
  await endNext();
  expect(batches).toEqual([[1], [2, 3, 4]]);
  await endNext();
  await endNext();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
});

test('one that cannot be served fails alone', async () => {
  const { gathered, endNext } = doubling();
  const settled = Promise.allSettled([1, 2, 13, 4].map((n) => gathered.ask(n)));
  for (let i = 0; i < 5; i++) await endNext();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('lets nobody wait while nobody can be served', async () => {
  let asked = 0;
  const away = new Gathered<number, number>(() => Promise.reject(new Error(`away ${(asked += 1)}`)), 10);
  const settled = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => away.ask(n)));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  expect(asked).toBe(3);
});

test('serves on after a failure', async () => {
  const { gathered, endNext } = doubling();
  const failed = gathered.ask(13);
  const expected = expect(failed).rejects.toThrow('13');
  await endNext();
  await expected;
  const next = gathered.ask(7);
  await endNext();
  expect(await next).toBe(14);
});
