import { Injectable } from '@nestjs/common';
import type { Calendar, DayKind } from '../../domain/calendar.js';
import { Database } from '../../platform/database.js';

export interface CalendarDay {
  /** `yyyy-mm-dd` */
  day: string;
  kind: DayKind;
  name: string;
  source: string;
}

@Injectable()
export class CalendarRepository {
  constructor(private readonly database: Database) {}

  /** All that is on file: some thirty days a year. */
  async calendar(): Promise<Calendar> {
    const rows = await this.database.prisma.calendarDay.findMany({ select: { day: true, kind: true } });
    return new Map(rows.map(({ day, kind }) => [isoDay(day), kind as DayKind]));
  }

  async ofYear(year: number): Promise<CalendarDay[]> {
    const rows = await this.database.prisma.calendarDay.findMany({
      where: { day: { gte: new Date(`${year}-01-01`), lte: new Date(`${year}-12-31`) } },
      orderBy: { day: 'asc' },
    });
    return rows.map((row) => ({ ...row, day: isoDay(row.day), kind: row.kind as DayKind }));
  }

  async set(days: readonly CalendarDay[]): Promise<void> {
    for (const { day, ...data } of days) {
      const at = new Date(day);
      await this.database.prisma.calendarDay.upsert({ where: { day: at }, create: { day: at, ...data }, update: data });
    }
  }

  /** @returns what was removed */
  async remove(day: string): Promise<CalendarDay | null> {
    const at = new Date(day);
    const row = await this.database.prisma.calendarDay.findUnique({ where: { day: at } });
    if (!row) return null;
    await this.database.prisma.calendarDay.deleteMany({ where: { day: at } });
    return { ...row, day, kind: row.kind as DayKind };
  }
}

const isoDay = (day: Date): string => day.toISOString().slice(0, 10);
