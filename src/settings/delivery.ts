import { z } from 'zod';
import type { DoubtRule } from '../domain/sending/retry.js';
import { type SettingsTable, timeOfDay, type Values } from './types.js';

/** When messages leave, and what happens to those whose worker fell silent. */
export const deliveryKeys = {
  UNDO_SECONDS: [
    z.coerce.number().int().min(0).max(3600).default(60),
    'seconds between sign-off and the first message, in which the sign-off can be undone',
  ],
  SWEEP_SECONDS: [
    z.coerce.number().int().min(1).max(600).default(30),
    'how often due, lost and doubtful deliveries are looked for',
  ],
  LEASE_SECONDS: [
    z.coerce.number().int().min(3).max(3600).default(120),
    'after this long without a sign of its worker a claimed delivery is in doubt',
  ],
  DOUBT_MINUTES: [
    z.coerce.number().min(0).max(1440).default(10),
    'how long a doubtful delivery waits for a report before its rule applies',
  ],
  EMAIL_DOUBT: [
    z.enum(['hold', 'repeat']).default('repeat'),
    'a doubtful e-mail is held for a person, or repeated once under the same Message-ID and then held',
  ],
  DIGEST_TIME: [
    timeOfDay.prefault('17:00'),
    'Beijing time at which the daily digest leaves to whoever wishes for one; quiet hours and days off put it off',
  ],
} as const satisfies SettingsTable;

export interface DeliverySettings {
  undoSeconds: number;
  sweepSeconds: number;
  leaseSeconds: number;
  doubtWindowMs: number;
  emailDoubt: DoubtRule;
  /** When the daily digest leaves, in minutes of Beijing's day. */
  digestMinutes: number;
}

export const deliverySettings = (v: Values<typeof deliveryKeys>): DeliverySettings => ({
  undoSeconds: v.UNDO_SECONDS,
  sweepSeconds: v.SWEEP_SECONDS,
  leaseSeconds: v.LEASE_SECONDS,
  doubtWindowMs: v.DOUBT_MINUTES * 60_000,
  emailDoubt: v.EMAIL_DOUBT,
  digestMinutes: v.DIGEST_TIME,
});
