import type { Bulletin, BulletinWarning } from './bulletin.js';
import { orPerhaps } from './doubts.js';
import type { Foot } from './foot.js';
import type { SourceLine } from './lines.js';
import type { Head } from './head.js';

/** What a bulletin should have and this one lacks, and what its head and foot say differently. */
export function bulletinWarnings(
  bulletin: Bulletin,
  head: Head,
  foot: Foot,
  source: readonly SourceLine[],
): BulletinWarning[] {
  const top = head.numberLine ?? source[0]?.number ?? 1;
  const end = source.at(-1)?.number ?? 1;
  const warnings: BulletinWarning[] = [];
  const warn = (line: number, code: string, message: string): void => void warnings.push({ line, code, message });
  if (bulletin.series === null) warn(top, 'no_series', '没有找到刊名，请补填。');
  numberWarnings(bulletin, head, top, warn);
  if (head.badDate !== null && head.date === null) warn(top, 'bad_date', `文首日期“${head.badDate}”不存在，请改正。`);
  else if (bulletin.date === null) warn(top, 'no_date', '没有找到本期日期，请补填。');
  else if (head.date === null) warn(end, 'date_from_foot', `文首没有日期，取自文末印发日期 ${bulletin.date}，请核对。`);
  if (head.dateFrom !== null)
    warn(
      head.dateLine ?? top,
      'date_range',
      `文首是一段日期，本期日期取最后一天 ${bulletin.date}，${orPerhaps(head.dateFrom)}请核对。`,
    );
  if (bulletin.issuer === null) warn(top, 'no_issuer', '没有找到编发单位，请补填。');
  else if (head.issuers.length === 0)
    warn(end, 'issuer_from_foot', `文首没有编发单位，取自文末“${bulletin.issuer}”，请核对。`);
  if (bulletin.distribution.length === 0)
    warn(
      end,
      'no_distribution',
      foot.hasDistribution
        ? '发送范围是空的，请补填发送对象。'
        : '没有找到“本期发”或“报、送、发”一行，请补填发送范围。',
    );
  signOffWarning(bulletin, end, warn);
  if (head.classification !== null && foot.publicMark !== null && head.classification !== foot.publicMark)
    warn(end, 'marks_differ', `文首标“${head.classification}”，文末标“${foot.publicMark}”，按文首处理，请核对。`);
  for (const { number, text } of source)
    if (text.includes('\uFFFD'))
      warn(number, 'unreadable_character', '此行有无法识别的字符（显示为“\uFFFD”），请对照原件改正。');
  return warnings;
}

type Warn = (line: number, code: string, message: string) => void;

function numberWarnings(bulletin: Bulletin, head: Head, top: number, warn: Warn): void {
  if (bulletin.issueNumber === null) {
    warn(top, 'no_issue_number', '没有找到“第N期”这样的期号，请补填。');
    return;
  }
  if (head.numberFrom === 'document' && head.docNumber)
    warn(top, 'number_from_document', `没有“第N期”，期号取自“${head.docNumber.text}”，请核对。`);
  if (head.numberFrom === 'issue' && head.docNumber && head.docNumber.number !== head.issueNumber)
    warn(top, 'number_mismatch', `期号第${head.issueNumber}期与“${head.docNumber.text}”不一致，取期号，请核对。`);
  if (head.supplement) warn(top, 'supplement', '本期标有“增刊”，增刊单独编号，请核对刊期种类。');
  if (head.lastNumber !== null)
    warn(top, 'combined_issue', `本期是第${head.issueNumber}至${head.lastNumber}期合刊，期号取第一个，请核对。`);
}

function signOffWarning(bulletin: Bulletin, end: number, warn: Warn): void {
  const roles = [
    ['责任编辑', bulletin.editor],
    ['审核', bulletin.reviewer],
    ['签发', bulletin.approver],
  ] as const;
  const missing = roles.filter(([, name]) => name === null).map(([role]) => role);
  if (missing.length > 0) warn(end, 'no_sign_off', `没有找到${missing.join('、')}的姓名，请补填。`);
}
