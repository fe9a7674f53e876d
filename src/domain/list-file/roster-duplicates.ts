import { columnHeading, type RosterColumn } from './roster-header.js';
import type { RosterRow } from './roster-row.js';
import { isSame, sameKey } from '../text/same-text.js';

const columns = ['order', 'mobile', 'email', 'wecom'] as const;

/** Finds rows that claim what can belong to one only. One person may hold several posts: same name and all the same addresses. */
export class RosterDuplicates {
  readonly found: { row: number; column: RosterColumn; message: string }[] = [];
  /** Places of the rows that came first, by value. */
  private readonly first = { order: new Map(), mobile: new Map(), email: new Map(), wecom: new Map() } as Readonly<
    Record<(typeof columns)[number], Map<string | number, number>>
  >;
  /** Posts of people who come more than once, with the line of each. */
  private readonly posts = new Map<string, number>();
  private readonly unitKinds = new Map<string, { row: number; unitKind: string }>();
  private count = 0;

  /** @param at gives a row that was added, by its place from 0 */
  constructor(private readonly at: (place: number) => RosterRow) {}

  /** In the order of the file. */
  add(person: RosterRow): void {
    const place = this.count;
    this.count += 1;
    let again: RosterRow | null = null;
    for (const column of columns) {
      const other = this.earlier(column, person, place);
      if (!other) continue;
      if (column !== 'order' && isSamePerson(other, person)) again = other;
      else this.fault(person.row, column, twice(column, other.row, person.row));
    }
    if (again) this.samePost(again, person);
    this.unitKind(person);
  }

  private earlier(column: (typeof columns)[number], person: RosterRow, place: number): RosterRow | null {
    const value = person[column];
    // 0 stands for an order that could not be read, which is a fault of its own.
    if (value === null || value === 0) return null;
    const key = typeof value === 'string' ? value.toLowerCase() : value;
    const first = this.first[column].get(key);
    if (first === undefined) this.first[column].set(key, place);
    return first === undefined ? null : this.at(first);
  }

  private samePost(first: RosterRow, person: RosterRow): void {
    if (person.unit === '') return;
    const key = ({ unit, post, name, mobile, email, wecom }: RosterRow) =>
      JSON.stringify([...[unit, post, name ?? ''].map(sameKey), mobile, email, wecom]);
    if (!this.posts.has(key(first))) this.posts.set(key(first), first.row);
    const other = this.posts.get(key(person));
    if (other === undefined) this.posts.set(key(person), person.row);
    else this.fault(person.row, 'name', `第${other}行和第${person.row}行是同一人的同一岗位，请删去一行。`);
  }

  private unitKind({ unit, unitKind, row }: RosterRow): void {
    if (unitKind === null) return;
    const other = this.unitKinds.get(sameKey(unit));
    if (!other) this.unitKinds.set(sameKey(unit), { row, unitKind });
    else if (other.unitKind !== unitKind)
      this.fault(row, 'unitKind', `第${other.row}行和第${row}行是同一单位，“单位类别”却不同，请改为一致。`);
  }

  private fault(row: number, column: RosterColumn, message: string): void {
    this.found.push({ row, column, message });
  }
}

function isSamePerson(a: RosterRow, b: RosterRow): boolean {
  const addresses = (row: RosterRow) => [row.mobile, row.email, row.wecom].map((value) => value?.toLowerCase());
  return a.name !== null && b.name !== null && isSame(a.name, b.name) && addresses(a).join() === addresses(b).join();
}

function twice(column: RosterColumn, first: number, second: number): string {
  const remedy =
    column === 'order'
      ? '请改为不同的序号'
      : '每人的联系方式须不同，请核对后改正；一人兼任几个岗位的，各行的姓名和全部联系方式须一致';
  return `第${first}行和第${second}行的“${columnHeading(column)}”相同，${remedy}。`;
}
