import { chineseDateTime } from '../../domain/calendar.js';
import type { CallRow } from './call-list.repository.js';

export interface CallLine {
  copyNumber: number;
  where: string;
  name: string;
  copyHref: string;
  liaison: string;
  phone: string;
  phoneHref: string;
  why: string;
}

/** Why somebody is on the list: what was tried and what came of it. */
export function whyCall(row: CallRow, days: number): string {
  if (row.unreached) return row.whyUnreachable ?? '各通道均未送达，请电话告知或送纸质件。';
  const reminded = row.reminders === 0 ? '' : `，已催阅${row.reminders}次`;
  const opened = row.openedAt === null ? '没有打开过' : `${chineseDateTime(row.openedAt)}打开过`;
  const last = row.lastSentAt === null ? '' : `最近一次通知在${chineseDateTime(row.lastSentAt)}，`;
  return `${last}${days}个工作日内没有签收${reminded}；${opened}。`;
}

export function callLine(row: CallRow, days: number): CallLine {
  return {
    copyNumber: row.copyNumber,
    where: `${row.unitName} ${row.postTitle}`,
    name: row.personName,
    copyHref: `/copies/${row.copyId}`,
    liaison: row.liaison ?? '',
    phone: row.phone ?? '没有登记',
    phoneHref: `/people/${row.personId}/contacts`,
    why: whyCall(row, days),
  };
}

/** For Excel and paper, with room for what came of the call. */
export function callTable(rows: readonly CallRow[], days: number): (string | number)[][] {
  const lines = rows.map((row) => callLine(row, days));
  return [
    ['份号', '单位、职务', '姓名', '手机', '联络员', '原因', '通话时间', '结果'],
    ...lines.map((line) => [line.copyNumber, line.where, line.name, line.phone, line.liaison, line.why, '', '']),
  ];
}
