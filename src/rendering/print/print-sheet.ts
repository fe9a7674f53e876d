import { type PaperData, printable } from './print-data.js';
import { type Printed, typeset } from './typeset.js';

/** What templates/print/sheet.typ reads. */
export interface SheetData extends PaperData {
  /** 内部, 特急 */
  marks: readonly string[];
  /** Issuer and date. */
  about: string;
  /** 2026年11月23日 10:00打印 */
  printed: string;
  units: readonly { unit: string; lines: readonly SheetLine[] }[];
}

export interface SheetLine {
  copyNumber: string;
  post: string;
  name: string;
  /** How and when it was acknowledged already; empty where there is something to sign. */
  signed: string;
  at: string;
}

/** 签收单 as PDF. @throws DomainError as printIssue */
export const printSheet = (sheet: SheetData, fontDir: string | null): Promise<Printed> =>
  typeset('sheet.typ', printable(sheet), fontDir);
