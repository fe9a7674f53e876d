import type { EditionContent } from '../../domain/issue/edition.js';
import { issueData, type PrintOptions } from './print-data.js';
import { type Printed, typeset } from './typeset.js';

/**
 * The edition as a PDF for paper, archive and mail: the same edition, options and fonts give the same bytes.
 *
 * @param fontDir the operator's fonts, or null
 * @throws DomainError rendering.printUnavailable, printTooLong, printBusy, printFailed
 */
export const printIssue = (edition: EditionContent, options: PrintOptions, fontDir: string | null): Promise<Printed> =>
  typeset('issue.typ', issueData(edition, options), fontDir);
