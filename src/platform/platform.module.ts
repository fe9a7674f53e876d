import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { Settings } from '../settings/settings.js';
import { AlikeRepository } from './alike.repository.js';
import { Audit } from './audit.js';
import { Clock } from './clock.js';
import { ClockCheck } from './clock-check.js';
import { Vault } from './crypto.js';
import { Database } from './database.js';
import { FormStoreRepository } from './http/form-store.repository.js';
import { JobQueue } from './jobs/job-queue.js';
import { JobRunner } from './jobs/job-runner.js';
import { QueueConnection } from './jobs/queue-connection.js';
import { SecrecyGate } from './secrecy-gate.js';

/** What is opened before Nest starts, because its closing has an order. */
export interface OpenedPlatform {
  settings: Settings;
  database: Database;
  queue: QueueConnection;
  vault: Vault;
  clock: Clock;
}

const services = [Audit, ClockCheck, JobQueue, JobRunner, AlikeRepository, FormStoreRepository, SecrecyGate];

/** Plumbing that every room may use; with PagesModule the only global one. */
@Global()
@Module({})
export class PlatformModule {
  /** @param ports what a room asks for by an abstract class and a room to its right provides */
  static with({ settings, database, queue, vault, clock }: OpenedPlatform, ports: readonly Provider[]): DynamicModule {
    const given: Provider[] = [
      { provide: Settings, useValue: settings },
      { provide: Database, useValue: database },
      { provide: QueueConnection, useValue: queue },
      { provide: Vault, useValue: vault },
      { provide: Clock, useValue: clock },
      ...ports,
    ];
    return { module: PlatformModule, providers: [...given, ...services], exports: [...given, ...services] };
  }
}
