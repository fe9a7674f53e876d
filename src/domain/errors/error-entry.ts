export interface CatalogueEntry {
  /** HTTP status. */
  status: number;
  /** One Chinese sentence: what is wrong and, where there is one, the way out. */
  text: (details: Record<string, unknown>) => string;
}

/** A detail as text for a sentence; lists are joined with 、 and what is not text or a number counts as absent. */
export function word(value: unknown, absent = ''): string {
  if (Array.isArray(value)) {
    return value
      .map((member) => word(member))
      .filter((member) => member !== '')
      .join('、');
  }
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : absent;
}

/** A sentence that needs no details. */
export function fixed(status: number, sentence: string): CatalogueEntry {
  return { status, text: () => sentence };
}
