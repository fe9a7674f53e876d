import { disarmed } from '../domain/list-file/formula.js';

/**
 * A table as CSV that Excel opens with Chinese intact: UTF-8 with BOM, CRLF line ends. A cell that a spreadsheet would run
 * as a formula gets an apostrophe in front (OWASP, CSV injection); full-width signs count, because Excel folds them.
 */
export function csvFile(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** The same for cells that are disarmed already. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return quoted(disarmed(value));
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** For Content-Disposition: RFC 6266 with RFC 5987 encoding, so that a Chinese name survives. */
export function attachment(fileName: string): string {
  return `attachment; filename="export${/\.\w+$/.exec(fileName)?.[0] ?? ''}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
