import { rosterColumns, type RosterColumn } from './roster-header.js';
import { type ListInMemory, planned } from '../../test/list-in-memory.js';
import type { RosterMode } from './roster-options.js';
import { endsTooMany } from './roster-plan.js';
import type { Addresses, RosterEntry, StoredSeat } from './roster-state.js';

const day = '2026-11-25';
const address = (mobile: string | null): Addresses => ({
  sms: mobile === null ? null : { hash: `h${mobile}`, masked: `${mobile.slice(0, 3)}****` },
  email: null,
  wecom: null,
});

function seat(order: number, title: string, name: string | null, more: Partial<StoredSeat> = {}): StoredSeat {
  const mobile = `154${order}`;
  const holder = {
    tenureId: `t${order}`,
    personId: `p${order}`,
    name: name ?? '',
    acting: false,
    startsOn: '2025-01-01',
  };
  return {
    postId: `post${order}`,
    unitId: 'u1',
    unit: '县政府',
    unitKind: 'government',
    title,
    seat: 1,
    kind: 'leader',
    order,
    level: 'principal',
    tags: [],
    groups: ['副县长'],
    holder: name === null ? null : { ...holder, addresses: address(mobile) },
    nextStartsOn: null,
    ...more,
  };
}

function entryOf(from: StoredSeat, more: Partial<RosterEntry> = {}): RosterEntry {
  const mobile = from.holder?.addresses.sms?.hash.slice(1) ?? null;
  return {
    order: from.order,
    groups: [...from.groups],
    unit: from.unit,
    post: from.title,
    name: from.holder?.name ?? null,
    mobile,
    email: null,
    wecom: null,
    kind: 'leader',
    officers: [],
    unitKind: null,
    level: null,
    tags: [],
    acting: false,
    startsOn: null,
    row: from.order + 1,
    addresses: address(mobile),
    ...more,
  };
}

const stateOf = (seats: readonly StoredSeat[]): ListInMemory => ({
  seats,
  closed: [],
  units: [{ id: 'u1', name: '县政府', kind: 'government', closed: false }],
  groups: [{ id: 'g1', name: '副县长' }],
  others: [],
  officers: [],
  namesakes: [],
  owners: new Map(
    seats.flatMap(({ holder, unit, title }) =>
      holder?.addresses.sms
        ? [
            [
              holder.addresses.sms.hash,
              { kind: 'sms' as const, personId: holder.personId, name: holder.name, holds: `${unit} ${title} ` },
            ],
          ]
        : [],
    ),
  ),
});

async function plan(
  list: ListInMemory,
  entries: RosterEntry[],
  mode: RosterMode = 'whole',
  columns: readonly RosterColumn[] = rosterColumns,
) {
  const result = await planned(list, entries, { columns: new Set(columns), mode, day });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.plan;
}

const told = (changes: Awaited<ReturnType<typeof plan>>['changes']) =>
  changes.map(({ kind, post, name, fields }) => [kind, post, name, ...fields.map(({ field }) => field)]);

describe('five deputies of one title', () => {
  const five = ['甲', '乙', '丙', '丁', '戊'].map((name, i) => seat(i + 1, '副县长', name, { seat: i + 1 }));
  const state = stateOf(five);
  const entries = five.map((one) => entryOf(one));

  it('unchanged are no change', async () => {
    expect(await plan(state, entries)).toMatchObject({ changes: [], unchanged: 5 });
  });

  it('put in another order change their order, not their holders', async () => {
    const swapped = [entryOf(five[0]!, { order: 2 }), entryOf(five[1]!, { order: 1 }), ...entries.slice(2)];
    const { changes, writes } = await plan(
      state,
      swapped.sort((a, b) => a.order - b.order),
    );
    expect(changes.every(({ fields }) => fields.every(({ field }) => field === '序号'))).toBe(true);
    expect(changes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
    expect([writes.newTenures, writes.endedTenures, writes.newPeople]).toEqual([[], [], []]);
  });

  it('of whom the second leaves, end one seat and let the others move up quietly', async () => {
    const rest = entries.filter((_, i) => i !== 1).map((entry, i) => ({ ...entry, order: i + 1 }));
    const { changes, counts, writes } = await plan(state, rest);
    expect(counts).toMatchObject({ ended: 1, renumbered: 3, changed: 0, added: 0 });
    expect(told(changes.filter(({ kind }) => kind === 'ended'))).toEqual([['ended', '县政府 副县长（第2席）', '乙']]);
    expect(writes.closedPosts).toEqual([{ id: 'post2', on: day }]);
    expect(writes.endedTenures).toEqual([{ id: 't2', on: day }]);
  });

  it('of whom one is replaced, change that seat only', async () => {
    const { changes, writes } = await plan(
      state,
      entries.map((entry, i) => (i === 2 ? { ...entry, name: '新', mobile: '999', addresses: address('999') } : entry)),
    );
    expect(told(changes)).toEqual([['changed', '县政府 副县长（第3席）', '新', '姓名', '手机']]);
    expect(writes.endedTenures).toEqual([{ id: 't3', on: day }]);
    expect(writes.newTenures).toMatchObject([{ postId: 'post3', startsOn: day, endsOn: null }]);
  });

  it('with one more get the next free seat', async () => {
    const sixth = { ...entries[4]!, order: 6, row: 7, name: '己', mobile: '999', addresses: address('999') };
    expect(told((await plan(state, [...entries, sixth])).changes)).toEqual([['added', '县政府 副县长（第6席）', '己']]);
  });
});

describe('people who move', () => {
  const [head, deputy] = [seat(1, '县长', '甲'), seat(2, '副县长', '乙')];
  const state = stateOf([head, deputy]);

  it('keep who they are, and are told apart from new ones', async () => {
    const promoted = entryOf(head, { name: '乙', mobile: '1542', addresses: address('1542') });
    const { changes, writes } = await plan(state, [
      promoted,
      entryOf(deputy, { name: '丙', mobile: '9', addresses: address('9') }),
    ]);
    expect(changes[0]).toMatchObject({ kind: 'moved', post: '县政府 县长', cameFrom: '县政府 副县长' });
    expect(changes[1]).toMatchObject({ kind: 'changed', name: '丙' });
    expect(writes.newPeople.map(({ name }) => name)).toEqual(['丙']);
    expect(writes.newTenures[0]).toMatchObject({ postId: 'post1', personId: 'p2' });
    expect(writes.removedContacts.filter(({ kind }) => kind === 'sms')).toEqual([]);
  });

  it('may hold a second post besides the first', async () => {
    const second = entryOf(deputy, { post: '党组书记', order: 3, row: 4 });
    const { changes, writes } = await plan(state, [entryOf(head), entryOf(deputy), second]);
    expect(told(changes)).toEqual([['added', '县政府 党组书记', '乙']]);
    expect([writes.newTenures.map(({ personId }) => personId), writes.newContacts]).toEqual([['p2'], []]);
  });

  it('hand the number of their office on', async () => {
    const { writes } = await plan(state, [entryOf(head, { name: '丁' }), entryOf(deputy)]);
    expect(writes.removedContacts).toEqual([{ personId: 'p1', kind: 'sms', hash: 'h1541', on: day }]);
    expect(writes.newContacts).toMatchObject([{ kind: 'sms', value: '1541' }]);
  });
});

describe('an addition', () => {
  const state = stateOf([seat(1, '县长', '甲'), seat(2, '副县长', '乙')]);
  const row = entryOf(seat(3, '秘书长', '丙'));

  it('ends nothing', async () => {
    expect((await plan(state, [row], 'addition')).counts).toMatchObject({ added: 1, ended: 0 });
  });

  it('cannot take the number of somebody who stays, and says whose it is', async () => {
    const taken = { ...row, mobile: '1541', addresses: address('1541') };
    const options = { columns: new Set(rosterColumns), mode: 'addition' as const, day };
    const result = await planned(state, [taken], options);
    expect(result.ok ? [] : result.faults).toMatchObject([
      { row: 4, column: 'mobile', message: expect.stringContaining('县政府 县长 甲') as string },
    ]);
  });

  it('stands behind what there is when it has no numbers', async () => {
    const columns: RosterColumn[] = ['groups', 'unit', 'post', 'name', 'mobile'];
    expect((await plan(state, [{ ...row, order: 1 }], 'addition', columns)).writes.newPosts[0]).toMatchObject({
      order: 3,
    });
  });
});

it('changes nothing for which the file has no column', async () => {
  const state = stateOf([seat(1, '县长', '甲', { tags: ['重点'], kind: 'unit' })]);
  const entry = entryOf(state.seats[0]!, { mobile: null, addresses: address(null) });
  expect(await plan(state, [entry], 'whole', ['order', 'groups', 'unit', 'post', 'name'])).toMatchObject({
    changes: [],
  });
});

it('leaves a post without a holder where the file says so', async () => {
  const { changes, writes } = await plan(stateOf([seat(1, '县长', '甲')]), [
    entryOf(seat(1, '县长', null), { name: null }),
  ]);
  expect(told(changes)).toEqual([['changed', '县政府 县长', '（空缺）', '姓名']]);
  expect([writes.endedTenures.length, writes.newTenures.length]).toEqual([1, 0]);
});

it('lets a new holder hold only until one who is already appointed', async () => {
  const state = stateOf([seat(1, '县长', '甲', { nextStartsOn: '2027-01-01' })]);
  const entry = entryOf(state.seats[0]!, { name: '乙', mobile: '9', addresses: address('9') });
  expect((await plan(state, [entry])).writes.newTenures).toMatchObject([{ startsOn: day, endsOn: '2027-01-01' }]);
});

it('opens a closed post again rather than making a second one', async () => {
  const state = {
    ...stateOf([seat(1, '县长', '甲')]),
    closed: [{ postId: 'old', unit: '县政府', title: '秘书长', seat: 1 }],
  };
  const { writes } = await plan(state, [entryOf(seat(1, '县长', '甲')), entryOf(seat(2, '秘书长', '乙'))]);
  expect([writes.newPosts, writes.changedPosts.map(({ id }) => id)]).toEqual([[], ['old']]);
});

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

it('warns when more than a fifth would end', () => {
  const counts = { added: 0, changed: 0, moved: 0, ended: 23, renumbered: 0 };
  expect([endsTooMany({ counts, before: 115 }), endsTooMany({ counts, before: 114 })]).toEqual([false, true]);
});

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
