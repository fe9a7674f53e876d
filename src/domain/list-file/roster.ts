import { RosterDuplicates } from './roster-duplicates.js';
import type { RosterColumn } from './roster-header.js';
import {
  guessMapping,
  headerRowOf,
  isHeadingAgain,
  mappingFaults,
  sampleBelow,
  type TableRows,
} from './roster-mapping.js';
import { type UnreadCell, unreadSentence } from './unread-cell.js';
import type { RosterFault } from './roster-row.js';
import { isBlank, NotedRows, RosterRows, type RosterTable, RowReader } from './roster-rows.js';

/** The distribution list file (发送名单), as rows already split into cells. All or nothing: one fault refuses the file. */

export type RosterReading =
  | { ok: true; rows: RosterRows; columns: ReadonlySet<RosterColumn>; notes: readonly string[] }
  | { ok: false; faults: RosterFault[] };

export const maxRosterRows = 50_000;
/** Of a file. Titles and blank lines may stand around the people; what is far beyond is no list. */
export const listLimits = { rows: maxRosterRows + 1000, columns: 60, cell: 2000 };
const maxFaults = 2000;

/** A file with the headings we write; others need a mapping, see roster-mapping.ts. */
export function readRoster(rows: TableRows, unread: readonly UnreadCell[] = []): RosterReading {
  const header = headerRowOf(rows);
  const headings = rows.at(header) ?? [];
  const { exact, certain } = guessMapping(headings, sampleBelow(rows, header));
  if (certain) return readRosterTable({ rows, header, mapping: exact, unread });
  const faults = headings.flatMap((heading, position) =>
    exact[position] === null && heading.trim() !== ''
      ? [`无法识别表头“${heading.trim()}”，或者与另一列重复。请改用名单模板的表头，或在页面上指定这一列的内容。`]
      : [],
  );
  const messages = [...faults, ...mappingFaults(exact)];
  return atHeading(header, messages);
}

const atHeading = (header: number, messages: readonly string[]): RosterReading => ({
  ok: false,
  faults: messages.map((message) => ({ row: header + 1, column: null, position: null, message })),
});

/** Blank rows and headings that come again are skipped but counted. A cell that could not be read is a fault, and never an empty one. */
export function readRosterTable(table: RosterTable): RosterReading {
  const { rows: cells, header, mapping } = table;
  const missing = mappingFaults(mapping);
  if (missing.length > 0) return atHeading(header, missing);
  const body = cells.length - header - 1;
  if (body > maxRosterRows) {
    const message = `名单有${body}行，超过上限${maxRosterRows}行，请分成几份导入。`;
    return { ok: false, faults: [{ row: maxRosterRows + header + 2, column: null, position: null, message }] };
  }
  const reader = new RowReader(mapping);
  const people = new RosterRows(table);
  const headings = new NotedRows();
  const duplicates = new RosterDuplicates((place) => people.inFile(place));
  for (let at = header + 1; at < cells.length; at += 1) {
    const row = cells.at(at)!;
    if (row.every(isBlank)) continue;
    if (isHeadingAgain(row, cells.at(header) ?? [], mapping)) {
      headings.add('', at + 1);
      continue;
    }
    const person = reader.read(row, at + 1, people.length + 1);
    people.add(at, person.order);
    duplicates.add(person);
  }
  if (people.length === 0) reader.fault(header + 2, 'name', '名单中没有人，请在表头下逐行填写。');
  for (const { row, column, message } of duplicates.found) reader.fault(row, column, message);
  const unread = unreadFaults(table);
  const isUnread = new Set(unread.map(placeOf));
  const faults = [...unread, ...reader.faults.filter((fault) => !isUnread.has(placeOf(fault)))];
  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.row - b.row).slice(0, maxFaults) };
  people.sort();
  const notes = [
    ...reader.takenAsVacant.sentences(
      (rows, what) => `${rows}的“姓名”写的是“${what}”，按空缺处理：岗位没有任职人，不发送。如确有其人，请写出姓名。`,
    ),
    ...headings.sentences((rows) => `${rows}又是表头，没有当作人员。`),
  ];
  return { ok: true, rows: people, columns: new Set(mapping.filter((column) => column !== null)), notes };
}

/** In columns that are imported, or that the heading does not reach. */
function unreadFaults({ header, mapping, unread }: RosterTable): RosterFault[] {
  return unread.flatMap((cell) => {
    const column = cell.column < mapping.length ? mapping[cell.column]! : undefined;
    if (cell.row <= header + 1 || column === null) return [];
    return [{ row: cell.row, column: column ?? null, position: cell.column, message: unreadSentence(cell) }];
  });
}

const placeOf = ({ row, position }: RosterFault): string => `${row} ${position ?? ''}`;
