import type { ListedSeat } from './distribution-list.repository.js';
import { listView } from './list-view.js';

const seat: ListedSeat = {
  ...{ postId: 'p', total: 3, unitId: 'u', protocolOrder: 1, unitName: '县委', postTitle: '县委书记', kind: 'leader' },
  ...{ liaison: null, personId: 'n', personName: '赵甲', acting: false, actingKind: null, contacts: [] },
};
const rowsOf = (...seats: ListedSeat[]) =>
  listView({
    ...{
      search: '',
      at: '2026-11-23',
      today: '2026-11-23',
      groups: new Map(),
      others: [],
      page: 1,
      total: seats.length,
    },
    seats,
  }).rows;

it('marks the row of whoever has an address that does not work, where the addresses themselves are folded away', () => {
  const contact = (badReason: string | null) => [{ kind: 'email', masked: 'r***@yanjin.example', badReason }];
  const rows = rowsOf(
    { ...seat, contacts: contact('邮箱不存在') },
    { ...seat, contacts: contact('') },
    { ...seat, contacts: contact(null) },
  );
  expect(rows.map(({ troubled }) => troubled)).toEqual([true, true, false]);
  expect(rows[1]!.contacts).toEqual([{ channel: '电子邮件', masked: 'r***@yanjin.example', bad: '已失效' }]);
});

it('says who holds a post, and how', () => {
  const acting = { ...seat, acting: true, actingKind: 'acting' };
  const vacant = { ...seat, personId: null, personName: null };
  expect(rowsOf(seat, acting, vacant).map(({ holder }) => holder)).toEqual(['赵甲', '赵甲（代理）', null]);
});
