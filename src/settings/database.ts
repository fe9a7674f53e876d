import { resolve } from 'node:path';
import { z } from 'zod';
import { readRedisAddress } from './redis-address.js';
import { port, type SettingsTable, type Values } from './types.js';

/** Where data, jobs and the key that seals addresses are kept. */
export const databaseKeys = {
  DATA_DIR: [z.string().default('data'), 'folder for the embedded database and the master key'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    'an outside PostgreSQL; without it one is started in DATA_DIR',
  ],
  DATABASE_PORT: [port.default(0), 'port of the embedded PostgreSQL on 127.0.0.1; 0 takes a free one'],
  REDIS_URL: [
    z
      .string()
      .refine((url) => readRedisAddress(url) !== null, '不是 Redis 地址')
      .optional(),
    'BullMQ on Redis; without it BullMQ runs on PostgreSQL. redis://host:6379/0; sentinels redis+sentinel://user:password@one:26379,two:26379/mymaster/0; cluster redis://one:6379,two:6379,three:6379',
  ],
  MASTER_KEY: [
    z.string().optional(),
    '32 bytes in base64 that seal contacts and links; without it one is made in DATA_DIR/master.key',
  ],
} as const satisfies SettingsTable;

export interface DatabaseSettings {
  dataDir: string;
  /** Null starts the embedded PostgreSQL. */
  databaseUrl: string | null;
  embeddedPort: number;
  /** Null runs BullMQ on PostgreSQL. */
  redisUrl: string | null;
  /** 32 bytes in base64; null reads or makes DATA_DIR/master.key. */
  masterKey: string | null;
}

export const databaseSettings = (v: Values<typeof databaseKeys>): DatabaseSettings => ({
  dataDir: resolve(v.DATA_DIR),
  databaseUrl: v.DATABASE_URL ?? null,
  embeddedPort: v.DATABASE_PORT,
  redisUrl: v.REDIS_URL ?? null,
  masterKey: v.MASTER_KEY ?? null,
});
