import { lastValueFrom, toArray } from 'rxjs';
import { progressMessages, type ProgressTick } from './progress-stream.js';

const messages = async (ticks: ProgressTick[]): Promise<unknown[]> => {
  let turn = 0;
  const read = (): Promise<ProgressTick> => Promise.resolve(ticks[Math.min(turn++, ticks.length - 1)]!);
  return lastValueFrom(progressMessages(read, 1).pipe(toArray()));
};

it('sends what changed and ends when everything is settled', async () => {
  const sent = await messages([
    { html: '1', finished: false },
    { html: '1', finished: false },
    { html: '2', finished: false },
    { html: '3', finished: true },
  ]);
  expect(sent).toEqual([{ data: '1' }, { data: '2' }, { data: '3' }, { type: 'end', data: 'end' }]);
});

it('still tells what changes right after the last message', async () => {
  const sent = await messages([
    { html: 'sent', finished: true },
    { html: 'sent', finished: true },
    { html: 'delivered', finished: true },
  ]);
  expect(sent).toEqual([{ data: 'sent' }, { data: 'delivered' }, { type: 'end', data: 'end' }]);
});

it('goes on while unfinished however long nothing changes', async () => {
  const still = Array.from({ length: 9 }, () => ({ html: 'held', finished: false }));
  expect(await messages([...still, { html: 'done', finished: true }])).toContainEqual({ data: 'done' });
});
