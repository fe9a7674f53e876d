import type { Bulletin } from '../domain/bulletin/bulletin.js';
import { type EditionContent, editionTitle } from '../domain/issue/edition.js';
import { addressingOf } from '../domain/scope/scope-text.js';
import { proposeLevel } from '../domain/issue/secrecy.js';
import { urgencyFromMark } from '../domain/urgency.js';
import type { IssueChanges } from './issue.repository.js';

/** What an issue says by its original alone, before anybody edits it. */
export type ImportedContent = Omit<IssueChanges, 'levelReason'> & Required<Pick<IssueChanges, 'addressing'>>;

export function importedContent(bulletin: Bulletin): ImportedContent {
  const verbs = Object.entries(bulletin.extra.distributionByVerb);
  return {
    number: bulletin.issueNumber,
    serialNumber: bulletin.totalNumber,
    issuedOn: bulletin.date,
    issuer: bulletin.issuer,
    level: proposeLevel(bulletin.classification),
    urgency: urgencyFromMark(bulletin.urgency),
    scope: bulletin.distribution,
    addressing: bulletin.distribution.map((label) => {
      const verb = verbs.find(([, labels]) => labels.includes(label))?.[0];
      return verb === undefined ? null : addressingOf(verb);
    }),
    editorName: bulletin.editor,
    reviewerName: bulletin.reviewer,
    approverName: bulletin.approver,
    sections: bulletin.sections.map(({ name, items }) => ({
      name,
      items: items.map(({ headline, body, unit, author }) => ({ headline, body, unitName: unit, author })),
    })),
  };
}

/** A bulletin's file as the edition that it would become if it were signed off as it was read. @param year where the bulletin has none */
export function contentOfBulletin(bulletin: Bulletin, year: number): EditionContent {
  const { number, serialNumber, issuedOn, issuer, level, urgency, scope, addressing, sections, ...people } =
    importedContent(bulletin);
  const publication = bulletin.series ?? '';
  return {
    publication,
    title: publication === '' ? (bulletin.title ?? '') : editionTitle({ publication, number }),
    ...{ number, serialNumber, issuer, level, urgency, scope, addressing, sections },
    year: bulletin.extra.year ?? year,
    date: issuedOn,
    scopeLabel: bulletin.extra.distributionLabel,
    editorName: people.editorName,
    reviewerName: people.reviewerName,
    approverName: people.approverName,
  };
}
