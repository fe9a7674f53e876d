import { Module } from '@nestjs/common';
import { ClassGate } from './class-gate.js';
import { EditionRepository } from './edition.repository.js';
import { IssueRepository } from './issue.repository.js';
import { IssueService } from './issue.service.js';
import { LayoutRepository } from './layout.repository.js';
import { LayoutService } from './layout.service.js';
import { PublicationRepository } from './publication.repository.js';
import { PublicationService } from './publication.service.js';
import { ReadingRepository } from './reading.repository.js';
import { ReadingService } from './reading.service.js';
import { RecipientsService } from './recipients.service.js';
import { SendBackRepository } from './send-back.repository.js';
import { SignOffService } from './sign-off.service.js';
import { TrialService } from './trial.service.js';
import { TextHolderRepository } from './text-holders.repository.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';

/** Import, editing, sign-off and the frozen edition. */
@Module({
  imports: [AccountsModule, OrganisationModule, DistributionModule],
  providers: [
    IssueRepository,
    ReadingRepository,
    EditionRepository,
    ClassGate,
    SendBackRepository,
    TextHolderRepository,
    RecipientsService,
    PublicationRepository,
    PublicationService,
    LayoutRepository,
    LayoutService,
    IssueService,
    ReadingService,
    SignOffService,
    TrialService,
  ],
  exports: [
    IssueRepository,
    EditionRepository,
    ClassGate,
    SendBackRepository,
    TextHolderRepository,
    RecipientsService,
    PublicationRepository,
    PublicationService,
    LayoutService,
    IssueService,
    ReadingService,
    SignOffService,
    TrialService,
  ],
})
export class IssuesModule {}
