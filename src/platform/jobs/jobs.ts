import { z } from 'zod';
import { channelKinds } from '../../domain/delivery.js';

interface JobSpec<S extends z.ZodType> {
  queue: string;
  data: S;
}
const job = <S extends z.ZodType>(spec: JobSpec<S>) => spec;

/**
 * Every job there is. Payloads are ids, never content; each handler reads the row again and may run twice harmlessly.
 * A job is only a bell: the row is the truth and the sweeper rings again, so a lost job loses nothing.
 */
export const jobs = {
  'dispatch.plan': job({ queue: 'dispatch', data: z.object({ editionId: z.uuid() }) }),
  'delivery.send.email': job({ queue: 'email', data: z.object({}) }),
  'delivery.send.sms': job({ queue: 'sms', data: z.object({}) }),
  'delivery.send.wecom': job({ queue: 'wecom', data: z.object({}) }),
  'delivery.report': job({ queue: 'report', data: z.object({}) }),
  'list.import': job({ queue: 'list', data: z.object({ importId: z.uuid() }) }),
  'list.due': job({ queue: 'list', data: z.object({}) }),
  'reminder.scan': job({ queue: 'sweep', data: z.object({}) }),
  'delivery.sweep': job({ queue: 'sweep', data: z.object({}) }),
  'proof.send': job({ queue: 'tidy', data: z.object({}) }),
  'list.tidy': job({ queue: 'tidy', data: z.object({}) }),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]['data']>;
export const queueNames: readonly string[] = [...new Set(Object.values(jobs).map((spec) => spec.queue))];

export const sendJobs = {
  email: 'delivery.send.email',
  sms: 'delivery.send.sms',
  wecom: 'delivery.send.wecom',
} as const satisfies Record<(typeof channelKinds)[number], JobName>;
