import { correctionMark } from '../../domain/issue/edition.js';
import type { StoredIssue } from '../../issues/issue.repository.js';

/** 延津政务快报第14期, 延津政务快报第14期（更正）; as long as it has no number, that it has none. */
export function issueName(
  issue: Pick<StoredIssue, 'publicationName' | 'number' | 'proposedNumber' | 'correction'>,
): string {
  const number = issue.number ?? issue.proposedNumber;
  return number === null
    ? `${issue.publicationName}（期号未定）`
    : `${issue.publicationName}第${number}期${correctionMark(issue.correction)}`;
}
