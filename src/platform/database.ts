import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma, PrismaClient } from '../generated/prisma/client.js';
import { LargeParameters } from './large-parameters.js';

type Transaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** Two rings in a row are bad luck, more have a cause. */
const RING_TRIES = 3;

/** PostgreSQL through Prisma. Services open transactions; repositories join the one that is open. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly client: PrismaClient;
  private readonly open = new AsyncLocalStorage<Transaction>();

  constructor(url: string, connections = 10) {
    const large = new LargeParameters();
    const adapter = new PrismaPg(large.pool(url, connections), { disposeExternalPool: true });
    this.client = withLargeParameters(new PrismaClient({ adapter }), large);
  }

  /** The open transaction of this call chain, else the plain client. */
  get prisma(): Transaction {
    return this.open.getStore() ?? this.client;
  }

  /**
   * Runs `work` in one transaction; inside another it joins that one. Whom PostgreSQL chooses to break a ring of waiting
   * transactions has changed nothing and does its work again.
   */
  async transaction<T>(work: () => Promise<T>, timeout = 120_000): Promise<T> {
    if (this.open.getStore()) return work();
    for (let left = RING_TRIES; ; left--) {
      try {
        return await this.client.$transaction((tx) => this.open.run(tx, work), { timeout, maxWait: 15_000 });
      } catch (error) {
        if (left <= 1 || !brokeRing(error)) throw error;
      }
    }
  }

  /** Reads in many questions what stood there at the first, whatever others write meanwhile; writes nothing itself. */
  async snapshot<T>(work: () => Promise<T>, timeout?: number): Promise<T> {
    return this.transaction(async () => {
      await this.prisma.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;
      return work();
    }, timeout);
  }

  /** Outside the open transaction, at once and for good: how far a long one has come, for others to see. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    return this.open.exit(work);
  }

  /** What time the database believes it is. */
  async now(): Promise<Date> {
    const [row] = await this.client.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    return row!.at;
  }

  insideTransaction(): boolean {
    return this.open.getStore() !== undefined;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
    // A storage that was ever used is carried along with every promise of the process until it is told that it no longer need be.
    this.open.disable();
  }
}

function withLargeParameters(client: PrismaClient, large: LargeParameters): PrismaClient {
  type Raw<A> = { args: A; query: (args: A) => Promise<unknown> };
  const built = ({ args, query }: Raw<Prisma.Sql>) =>
    large.around(args.values, (values) => query(new Prisma.Sql(args.strings, [...values])));
  const unsafe = ({ args: [text, ...values], query }: Raw<[string, ...unknown[]]>) =>
    large.around(values, (carried) => query([text, ...carried]));
  const query = { $queryRaw: built, $executeRaw: built, $queryRawUnsafe: unsafe, $executeRawUnsafe: unsafe };
  return client.$extends({ query }) as unknown as PrismaClient;
}

/** SQLSTATE 40P01, deadlock_detected; of Prisma's own queries P2034. */
const brokeRing = (error: unknown): boolean =>
  error instanceof Error && ((error as { code?: string }).code === 'P2034' || error.message.includes('40P01'));

/** The database itself failed, as against what was asked of it by us: worth another try later. */
export const isDatabaseFailure = (error: unknown): boolean =>
  error instanceof Error && /^(PrismaClient|DriverAdapter)/.test(error.constructor.name);

/** A plain value for a JSON column; Prisma's own type refuses interfaces. */
export const jsonColumn = (value: unknown): Prisma.InputJsonObject => value as Prisma.InputJsonObject;
