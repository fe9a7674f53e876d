import { columnHeading, type RosterColumn } from './roster-header.js';
import type { RosterRow } from './roster-row.js';

const columns = ['order', 'mobile', 'email', 'wecom'] as const;

/** Rows that claim what can belong to one only. One person may hold several posts: same name and all the same addresses. */
export function rosterDuplicates(
  people: readonly RosterRow[],
): { row: number; column: RosterColumn; message: string }[] {
  return [...columns.flatMap((column) => sharing(column, people)), ...samePosts(people), ...unitKinds(people)];
}

function sharing(column: (typeof columns)[number], people: readonly RosterRow[]) {
  const first = new Map<string, RosterRow>();
  return people.flatMap((person) => {
    const value = person[column];
    // 0 stands for an order that could not be read, which is a fault of its own.
    if (value === null || value === 0) return [];
    const key = String(value).toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, person);
      return [];
    }
    if (column !== 'order' && isSamePerson(other, person)) return [];
    return [{ row: person.row, column, message: twice(column, other.row, person.row) }];
  });
}

export function isSamePerson(a: RosterRow, b: RosterRow): boolean {
  const addresses = (row: RosterRow) => [row.mobile, row.email, row.wecom].map((value) => value?.toLowerCase());
  return a.name !== null && a.name === b.name && addresses(a).join() === addresses(b).join();
}

function samePosts(people: readonly RosterRow[]) {
  const first = new Map<string, RosterRow>();
  return people.flatMap((person) => {
    if (person.name === null || person.unit === '' || (!person.mobile && !person.email && !person.wecom)) return [];
    const key = JSON.stringify([person.unit, person.post, person.name, person.mobile, person.email, person.wecom]);
    const other = first.get(key);
    first.set(key, other ?? person);
    if (other === undefined) return [];
    const message = `第${other.row}行和第${person.row}行是同一人的同一岗位，请删去一行。`;
    return [{ row: person.row, column: 'name' as const, message }];
  });
}

function unitKinds(people: readonly RosterRow[]) {
  const first = new Map<string, RosterRow>();
  return people.flatMap((person) => {
    if (person.unitKind === null) return [];
    const other = first.get(person.unit);
    first.set(person.unit, other ?? person);
    if (other === undefined || other.unitKind === person.unitKind) return [];
    const message = `第${other.row}行和第${person.row}行是同一单位，“单位类别”却不同，请改为一致。`;
    return [{ row: person.row, column: 'unitKind' as const, message }];
  });
}

function twice(column: RosterColumn, first: number, second: number): string {
  const remedy =
    column === 'order'
      ? '请改为不同的序号'
      : '每人的联系方式须不同，请核对后改正；一人兼任几个岗位的，各行的姓名和全部联系方式须一致';
  return `第${first}行和第${second}行的“${columnHeading(column)}”相同，${remedy}。`;
}
