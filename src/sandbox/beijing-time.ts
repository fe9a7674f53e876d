/** ISO 8601 -> `yyyy-MM-dd HH:mm:ss` in Beijing, without a zone, as the SMS vendor writes times. */
export function beijingTime(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
