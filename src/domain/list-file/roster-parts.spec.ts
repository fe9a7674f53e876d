import { rosterColumns } from './roster-header.js';
import { address, day, entryOf, plan, planned, seat, stateOf } from '../../../test/list-in-memory.js';

describe('a long file', () => {
  const many = Array.from({ length: 4500 }, (_, i) => seat(i + 1, `职务${i + 1}`, `某${i + 1}`));
  const list = { ...stateOf(many.slice(0, 4400)), units: [] };

  it('is planned in parts, changes in the order of the file, what ends last', async () => {
    const entries = many.slice(100).map((one, i) => entryOf(one, { level: i % 1000 === 0 ? 'deputy' : null }));
    const result = await planned(list, entries, { columns: new Set(rosterColumns), mode: 'addition', day });
    const sizes = result.ok ? result.plan.parts.map(({ seats }) => seats) : [];
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4300);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    const { changes, counts } = await plan(list, entries);
    expect(counts).toMatchObject({ added: 100, changed: 5, ended: 100, renumbered: 0 });
    const kinds = changes.map(({ kind, row }) => (kind === 'ended' ? kind : row));
    expect(kinds.slice(0, 5)).toEqual([102, 1102, 2102, 3102, 4102]);
    expect(kinds.slice(-100)).toEqual(Array.from({ length: 100 }, () => 'ended'));
  });

  it('tells how far it is, from none of the rows to all of them', async () => {
    const entries = many.slice(0, 4400).map((one) => entryOf(one));
    const result = await planned(list, entries, { columns: new Set(rosterColumns), mode: 'whole', day });
    const reached = result.ok ? result.plan.reached : [];
    expect([reached[0], reached.at(-1)]).toEqual([0, 4400]);
    expect(reached.length).toBeGreaterThan(8);
    expect([...reached].sort((a, b) => a - b)).toEqual(reached);
  });

  it('lets people who stand far apart change places and numbers', async () => {
    const [first, last] = [many[0]!, many[4399]!];
    const swapped = many.slice(0, 4400).map((one) => {
      const other = one === first ? last : one === last ? first : null;
      return other === null ? entryOf(one) : entryOf(other, { order: one.order, post: one.title, row: one.order + 1 });
    });
    const { changes, writes } = await plan(list, swapped);
    expect(changes.map(({ kind, name, cameFrom }) => [kind, name, cameFrom])).toEqual([
      ['moved', '某4400', '县政府 职务4400'],
      ['moved', '某1', '县政府 职务1'],
    ]);
    expect([writes.newPeople, writes.newContacts, writes.newTenures.map(({ personId }) => personId)]).toEqual([
      [],
      [],
      ['p4400', 'p1'],
    ]);
  });

  it('counts a new post of several of one title on from those before it', async () => {
    const deputy = (at: number) => ({
      ...entryOf(many[at]!, { post: '副县长', name: `新${at}`, mobile: null, addresses: address(null) }),
      order: at + 1,
    });
    const entries = many.slice(0, 4400).map((one, at) => (at === 3 || at === 4000 ? deputy(at) : entryOf(one)));
    const { writes } = await plan(list, entries);
    expect(writes.newPosts.map(({ title, seat: number }) => [title, number])).toEqual([
      ['副县长', 1],
      ['副县长', 2],
    ]);
  });
});
