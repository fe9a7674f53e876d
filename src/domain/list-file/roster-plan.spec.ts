import { rosterColumns, type RosterColumn } from './roster-header.js';
import { address, day, entryOf, plan, planned, seat, stateOf, told } from '../../../test/list-in-memory.js';
import { endsTooMany } from './roster-plan.js';

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

it('warns when more than a fifth would end', () => {
  const counts = { added: 0, changed: 0, moved: 0, ended: 23, renumbered: 0 };
  expect([endsTooMany({ counts, before: 115 }), endsTooMany({ counts, before: 114 })]).toEqual([false, true]);
});
