import '../under-beijing-time.js';
import { randomUUID } from 'node:crypto';
import { CalendarRepository } from '../../src/dispatch/when/calendar.repository.js';
import { CalendarService } from '../../src/dispatch/when/calendar.service.js';
import { beijingDate, daysLater, isWorkingDay } from '../../src/domain/calendar.js';
import { openWorld, type World } from '../world.js';

const admin = { id: randomUUID(), name: '管理员', roles: ['systemAdmin'] } as const;

describe('the calendar of working days', () => {
  let world: World;
  const days = () => world.get(CalendarRepository);
  const service = () => world.get(CalendarService);

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world?.close());

  it.each([
    // As counted in the notices of the State Council's office: 365 days less days off.
    [2025, 28, 5, 248],
    [2026, 33, 6, 248],
  ])('holds the holidays and worked weekends of %i', async (year, holidays, workdays, working) => {
    const rows = await days().ofYear(year);
    expect(rows.filter(({ kind }) => kind === 'holiday')).toHaveLength(holidays);
    expect(rows.filter(({ kind }) => kind === 'workday')).toHaveLength(workdays);
    const calendar = await days().calendar();
    let worked = 0;
    for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = daysLater(day, 1))
      if (isWorkingDay(day, calendar)) worked += 1;
    expect(worked).toBe(working);
  });

  it('names a worked day only on a Saturday or Sunday, and its source', async () => {
    for (const { day, kind, source } of [...(await days().ofYear(2025)), ...(await days().ofYear(2026))]) {
      expect(source).toMatch(/^国办发明电〔202[45]〕\d+号$/);
      if (kind === 'workday') expect([0, 6]).toContain(new Date(day).getUTCDay());
    }
  });

  it('takes a run of days, replaces what was there, and leaves a trail', async () => {
    const run = { first: '2027-02-05', last: '2027-02-07', kind: 'holiday', name: '春节', source: '通知' } as const;
    await service().set(run, admin);
    await service().set({ ...run, first: '2027-02-07', kind: 'workday', name: '调休' }, admin);
    expect((await days().ofYear(2027)).map(({ day, kind, name }) => [day, kind, name])).toEqual([
      ['2027-02-05', 'holiday', '春节'],
      ['2027-02-06', 'holiday', '春节'],
      ['2027-02-07', 'workday', '调休'],
    ]);
    await service().remove('2027-02-05', admin);
    await expect(service().remove('2027-02-05', admin)).rejects.toMatchObject({ code: 'dispatch.dayNotInCalendar' });
    const trail = await world.query('SELECT action, subject FROM audit_entry ORDER BY id');
    expect(trail).toEqual([
      { action: 'calendar.daysSet', subject: 'calendar:2027-02-05' },
      { action: 'calendar.daysSet', subject: 'calendar:2027-02-07' },
      { action: 'calendar.dayRemoved', subject: 'calendar:2027-02-05' },
    ]);
  });

  it('says which years nobody has entered', async () => {
    expect(beijingDate(world.clock.now())).toBe('2025-04-03');
    expect(await service().missingYears()).toEqual([]);
    await world.query(`DELETE FROM calendar_day WHERE day < '2026-01-01'`);
    expect(await service().missingYears()).toEqual([2025]);
  });
});
