import { resolveScope as resolve } from './scope.js';
import { type ScopeGroup, ScopeIndex } from './indexed-names.js';
import type { Seat } from './scope-seat.js';

const plain = { rule: null, parts: [], excludedParts: [], excludedPosts: [] };
const groups: ScopeGroup[] = [
  { ...plain, id: 'standing', name: '县委常委', aliases: [] },
  { ...plain, id: 'deputies', name: '副县长', aliases: ['县政府副县长'] },
  { ...plain, id: 'congress', name: '县人大正副主任', aliases: ['县人大常委会主任、副主任'] },
  { ...plain, id: 'towns', name: '各乡（镇）政府、街道办事处主要领导', aliases: [] },
];
const resolveScope = (labels: string[], known: ScopeGroup[], seats: Seat[]) =>
  resolve(labels, new ScopeIndex(known, [], []), seats);

function aSeat(order: number, groupIds: string[], overrides: Partial<Seat> = {}): Seat {
  return {
    postId: `post${order}`,
    unitId: 'government',
    bodyKind: 'government',
    level: 'principal',
    tags: [],
    unitName: '县政府',
    unitKind: 'leader',
    postTitle: `岗位${order}`,
    protocolOrder: order,
    groupIds,
    liaison: null,
    holder: { personId: `person${order}`, name: `姓名${order}`, acting: false },
    ...overrides,
  };
}

describe('resolveScope', () => {
  it('lists people in protocol order, whatever the order of labels and seats', () => {
    const seats = [aSeat(10, ['deputies']), aSeat(2, ['standing']), aSeat(9, ['deputies'])];
    const scope = resolveScope(['副县长', '县委常委'], groups, seats);
    expect(scope.entries.map(({ protocolOrder }) => protocolOrder)).toEqual([2, 9, 10]);
    expect(scope.groups.map(({ groupName, people }) => [groupName, people])).toEqual([
      ['副县长', 2],
      ['县委常委', 1],
    ]);
  });

  it('takes somebody in two groups once, and counts them in both', () => {
    const scope = resolveScope(['副县长', '县委常委'], groups, [aSeat(5, ['standing', 'deputies'])]);
    expect(scope.people).toBe(1);
    expect(scope.entries[0]?.groups).toEqual(['副县长', '县委常委']);
    expect(scope.groups.map(({ people }) => people)).toEqual([1, 1]);
  });

  it('sends to the highest post of somebody who holds two', () => {
    const holder = { personId: 'p', name: '周甲', acting: false };
    const seats = [aSeat(8, ['deputies'], { holder: { ...holder, acting: true } }), aSeat(3, ['standing'], { holder })];
    const { entries } = resolveScope(['县委常委', '副县长'], groups, seats);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ postId: 'post3', acting: false, groups: ['县委常委', '副县长'] });
  });

  it('carries post, unit, liaison and acting as they are', () => {
    const holder = { personId: 'p', name: '周甲', acting: true };
    const seat = aSeat(7, ['towns'], {
      unitName: '王楼镇',
      unitKind: 'township',
      postTitle: '镇长',
      liaison: '李乙',
      holder,
    });
    expect(resolveScope(['各乡(镇)政府、街道办事处主要领导'], groups, [seat]).entries).toEqual([
      {
        personId: 'p',
        name: '周甲',
        postId: 'post7',
        postTitle: '镇长',
        unitName: '王楼镇',
        unitKind: 'township',
        protocolOrder: 7,
        acting: true,
        liaison: '李乙',
        groups: ['各乡（镇）政府、街道办事处主要领导'],
      },
    ]);
  });

  it('names vacant posts and leaves out groups that the scope does not name', () => {
    const seats = [aSeat(1, ['standing'], { holder: null }), aSeat(2, ['congress'])];
    const scope = resolveScope(['县委常委'], groups, seats);
    expect(scope.entries).toEqual([]);
    expect(scope.groups).toEqual([
      { label: '县委常委', groupId: 'standing', groupName: '县委常委', people: 0, vacantPosts: ['县政府 岗位1'] },
    ]);
  });

  it('knows aliases and takes a group that is named twice once', () => {
    const scope = resolveScope(['县人大常委会主任、副主任', '县人大正副主任', ' '], groups, [aSeat(2, ['congress'])]);
    expect(scope.groups).toHaveLength(1);
    expect(scope.groups[0]).toMatchObject({ label: '县人大常委会主任、副主任', groupName: '县人大正副主任' });
    expect(scope.unknown).toEqual([]);
  });

  it('prefers a name to another group’s alias', () => {
    const clash = [{ ...plain, id: 'x', name: '领导', aliases: ['副县长'] }, ...groups];
    expect(resolveScope(['副县长'], clash, []).groups[0]?.groupId).toBe('deputies');
  });

  it.each([
    ['付县长', ['副县长']],
    ['县委常务委员', ['县委常委']],
    ['各乡镇政府主要领导', ['各乡（镇）政府、街道办事处主要领导']],
    ['县人大主任', ['县人大正副主任']],
    ['市政协机关', []],
  ])('suggests for %s: %j', (label, suggestions) => {
    const [unknown, ...more] = resolveScope([label, label], groups, []).unknown;
    expect([unknown?.label, unknown?.suggestions.map(({ name }) => name), more]).toEqual([label, suggestions, []]);
  });

  it('suggests at most three, the nearest first', () => {
    const many = ['县直一', '县直二', '县直单', '县直单位'].map((name) => ({ ...plain, id: name, name, aliases: [] }));
    const [unknown] = resolveScope(['县直单位们'], many, []).unknown;
    expect(unknown?.suggestions).toHaveLength(3);
    expect(unknown?.suggestions.slice(0, 2).map(({ name }) => name)).toEqual(['县直单位', '县直单']);
  });
});
