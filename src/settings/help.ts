import { z } from 'zod';
import { schemaOf } from './read.js';
import type { SettingsTable } from './types.js';

/** The documented list that `npm run config` prints: key, default, sentence. */
export function settingsHelp(table: SettingsTable): { key: string; fallback: string; help: string }[] {
  const empty = schemaOf(table).parse({});
  return Object.entries(table).map(([key, [type, help]]) => {
    // What is read into another shape is shown as it is written.
    const value = type instanceof z.ZodPrefault ? type.def.defaultValue : empty[key];
    return { key, fallback: asWritten(value), help };
  });
}

function asWritten(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}
