import { outcomeOfSilence } from './vendor-outcome.js';

describe('outcomeOfSilence', () => {
  it.each([
    [429, { kind: 'retry', class: 'throttled' }],
    [503, { kind: 'retry', class: 'provider' }],
    [502, { kind: 'unknown' }],
    [200, { kind: 'unknown' }],
  ])("takes HTTP %i without the provider's own words for %j", (status, outcome) => {
    expect(outcomeOfSilence({ kind: 'answer', status, body: undefined })).toMatchObject(outcome);
  });
});
