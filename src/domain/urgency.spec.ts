import { priorityOf, urgencies, urgencyFromMark, urgencyText } from './urgency.js';

describe('urgency', () => {
  it.each([
    ['特急', 'extraUrgent'],
    ['特　急', 'extraUrgent'],
    ['加急', 'urgent'],
    ['平急', 'normal'],
    [null, 'normal'],
  ])('reads the mark %s', (mark, urgency) => {
    expect(urgencyFromMark(mark)).toBe(urgency);
  });

  it('reads back what it writes', () => {
    for (const urgency of urgencies) expect(urgencyFromMark(urgencyText[urgency])).toBe(urgency);
  });

  it('sends 特急 before 加急 before the rest', () => {
    expect([...urgencies].sort((a, b) => priorityOf(a) - priorityOf(b))).toEqual(['extraUrgent', 'urgent', 'normal']);
  });
});
