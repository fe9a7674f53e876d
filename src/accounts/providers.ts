import type { Provider, Type } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccountRepository } from './account.repository.js';
import { AccountService } from './account.service.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { AuditTrail } from './audit-trail.repository.js';
import { KnownCaller } from '../platform/http/known-caller.js';
import { KnownAccount } from './known-account.js';
import { StreamInterceptor } from './stream.interceptor.js';
import { FormsPages } from './forms.pages.js';
import { OncePages } from './once.pages.js';
import { OneTimeLinkRepository } from './one-time-link.repository.js';
import { OneTimeLinkService } from './one-time-link.service.js';
import { SessionGuard } from './session.guard.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SignInPages } from './sign-in.pages.js';
import { SignInService } from './sign-in.service.js';

/** In every process: the command line makes accounts too. */
export const accountServices: Provider[] = [
  AccountRepository,
  SessionRepository,
  OneTimeLinkRepository,
  AuditTrail,
  SessionService,
  OneTimeLinkService,
  AccountService,
  SignInService,
  ApiKeyRepository,
  ApiKeyService,
];

/** Where there is a web console; with the guard, no route is open unless it is marked. */
export const accountWebProviders: Provider[] = [
  { provide: APP_GUARD, useClass: SessionGuard },
  { provide: APP_INTERCEPTOR, useClass: StreamInterceptor },
  { provide: KnownCaller, useClass: KnownAccount },
];
export const accountControllers: Type[] = [SignInPages, OncePages, FormsPages];
