import { compareScope } from './late-copies.js';
import type { ScopeEntry } from '../scope/scope.js';

const entry = (personId: string, postTitle: string): ScopeEntry => ({
  personId,
  name: personId,
  postId: postTitle,
  postTitle,
  unitName: '县政府',
  unitKind: 'leader',
  protocolOrder: 1,
  acting: false,
  liaison: null,
  groups: ['副县长'],
});
const holder = (personId: string, postTitle: string, copyNumber: number) => ({
  personId,
  personName: personId,
  postTitle,
  unitName: '县政府',
  copyNumber,
});

it('tells who came, who left and who changed post', () => {
  const before = [holder('赵甲', '县长', 1), holder('钱甲', '副县长', 2), holder('孙甲', '副县长', 3)];
  const now = [entry('钱甲', '县长'), entry('孙甲', '副县长'), entry('李甲', '副县长')];
  const { added, left, moved } = compareScope(before, now);
  expect(added.map(({ name }) => name)).toEqual(['李甲']);
  expect(left.map(({ personName }) => personName)).toEqual(['赵甲']);
  expect(moved.map(({ holder: { personName }, now: { postTitle } }) => [personName, postTitle])).toEqual([
    ['钱甲', '县长'],
  ]);
});

it('finds nothing where nothing changed', () => {
  expect(compareScope([holder('钱甲', '县长', 1)], [entry('钱甲', '县长')])).toEqual({
    added: [],
    left: [],
    moved: [],
  });
});
