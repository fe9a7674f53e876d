const beijingOffsetMs = 8 * 3_600_000;

/** `yyyyMMdd` in Beijing: the day the provider files a message under. */
export function beijingDay(at: Date): string {
  return new Date(at.getTime() + beijingOffsetMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** `yyyyMMddHH` in Beijing. */
export function beijingHourOf(at: Date): string {
  return new Date(at.getTime() + beijingOffsetMs).toISOString().replace(/\D/g, '').slice(0, 10);
}

/** Providers write `yyyy-MM-dd HH:mm:ss` or fourteen digits, without a zone, and mean Beijing. Null when it is no such time. */
export function readBeijingTime(text: string | undefined): Date | null {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text ?? '') ??
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text ?? '');
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}
