import { rosterColumns } from './roster-header.js';
import { day, entryOf, plan, planned, seat, stateOf, type ListInMemory } from '../../../test/list-in-memory.js';
import type { RosterMode } from './roster-options.js';
import type { RosterEntry } from './roster-state.js';

describe('liaison officers', () => {
  const kind = 'unit' as const;
  const seats = [seat(1, '局长', '甲', { kind }), seat(2, '副局长', '乙', { kind })];
  const state = stateOf(seats);
  const named = (name: string | null) => (name === null ? [] : [{ name, mobile: null }]);
  const rows = (...names: (string | null)[]) =>
    seats.map((one, i) => entryOf(one, { kind, officers: named(names[i]!) }));
  const serving = (unitId: string | null, postId: string | null) => ({
    ...{ id: 'l1', unitId, postId, personId: 'p9', name: '联甲' },
    ...{ mobile: null, startsOn: '2025-01-01' },
  });
  const served = async (of: ListInMemory, entries: RosterEntry[], mode?: RosterMode) => {
    const { writes } = await plan(of, entries, mode);
    const begun = writes.newLiaisons.map(({ unitId, postId }) => unitId ?? postId);
    return { begun, ended: writes.endedLiaisons.map(({ id }) => id), people: writes.newPeople.map(({ name }) => name) };
  };

  it('serve the unit where all its posts name them, and single posts where they differ', async () => {
    expect(await served(state, rows('联乙', '联乙'))).toEqual({ begun: ['u1'], ended: [], people: ['联乙'] });
    expect(await served(state, rows('联乙', '联丙'))).toEqual({
      begun: ['post1', 'post2'],
      ended: [],
      people: ['联乙', '联丙'],
    });
    expect((await served(state, rows('联乙', '联乙').slice(1), 'addition')).begun).toEqual(['post2']);
  });

  it('of a unit end when no post names them, and are not taken from one post alone', async () => {
    const with1 = { ...state, officers: [serving('u1', null)] };
    expect(await served(with1, rows('联甲', '联甲'))).toEqual({ begun: [], ended: [], people: [] });
    expect(await served(with1, rows(null, null))).toEqual({ begun: [], ended: ['l1'], people: [] });
    const options = { columns: new Set(rosterColumns), mode: 'whole' as const, day };
    const result = await planned(with1, rows('联甲', null), options);
    expect(result.ok ? [] : result.faults).toMatchObject([{ row: 3, column: 'proxy' }]);
  });

  it('of a single post end with it, and give way to those of the unit', async () => {
    const with1 = { ...state, officers: [serving(null, 'post2')] };
    expect((await served(with1, rows(null, '联甲').slice(0, 1))).ended).toEqual(['l1']);
    expect(await served(with1, rows(null, null))).toEqual({ begun: [], ended: ['l1'], people: [] });
  });
});
