import { concat, lastValueFrom, NEVER, of, toArray } from 'rxjs';
import { whileAllowed } from './while-allowed.js';

const asked = (answers: readonly boolean[]) => {
  let turn = 0;
  return () => Promise.resolve(answers[Math.min(turn++, answers.length - 1)]!);
};

describe('whileAllowed', () => {
  it('lets nothing pass once it is no longer allowed', async () => {
    const events = whileAllowed(of(1, 2, 3, 4), asked([true, true, false, true]));
    expect(await lastValueFrom(events.pipe(toArray()))).toEqual([1, 2]);
  });

  it('passes everything while it is', async () => {
    expect(await lastValueFrom(whileAllowed(of(1, 2, 3), asked([true])).pipe(toArray()))).toEqual([1, 2, 3]);
  });

  it('ends a silent stream as well', async () => {
    const silent = whileAllowed(concat(of(1), NEVER), asked([true, true, false]), 1);
    expect(await lastValueFrom(silent.pipe(toArray()))).toEqual([1]);
  });
});
