import { distributionLabel } from './distribution.js';
import type { SourceLine } from './lines.js';
import { type PaperLayout, type SignRole, SIGN_ROLES } from './paper-layout.js';
import { roleOfLabel } from './sign-off.js';

/** Labels of the foot that only this paper has, put into words that any paper may have: 把关：王五 is 审核：王五. */

const USUAL: Record<SignRole, string> = { editor: '责任编辑', reviewer: '审核', approver: '签发' };
const LONGEST_LINE = 400;

const spaced = (label: string): string =>
  [...label].map((char) => char.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('\\s{0,4}');

/** Labels that mean something else in other papers, or nothing. */
function ownLabels(paper: PaperLayout): [RegExp, string][] {
  const signed = SIGN_ROLES.flatMap((role) =>
    paper[`${role}Labels`]
      .filter((label) => roleOfLabel(label) !== role)
      .map((label): [RegExp, string] => [
        new RegExp(`(?<!\\p{L})${spaced(label)}\\s{0,4}[：:]`, 'u'),
        `${USUAL[role]}：`,
      ]),
  );
  const scopes = paper.scopeLabels
    .filter((label) => distributionLabel(`${label}：县委常委，县政府`) === null)
    .map((label): [RegExp, string] => [new RegExp(`^${spaced(label)}\\s{0,4}[：:]`, 'u'), '本期发：']);
  return [...signed, ...scopes];
}

export function labelsAsBefore(lines: readonly SourceLine[], paper: PaperLayout | null): readonly SourceLine[] {
  const labels = paper === null ? [] : ownLabels(paper);
  if (labels.length === 0) return lines;
  return lines.map((line) => {
    if (line.text.length > LONGEST_LINE) return line;
    const text = labels.reduce((text, [label, usual]) => text.replace(label, usual), line.text);
    return text === line.text ? line : { ...line, text };
  });
}
