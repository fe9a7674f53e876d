import type { Bulletin, BulletinWarning } from '../domain/bulletin/bulletin.js';
import { type EditionContent, editionTitle } from '../domain/issue/edition.js';
import { addressingOf, readScopeText } from '../domain/scope/scope-text.js';
import { proposeLevel } from '../domain/issue/secrecy.js';
import { urgencyFromMark } from '../domain/urgency.js';
import type { IssueChanges } from './issue.repository.js';
import type { StoredPublication } from './publication.repository.js';

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

/**
 * What its file says, completed by what the publication says of issues that bear no mark of their class or name no recipients.
 * The warning that nobody is named gives way to one that says where the names come from.
 */
export function withDefaults(
  bulletin: Bulletin,
  { defaultLevel, defaultScope }: Pick<StoredPublication, 'defaultLevel' | 'defaultScope'>,
): ImportedContent & { warnings: BulletinWarning[] } {
  const content = importedContent(bulletin);
  const level = bulletin.classification === null ? defaultLevel : content.level;
  const labels = readScopeText(defaultScope ?? '').labels;
  if (content.scope.length > 0 || labels.length === 0) return { ...content, level, warnings: bulletin.warnings };
  return {
    ...content,
    level,
    scope: labels.map(({ label }) => label),
    addressing: labels.map(({ addressing }) => addressing),
    warnings: bulletin.warnings.map((warning) =>
      warning.code === 'no_distribution'
        ? { ...warning, code: 'default_distribution', message: '文件没有写发送范围，已填入刊物的默认范围，请核对。' }
        : warning,
    ),
  };
}
