import { Module } from '@nestjs/common';
import { DistributionService } from './groups/distribution.service.js';
import { GroupChangeRepository } from './groups/group-change.repository.js';
import { GroupEditRepository } from './groups/group-edit.repository.js';
import { GroupMembersService } from './groups/group-members.service.js';
import { GroupMergeService } from './groups/group-merge.service.js';
import { GroupRecordService } from './groups/group-record.service.js';
import { GroupService } from './groups/group.service.js';
import { ScopeNameRepository } from './groups/scope-name.repository.js';
import { ScopeRepository } from './groups/scope.repository.js';
import { ImportTrailRepository } from './list-file/import-trail.repository.js';
import { ListDueRepository } from './list-file/list-due.repository.js';
import { ListDueService } from './list-file/list-due.service.js';
import { ListExportService } from './list-file/list-export.service.js';
import { ListImportJobs } from './list-file/list-import-jobs.js';
import { ListImportRepository } from './list-file/list-import.repository.js';
import { ListImportService } from './list-file/list-import.service.js';
import { ListUndoService } from './list-file/list-undo.service.js';
import { RosterOthersRepository } from './list-file/roster-others.repository.js';
import { RosterStateRepository } from './list-file/roster-state.repository.js';
import { RosterWriteRepository } from './list-file/roster-write.repository.js';
import { RosterService } from './list-file/roster.service.js';
import { SubscriptionDeskService } from './subscriptions/subscription-desk.service.js';
import { SubscriptionScope } from './subscriptions/subscription-scope.js';
import { SubscriptionRepository } from './subscriptions/subscription.repository.js';
import { SubscriptionService } from './subscriptions/subscription.service.js';
import { OrganisationModule } from '../organisation/organisation.module.js';

/** Who is meant, and how a list gets in and out. */
@Module({
  imports: [OrganisationModule],
  providers: [
    ScopeNameRepository,
    ScopeRepository,
    GroupChangeRepository,
    GroupEditRepository,
    GroupMergeService,
    GroupRecordService,
    DistributionService,
    GroupService,
    GroupMembersService,
    RosterStateRepository,
    RosterWriteRepository,
    ImportTrailRepository,
    ListImportRepository,
    RosterService,
    ListImportService,
    ListImportJobs,
    ListDueRepository,
    ListDueService,
    RosterOthersRepository,
    ListUndoService,
    ListExportService,
    SubscriptionRepository,
    SubscriptionService,
    SubscriptionDeskService,
    SubscriptionScope,
  ],
  exports: [
    ScopeRepository,
    GroupChangeRepository,
    GroupEditRepository,
    GroupMergeService,
    GroupRecordService,
    DistributionService,
    GroupService,
    GroupMembersService,
    ListImportRepository,
    ListImportService,
    ListImportJobs,
    ListDueRepository,
    ListUndoService,
    ListExportService,
    SubscriptionRepository,
    SubscriptionService,
    SubscriptionDeskService,
    SubscriptionScope,
  ],
})
export class DistributionModule {}
