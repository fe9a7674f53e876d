import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Prisma, PrismaClient } from '../generated/prisma/client.js';

type Transaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** PostgreSQL through Prisma. Services open transactions; repositories join the one that is open. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly client: PrismaClient;
  private readonly open = new AsyncLocalStorage<Transaction>();

  constructor(url: string, connections = 10) {
    this.client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
  }

  /** The open transaction of this call chain, else the plain client. */
  get prisma(): Transaction {
    return this.open.getStore() ?? this.client;
  }

  /** Runs `work` in one transaction; inside another it joins that one. */
  async transaction<T>(work: () => Promise<T>, timeout = 120_000): Promise<T> {
    if (this.open.getStore()) return work();
    return this.client.$transaction((tx) => this.open.run(tx, work), { timeout, maxWait: 15_000 });
  }

  /** Outside the open transaction, at once and for good: how far a long one has come, for others to see. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    return this.open.exit(work);
  }

  async answers(): Promise<void> {
    await this.client.$queryRaw`SELECT 1`;
  }

  insideTransaction(): boolean {
    return this.open.getStore() !== undefined;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
  }
}

/** The database itself failed, as against what was asked of it by us: worth another try later. */
export const isDatabaseFailure = (error: unknown): boolean =>
  error instanceof Error && /^(PrismaClient|DriverAdapter)/.test(error.constructor.name);

/** A plain value for a JSON column; Prisma's own type refuses interfaces. */
export const jsonColumn = (value: unknown): Prisma.InputJsonObject => value as Prisma.InputJsonObject;
