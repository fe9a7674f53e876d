import { Module } from '@nestjs/common';
import { AccountRepository } from './account.repository.js';
import { AccountService } from './account.service.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { AuditTrail } from './audit-trail.repository.js';
import { OneTimeLinkRepository } from './one-time-link.repository.js';
import { OneTimeLinkService } from './one-time-link.service.js';
import { OwnAccountService } from './own-account.service.js';
import { PublicationOfRepository } from './publication-of.repository.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { TrialRepository } from './trial.repository.js';
import { SignInService } from './sign-in.service.js';

/** Who works at the console; in every process, because the command line makes accounts too. */
@Module({
  providers: [
    AccountRepository,
    AccountService,
    ApiKeyRepository,
    ApiKeyService,
    AuditTrail,
    OneTimeLinkRepository,
    OneTimeLinkService,
    OwnAccountService,
    PublicationOfRepository,
    SessionRepository,
    SessionService,
    SignInService,
    TrialRepository,
  ],
  exports: [
    AccountRepository,
    AccountService,
    ApiKeyService,
    AuditTrail,
    OneTimeLinkService,
    OwnAccountService,
    PublicationOfRepository,
    SessionService,
    SignInService,
    TrialRepository,
  ],
})
export class AccountsModule {}
