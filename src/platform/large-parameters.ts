import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { PostgresClient, postgresPool } from './postgres-client.js';

/** Below this a value is cheaper carried along than set aside. */
const largeText = 4096;
const largeList = 64;

/**
 * Carries large values around Prisma to the driver. Prisma turns the values of every raw statement into JSON and back, and its
 * debug log keeps those of the last hundred statements in memory, whether anybody reads it or not (@prisma/debug 7.10, in the
 * client and in the adapter): with thousands of rows a statement that is 50 to 100 MB, people's names and numbers among them.
 */
export class LargeParameters {
  private readonly aside = new Map<string, unknown>();

  /** For the adapter: connections that put the values back where they belong. */
  pool(connectionString: string, max: number): pg.Pool {
    return postgresPool(connectionString, { max, Client: restoringClient(this.aside) });
  }

  /** Runs a statement with what is large among its values set aside until it is through. */
  async around<T>(values: readonly unknown[], run: (values: readonly unknown[]) => Promise<T>): Promise<T> {
    if (!values.some(isLarge)) return run(values);
    const keys: string[] = [];
    const carried = values.map((value) => {
      if (!isLarge(value)) return value;
      const key = `aside:${randomUUID()}`;
      this.aside.set(key, value);
      keys.push(key);
      return key;
    });
    try {
      return await run(carried);
    } finally {
      for (const key of keys) this.aside.delete(key);
    }
  }
}

/** Dates and bytes are left to Prisma, which writes them its own way. */
const isLarge = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length > largeText
    : Array.isArray(value) && value.length > largeList && value.every((item) => typeof item === 'string');

function restoringClient(aside: ReadonlyMap<string, unknown>): typeof PostgresClient {
  const restored = (value: unknown): unknown =>
    typeof value === 'string' && aside.has(value) ? aside.get(value) : value;
  return class extends PostgresClient {
    override query(...args: unknown[]): never {
      const [statement] = args as [{ values?: unknown[] } | undefined];
      if (statement?.values) statement.values = statement.values.map(restored);
      return super.query(...(args as Parameters<pg.Client['query']>)) as never;
    }
  };
}
