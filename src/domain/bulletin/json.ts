import type { Bulletin } from './bulletin.js';

/**
 * The public JSON form of a parsed bulletin: exactly these keys, in this order. `confidence` has the facts that are not sure;
 * a fact that is not in it is.
 */
export function bulletinJson(b: Bulletin): object {
  return {
    title: b.title,
    series: b.series,
    issueNumber: b.issueNumber,
    totalNumber: b.totalNumber,
    date: b.date,
    issuer: b.issuer,
    sections: b.sections.map((section) => ({
      name: section.name,
      items: section.items.map(({ headline, body, unit, author }) => ({ headline, body, unit, author })),
    })),
    distribution: [...b.distribution],
    editor: b.editor,
    reviewer: b.reviewer,
    approver: b.approver,
    classification: b.classification,
    urgency: b.urgency,
    warnings: b.warnings.map(({ line, code, message }) => ({ line, code, message })),
    confidence: Object.fromEntries(b.doubts.map(({ fact, confidence }) => [fact, confidence])),
    alternatives: b.doubts.map(({ fact, line, value, alternative }) => ({ fact, line, value, alternative })),
  };
}
