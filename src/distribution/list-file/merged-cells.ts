import { columnAt } from '../../domain/list-file/cell-name.js';
import type { RosterFault } from '../../domain/list-file/roster-row.js';

/** Merged cells from the heading row on: below one, only the first row would have the value. Titles above may be merged. */
export function mergedFaults(merged: readonly string[], header: number): RosterFault[] {
  return merged.flatMap((range) => {
    const [, letters, first, , last] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? [];
    if (letters === undefined || Number(last) - 1 < header) return [];
    const where = Number(first) - 1 <= header ? '表头中' : '名单中';
    const message = `${where}有合并单元格${range}，请取消合并，并在每一格填写内容。`;
    return [{ row: Number(first), column: null, position: columnAt(letters), message }];
  });
}
