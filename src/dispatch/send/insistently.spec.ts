import { insistently } from './insistently.js';

const never = new AbortController().signal;

describe('insistently', () => {
  it('repeats until it works and says so once', async () => {
    const warnings: string[] = [];
    let tries = 0;
    const work = () => (++tries < 4 ? Promise.reject(new Error('no database')) : Promise.resolve());
    await insistently(work, never, (text) => warnings.push(text), [0]);
    expect(tries).toBe(4);
    expect(warnings).toEqual(['not written, trying on: no database']);
  });
});
