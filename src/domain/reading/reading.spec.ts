import { afterEvidence, type EvidenceKind, evidenceGrade, type ReadingState } from './reading.js';

const kinds = Object.keys(evidenceGrade) as EvidenceKind[];

describe('evidence of reading', () => {
  it('is graded from accepted to acknowledged', () => {
    const byGrade = [...kinds].sort((a, b) => evidenceGrade[a] - evidenceGrade[b]);
    expect(byGrade).toEqual(['accepted', 'delivered', 'fetched', 'opened', 'acknowledged']);
    expect(new Set(Object.values(evidenceGrade)).size).toBe(kinds.length);
  });

  it.each<[ReadingState, EvidenceKind, ReadingState]>([
    ['unread', 'accepted', 'unread'],
    ['unread', 'delivered', 'unread'],
    ['unread', 'fetched', 'unread'],
    ['unread', 'opened', 'opened'],
    ['unread', 'acknowledged', 'acknowledged'],
    ['opened', 'fetched', 'opened'],
    ['opened', 'opened', 'opened'],
    ['opened', 'acknowledged', 'acknowledged'],
  ])('%s, then %s: %s', (state, kind, expected) => {
    expect(afterEvidence(state, kind)).toBe(expected);
  });

  it('never takes an acknowledgement back', () => {
    for (const kind of kinds) expect(afterEvidence('acknowledged', kind)).toBe('acknowledged');
  });
});
