import type { NumberedIssue } from '../../issues/publication.repository.js';
import { yearView } from './publication-year-view.js';

const issue = (number: number | null, issuedOn: string | null, more: Partial<NumberedIssue> = {}): NumberedIssue => ({
  ...{ id: `i${number}`, kind: 'regular', number, taken: number !== null, issuedOn, state: 'dispatched' },
  ...more,
});

describe('the year of a publication', () => {
  it('has its issues by month, those without a date apart', () => {
    const view = yearView([issue(1, '2026-01-05'), issue(2, '2026-03-09'), issue(null, null, { state: 'drafting' })]);
    expect(view.months.map(({ issues }) => issues.map(({ name, day }) => `${name} ${day}`))).toEqual([
      ['第1期 1月5日'],
      [],
      ['第2期 3月9日'],
      ...Array.from({ length: 9 }, () => []),
    ]);
    expect(view.undated).toMatchObject([{ name: '期号待定', state: { text: '编辑中' } }]);
    expect(view).toMatchObject({ taken: 2, next: 3, missing: [] });
  });

  it.each<[number[], string[]]>([
    [[], []],
    [[1, 2, 3], []],
    [[1, 3], ['2']],
    [
      [1, 5, 7],
      ['2至4', '6'],
    ],
    // Taken over in the middle of the year: what came before was sent without us.
    [[37, 38, 40], ['39']],
  ])('of numbers %j misses %j', (numbers, missing) => {
    expect(yearView(numbers.map((number) => issue(number, '2026-05-01'))).missing).toEqual(missing);
  });

  it('counts neither a number that is only printed nor that of a supplement', () => {
    const view = yearView([
      issue(1, '2026-01-05'),
      issue(4, '2026-01-09', { taken: false, state: 'drafting' }),
      issue(3, '2026-02-01', { kind: 'supplement' }),
    ]);
    expect(view).toMatchObject({ taken: 1, next: 2, missing: [] });
    expect(view.months[1]!.issues[0]!.name).toBe('增刊第3期');
  });
});
