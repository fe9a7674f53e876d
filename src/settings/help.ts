import { z } from 'zod';
import { type Key, schema, settingsTable } from './read.js';

/** The documented list that `npm run config` prints: key, default, sentence. */
export function settingsHelp(): { key: string; fallback: string; help: string }[] {
  const empty = schema.parse({});
  return (Object.keys(settingsTable) as Key[]).map((key) => {
    const type = settingsTable[key][0];
    // What is read into another shape is shown as it is written.
    const value = type instanceof z.ZodPrefault ? type.def.defaultValue : empty[key];
    return {
      key,
      fallback: asWritten(value),
      help: settingsTable[key][1],
    };
  });
}

function asWritten(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}
