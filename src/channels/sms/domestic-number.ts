/** Eleven digits of the mainland, with or without the country code; null for anything else. */
export function domesticNumber(address: string): string | null {
  return /^(?:\+?86)?(1[3-9]\d{9})$/.exec(address.replace(/[\s-]/g, ''))?.[1] ?? null;
}
