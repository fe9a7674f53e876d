import { Quieted } from './quieted.js';

describe('a quieted log', () => {
  it('says the same thing once in ten seconds, and other things at once', () => {
    const said: string[] = [];
    let now = 0;
    const log = new Quieted({ warn: (text: string) => said.push(text) }, () => now);
    log.warn('gone');
    log.warn('gone');
    log.warn('starting up');
    now = 10_000;
    log.warn('gone');
    expect(said).toEqual(['gone', 'starting up', 'gone']);
  });
});
