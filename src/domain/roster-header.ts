/** The columns of the distribution list file. `wecom` may be left out. */
export const rosterColumns = [
  'order',
  'groups',
  'unit',
  'post',
  'name',
  'mobile',
  'email',
  'kind',
  'proxy',
  'wecom',
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** The Chinese heading of each column; the first is the one we write, the others are understood too. */
const headings: Record<RosterColumn, readonly [string, ...string[]]> = {
  order: ['序号'],
  groups: ['分组', '组别'],
  unit: ['单位'],
  post: ['职务'],
  name: ['姓名'],
  mobile: ['手机'],
  email: ['邮箱'],
  kind: ['类别'],
  proxy: ['联络员'],
  wecom: ['企业微信'],
};

export function columnHeading(column: RosterColumn): string {
  return headings[column][0];
}

export type HeaderReading =
  | { ok: true; positions: ReadonlyMap<RosterColumn, number> }
  | { ok: false; faults: { column: string; message: string }[] };

/** Columns may stand in any order. A heading we do not know is a fault, lest a mistyped one be dropped in silence. */
export function readHeader(cells: readonly string[]): HeaderReading {
  const faults: { column: string; message: string }[] = [];
  const positions = new Map<RosterColumn, number>();
  cells.forEach((cell, position) => {
    const heading = cell
      .normalize('NFKC')
      .replace(/[\s\p{Cf}]/gu, '')
      .toLowerCase();
    if (heading === '') return;
    const column = rosterColumns.find((name) => name === heading || headings[name].includes(heading));
    if (column === undefined) {
      faults.push({ column: cell.trim(), message: `不认识表头“${cell.trim()}”，请改为下列之一：${allHeadings()}。` });
    } else if (positions.has(column)) {
      faults.push({ column, message: `表头“${columnHeading(column)}”出现了两次，请删去一列。` });
    } else {
      positions.set(column, position);
    }
  });
  for (const column of rosterColumns) {
    if (column === 'wecom' || positions.has(column)) continue;
    faults.push({ column, message: `缺少“${columnHeading(column)}”（${column}）一列，请补上；没有内容可以留空。` });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, positions };
}

function allHeadings(): string {
  return rosterColumns.map(columnHeading).join('、');
}
