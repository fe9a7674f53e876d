import { calendarView } from './calendar-view.js';

describe('the calendar page', () => {
  const view = calendarView(2026, 2026, [
    { day: '2026-01-01', kind: 'holiday', name: '元旦', source: '通知' },
    { day: '2026-01-02', kind: 'holiday', name: '元旦', source: '通知' },
    { day: '2026-01-04', kind: 'workday', name: '元旦调休', source: '通知' },
  ]);

  it('lays January 2026 out from Monday, with what is not as the week says', () => {
    const [first] = view.months[0]!.weeks;
    expect(first!.map(({ number, mark, off }) => `${number}${mark}${off ? '·' : ''}`)).toEqual([
      '',
      '',
      '',
      '1休·',
      '2休·',
      '3·',
      '4班',
    ]);
    expect(first![6]!.title).toBe('上班：元旦调休');
  });

  it('counts the working days of the year', () => {
    // 261 weekdays in 2026, two of them holidays here, one Sunday worked.
    expect(view.workingDays).toBe(260);
  });

  it('lists the days with weekday and source, and leads to the years around', () => {
    expect(view.days[2]).toEqual({
      day: '2026-01-04',
      dateText: '2026年1月4日',
      weekday: '周日',
      kind: '上班',
      name: '元旦调休',
      source: '通知',
    });
    expect(view.years).toEqual([
      { year: 2025, current: false },
      { year: 2026, current: true },
      { year: 2027, current: false },
    ]);
  });
});
