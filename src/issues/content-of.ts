import { type EditionContent, editionTitle } from '../domain/issue/edition.js';
import { trialTitle } from '../domain/sending/trial.js';
import type { StoredIssue } from './issue.repository.js';

/** What sign-off freezes and rendering shows, from the stored issue. */
/** @param trial the system is on trial */
export function contentOf(issue: StoredIssue, trial = false): EditionContent {
  const title = editionTitle({
    publication: issue.publicationName,
    number: issue.number ?? issue.proposedNumber,
    ...correctionOf(issue),
  });
  return {
    publication: issue.publicationName,
    title: trial ? trialTitle(title) : title,
    number: issue.number ?? issue.proposedNumber,
    year: issue.year,
    serialNumber: issue.serialNumber,
    date: issue.issuedOn,
    issuer: issue.issuer,
    sections: issue.sections,
    scope: issue.scope,
    // Nothing at all where nothing is printed, so that the hash is what it always was.
    ...(issue.addressing?.some((how) => how !== null) ? { addressing: issue.addressing } : {}),
    scopeLabel: issue.scopeLabel,
    editorName: issue.editorName,
    reviewerName: issue.reviewerName,
    approverName: issue.approverName,
    level: issue.level,
    urgency: issue.urgency,
    ...correctionOf(issue),
    ...(trial ? { trial } : {}),
  };
}

/** Nothing at all for a first text, so that its hash is what it always was. */
function correctionOf({ correction, correctionNote }: StoredIssue): Pick<EditionContent, 'correction'> {
  return correction === 0 ? {} : { correction: { times: correction, note: correctionNote ?? '' } };
}
