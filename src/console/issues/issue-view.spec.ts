import { sourceLines } from './issue-view.js';
import { resolvedScopeView } from '../scope/scope-view.js';

describe('sourceLines', () => {
  const warning = (line: number) => ({ line, code: 'x', message: `提示${line}` });

  it('puts each warning under its line', () => {
    const lines = sourceLines('一\n二\n三\n\n', [warning(2), warning(2)]);
    expect(lines.map(({ number, warnings }) => [number, warnings.length])).toEqual([
      [1, 0],
      [2, 2],
      [3, 0],
    ]);
  });

  it('loses no warning that names a line outside the text', () => {
    const shown = sourceLines('一\n二', [warning(0), warning(99)]).flatMap(({ warnings }) => warnings);
    expect(shown).toEqual(['提示0', '提示99']);
  });
});

describe('resolvedScopeView', () => {
  const groups = ['县委常委', '县直各单位负责人', '副县长'].map((name, i) => ({ id: String(i), name }));

  it('offers near names first and every other group after them', () => {
    const near = { kind: 'group' as const, id: '1', name: '县直各单位负责人' };
    const unknown = [{ label: '县直单位负责人', suggestions: [near], reason: null }];
    const view = resolvedScopeView({ entries: [], groups: [], unknown, people: 0 }, groups);
    expect(view.unknown[0]?.options.map(({ value }) => value)).toEqual(['group:1', 'group:0', 'group:2']);
    expect(view.unknown[0]?.suggested).toBe(true);
  });

  it('has nothing to offer, and says so, where there is no group at all', () => {
    const unknown = [{ label: '县委常委', suggestions: [], reason: null }];
    const view = resolvedScopeView({ entries: [], groups: [], unknown, people: 0 }, []);
    expect(view.unknown[0]).toMatchObject({ options: [], suggested: false });
  });

  it('names the group only where the scope calls it otherwise', () => {
    const group = (label: string) => ({ label, groupId: '0', groupName: '县委常委', people: 11, vacantPosts: [] });
    const scope = { entries: [], groups: [group('县委常委'), group('各常委')], unknown: [], people: 11 };
    expect(resolvedScopeView(scope, groups).groups.map(({ groupName }) => groupName)).toEqual([null, '县委常委']);
  });
});
