import { exampleName } from '../../domain/list-file/people-cell.js';
import {
  columnHeading,
  faultHeading,
  requiredColumns,
  type RosterColumn,
  rosterColumns,
} from '../../domain/list-file/roster-header.js';
import type { RosterFault } from '../../domain/list-file/roster-row.js';
import { attachment, csvText } from '../../platform/csv-file.js';
import { download, type RawReply } from '../../platform/http/page.js';
import { xlsxFile, type WrittenCell } from '../../platform/sheet/write-sheet.js';

const csvType = 'text/csv; charset=utf-8';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const widths: Partial<Record<RosterColumn, number>> = {
  order: 8,
  groups: 28,
  unit: 22,
  post: 28,
  email: 28,
  mobile: 15,
};
const columnWidths = rosterColumns.map((column) => widths[column] ?? 12);

export type ListFormat = 'xlsx' | 'csv';

/** The list as a file to save. */
export async function listFile(
  table: readonly (readonly string[])[],
  name: string,
  format: ListFormat,
): Promise<RawReply> {
  if (format === 'csv') return download(csvText(table), csvType, attachment(`${name}.csv`));
  const bytes = await xlsxFile([{ name: '名单', rows: table, widths: columnWidths, headed: true }]);
  return download(bytes, xlsxType, attachment(`${name}.xlsx`));
}

const example: Record<RosterColumn, string> = {
  order: '1',
  groups: '县委常委；副县长',
  unit: '县政府',
  post: '县委常委、常务副县长',
  name: exampleName,
  mobile: '',
  email: '',
  kind: '县领导',
  proxy: '',
  wecom: '',
  unitKind: '政府部门',
  level: '正职',
  tags: '',
  acting: '',
  startsOn: '2026-03-01',
};

const notes: Record<RosterColumn, string> = {
  order: '礼宾次序，1到999999之间的整数，不能重复。没有这一列时按行的先后。',
  groups: '发送范围中的名称，如“县委常委”；多个用分号隔开；不列入任何分组的写“（无）”。',
  unit: '单位名称。名单中没有的单位会新建。',
  post: '职务。同一单位有几个同名岗位的，各写一行。',
  name: '任职人姓名；暂无人任职的写“（空缺）”。',
  mobile: '11位手机号码，一人一个。请把整列设为“文本”格式。',
  email: '完整邮箱地址，一格一个。',
  kind: '县领导、县直单位或乡镇街道。没有这一列时，按单位名称判断。',
  proxy: '代为接收、签收的联络员，写姓名，或“姓名（11位手机号码）”；多人用分号隔开，没有的留空。',
  wecom: '企业微信通讯录中的账号，没有的留空。',
  unitKind: '如“党委部门”“政府部门”“乡镇、街道”；留空时不改，新单位按名称判断。',
  level: '正职、副职或工作人员；留空时不改。',
  tags: '自定的标签，多个用分号隔开。',
  acting: '代理或主持工作的写“是”。',
  startsOn: '任职日期，如 2026-03-01；留空时按导入时选的生效日期。',
};

/** One row to be overwritten, and in the workbook a second sheet that says what belongs where. */
export async function templateFile(format: ListFormat): Promise<RawReply> {
  const table = [rosterColumns.map(columnHeading), rosterColumns.map((column) => example[column])];
  if (format === 'csv') return listFile(table, '发送名单模板', 'csv');
  const explained = rosterColumns.map((column) => [
    columnHeading(column),
    requiredColumns.includes(column) ? '必须有' : '可以没有',
    notes[column],
  ]);
  const bytes = await xlsxFile([
    { name: '名单', rows: table, widths: columnWidths, headed: true },
    { name: '填写说明', rows: [['列', '是否必须', '怎样填写'], ...explained], widths: [12, 12, 80], headed: true },
  ]);
  return download(bytes, xlsxType, attachment('发送名单模板.xlsx'));
}

/** The file as it came, faulty cells in colour and what is wrong in a last column; it can be mended and uploaded again. */
export async function markedFile(
  { rows, header, faults }: { rows: readonly (readonly string[])[]; header: number; faults: readonly RosterFault[] },
  name: string,
): Promise<RawReply> {
  const byRow = new Map<number, RosterFault[]>();
  for (const fault of faults) byRow.set(fault.row - 1, [...(byRow.get(fault.row - 1) ?? []), fault]);
  const width = Math.max(...rows.map((row) => row.length));
  const marked = rows.map((row, index) => {
    const mine = byRow.get(index) ?? [];
    const cells: (string | WrittenCell)[] = Array.from({ length: width }, (_, at) => ({
      text: row[at] ?? '',
      marked: mine.some(({ position }) => position === at),
    }));
    const said = mine.map(({ message }) => message).join('\n');
    return [...cells, index === header ? faultHeading : said];
  });
  const sheet = { name: '名单', rows: marked, widths: [...Array.from({ length: width }, () => 16), 60] };
  return download(await xlsxFile([sheet]), xlsxType, attachment(`${name.replace(/\.\w+$/, '')}（标出错误）.xlsx`));
}
