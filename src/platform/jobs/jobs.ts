import { z } from 'zod';
import { byChannel } from '../../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';

/**
 * How many jobs of a queue one process runs at once; the others wait their turn. Other processes have workers of their own,
 * and queues do not wait for each other.
 */
export const queues = {
  dispatch: { atOnce: 1 },
  // One loop for a channel: it claims as much as the provider takes, and knows how fast that is.
  ...byChannel(() => ({ atOnce: 1 })),
  report: { atOnce: 1 },
  // An import and what a former one has left for today change the same list.
  list: { atOnce: 1 },
  // Both look for what is left over and ring for it.
  sweep: { atOnce: 1 },
  // Somebody waits for his code.
  proof: { atOnce: 1 },
  tidy: { atOnce: 1 },
} as const satisfies Record<string, { atOnce: number }>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

interface JobSpec<S extends z.ZodType> {
  queue: QueueName;
  data: S;
}
const job = <S extends z.ZodType>(spec: JobSpec<S>) => spec;

type SendJob = `delivery.send.${ChannelKind}`;
/** The bell of each channel's queue. */
export const sendJobs = byChannel((kind): SendJob => `delivery.send.${kind}`);
const sendSpecs = Object.fromEntries(
  channelKinds.map((kind) => [sendJobs[kind], job({ queue: kind, data: z.object({}) })]),
) as Record<SendJob, JobSpec<z.ZodObject>>;

/**
 * Every job there is. Payloads are ids, never content; each handler reads the row again and may run twice harmlessly.
 * A job is only a bell: the row is the truth and the sweeper rings again, so a lost job loses nothing.
 */
export const jobs = {
  'dispatch.plan': job({ queue: 'dispatch', data: z.object({ editionId: z.uuid() }) }),
  ...sendSpecs,
  'delivery.report': job({ queue: 'report', data: z.object({}) }),
  // Where a provider that does not answer holds up nothing that anybody waits for.
  'message.change': job({ queue: 'tidy', data: z.object({}) }),
  'list.import': job({ queue: 'list', data: z.object({ importId: z.uuid() }) }),
  'list.due': job({ queue: 'list', data: z.object({}) }),
  'reminder.scan': job({ queue: 'sweep', data: z.object({}) }),
  'delivery.sweep': job({ queue: 'sweep', data: z.object({}) }),
  'proof.send': job({ queue: 'proof', data: z.object({}) }),
  'duty.tell': job({ queue: 'tidy', data: z.object({}) }),
  'members.look': job({ queue: 'tidy', data: z.object({}) }),
  'list.tidy': job({ queue: 'tidy', data: z.object({}) }),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]['data']>;
