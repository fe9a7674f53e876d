const beijingOffsetMs = 8 * 3_600_000;

/** `yyyyMMdd` in Beijing: the day the provider files a message under. */
export function beijingDay(at: Date): string {
  return new Date(at.getTime() + beijingOffsetMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The provider writes `yyyy-MM-dd HH:mm:ss` without a zone and means Beijing. Null when it is not such a time. */
export function readBeijingTime(text: string | undefined): Date | null {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const at = new Date(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}
