import { migrationHashes, release, releaseData, releaseOf, sizeOfData } from './release/release-data.js';

/** A database of the release has these: to change it, a new migration is written. */
describe('migrations of a release', () => {
  const present = migrationHashes();
  const released = release();

  it('are never edited, renamed or removed', () => {
    const kept = Object.keys(released.migrations).map((name) => [name, present[name]]);
    expect(Object.fromEntries(kept)).toEqual(released.migrations);
  });

  it('come before those that are not released yet, each with a number of its own', () => {
    const names = Object.keys(present);
    expect(names.slice(0, Object.keys(released.migrations).length)).toEqual(Object.keys(released.migrations));
    expect(names.filter((name) => !/^\d{4}_[a-z0-9_]+$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
  });

  it('made the database whose rows are kept, which are few enough for a repository', () => {
    expect(releaseOf(releaseData())).toEqual(released);
    expect(sizeOfData()).toBeLessThan(300_000);
  });
});
