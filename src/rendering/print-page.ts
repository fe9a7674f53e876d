import type { EditionContent } from '../domain/issue/edition.js';
import { editionView } from './edition-view.js';
import { loadTemplates } from './message-templates.js';
import { copyNumberText } from './slots.js';

const templates = loadTemplates('issue');

/**
 * The edition as a page of its own for paper.
 *
 * @param stylesheet address under which templates/assets/print.css is served
 * @param copyNumber null for a page that is nobody's copy
 */
export function printPage(edition: EditionContent, stylesheet: string, copyNumber: number | null = null): string {
  return templates.render('print.html', {
    ...editionView(edition),
    title: edition.title,
    stylesheet,
    copyNumber: copyNumber === null ? '' : copyNumberText(copyNumber),
  });
}
