import type { ConnectionOptions } from 'bullmq';

/** The opened backend as Nest injects it. */
export abstract class QueueConnection {
  abstract readonly connection: ConnectionOptions;
  abstract readonly prefix?: string;
  abstract readonly name: 'postgres' | 'redis';
}
