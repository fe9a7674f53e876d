import { visible } from '../text/same-text.js';

/** The columns of the distribution list file, in the order we write them. */
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
  'unitKind',
  'level',
  'tags',
  'acting',
  'startsOn',
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** Without these a row says neither who gets the bulletin nor as what. */
export const requiredColumns: readonly RosterColumn[] = ['groups', 'unit', 'post', 'name'];

/** The heading of a column we add to a file that is handed back with its faults marked; never read. */
export const faultHeading = '问题和改法';

/** The Chinese heading of each column; the first is the one we write, the others are understood too. */
const headings: Record<RosterColumn, readonly [string, ...string[]]> = {
  order: ['序号', '次序', '排序', '编号', '礼宾次序'],
  groups: ['分组', '组别', '所属分组', '发送分组', '范围'],
  unit: ['单位', '单位名称', '工作单位', '所在单位', '部门'],
  post: ['职务', '岗位', '现任职务', '职位'],
  name: ['姓名', '任职人', '名字'],
  mobile: ['手机', '手机号', '手机号码', '电话', '联系电话', '移动电话', '手机电话'],
  email: ['邮箱', '电子邮箱', '邮箱地址', '电子邮件', 'e-mail', '邮件'],
  kind: ['类别', '类型', '岗位类别'],
  proxy: ['联络员', '联系人', '代收人'],
  wecom: ['企业微信', '企业微信账号', '企业微信号', '企微账号'],
  unitKind: ['单位类别', '单位性质', '单位类型'],
  level: ['层次', '职级', '职级层次', '级别'],
  tags: ['标签'],
  acting: ['代理', '是否代理', '主持工作'],
  startsOn: ['任职日期', '任职时间', '任职起始', '到任日期'],
};

export function columnHeading(column: RosterColumn): string {
  return headings[column][0];
}

/** Headings as they are compared: without blanks, widths folded. */
export function normaliseHeading(cell: string): string {
  return visible(cell)
    .normalize('NFKC')
    .replace(/[\s*＊:：]/gu, '')
    .toLowerCase();
}

/** The column a heading stands for, else null. */
export function columnOf(cell: string): RosterColumn | null {
  const heading = normaliseHeading(cell);
  return rosterColumns.find((name) => name.toLowerCase() === heading || headings[name].includes(heading)) ?? null;
}

/** Longest first, so that 单位类别 is not taken for 单位. */
const byLength = rosterColumns
  .flatMap((column) => headings[column].map((heading) => ({ column, heading })))
  .sort((a, b) => b.heading.length - a.heading.length);

/** The column whose heading is part of this one: 手机（必填） is 手机. */
export function columnWithin(cell: string): RosterColumn | null {
  const heading = normaliseHeading(cell);
  return byLength.find((known) => known.heading.length > 1 && heading.includes(known.heading))?.column ?? null;
}
