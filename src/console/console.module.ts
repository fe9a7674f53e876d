import { Module } from '@nestjs/common';
import { DoneNotice } from './done-notice.js';
import { GroupActs } from './groups/group-acts.js';
import { GroupDetailPages } from './groups/group-detail.pages.js';
import { GroupMergePages } from './groups/group-merge.pages.js';
import { GroupPageRepository } from './groups/group-page.repository.js';
import { GroupPages } from './groups/group.pages.js';
import { HolderRepository } from './holder.repository.js';
import { IssueHeadRepository } from './issue-head/issue-head.repository.js';
import { ArchivePages } from './issues/archive.pages.js';
import { EditableIssue } from './issues/editable-issue.js';
import { IssueDrafts } from './issues/issue-drafts.js';
import { IssueEditPages } from './issues/issue-edit.pages.js';
import { IssueImportPages } from './issues/issue-import.pages.js';
import { IssueListPages } from './issues/issue-list.pages.js';
import { IssueListRepository } from './issues/issue-list.repository.js';
import { IssueMergePages } from './issues/issue-merge.pages.js';
import { IssueReadingPages } from './issues/issue-reading.pages.js';
import { IssuePageRepository } from './issues/issue-page.repository.js';
import { IssuePages } from './issues/issue.pages.js';
import { PrintPages } from './issues/print.pages.js';
import { PreviewPages } from './issues/preview.pages.js';
import { SignOffPages } from './issues/sign-off.pages.js';
import { WithdrawalPages } from './issues/withdrawal.pages.js';
import { ListStateRepository } from './list-state.repository.js';
import { AmendmentsPages } from './list/amendments.pages.js';
import { ChangePages } from './list/change.pages.js';
import { DistributionListRepository } from './list/distribution-list.repository.js';
import { ListExportPages } from './list/list-export.pages.js';
import { ListHistoryPages } from './list/list-history.pages.js';
import { ListImportPages } from './list/list-import.pages.js';
import { ListSearches } from './list/list-search.repository.js';
import { ListPages } from './list/list.pages.js';
import { SubscriptionsPages } from './list/subscriptions.pages.js';
import { AccountsPages } from './office/accounts.pages.js';
import { AuditPages } from './office/audit.pages.js';
import { AccountDayRepository } from './office/account-day.repository.js';
import { CalendarPages } from './office/calendar.pages.js';
import { TrialPages } from './office/trial.pages.js';
import { ChannelSettingsPages } from './office/channel-settings.pages.js';
import { ChannelsPages } from './office/channels.pages.js';
import { LayoutPages } from './office/layout.pages.js';
import { PublicationFactsPages } from './office/publication-facts.pages.js';
import { PublicationPages } from './office/publication.pages.js';
import { ContactPages } from './people/contact.pages.js';
import { ContactsPages } from './people/contacts.pages.js';
import { CorrectionPages } from './people/correction.pages.js';
import { LiaisonPages } from './people/liaison.pages.js';
import { OrganisationPageRepository } from './people/organisation-page.repository.js';
import { PeoplePages } from './people/people.pages.js';
import { PostNewPages } from './people/post-new.pages.js';
import { PostPages } from './people/post.pages.js';
import { TenurePages } from './people/tenure.pages.js';
import { TurnoverPages } from './people/turnover.pages.js';
import { UnitsPages } from './people/units.pages.js';
import { PersonPicker } from './person-choice.js';
import { ScopeBox } from './scope/scope-box.js';
import { ScopeOfIssue } from './scope/scope-of-issue.js';
import { ScopePages } from './scope/scope.pages.js';
import { AttentionRepository } from './sending/attention.repository.js';
import { BoardPages } from './sending/board.pages.js';
import { BoardRepository } from './sending/board.repository.js';
import { CallListPages } from './sending/call-list.pages.js';
import { CallListRepository } from './sending/call-list.repository.js';
import { CopyPages } from './sending/copy.pages.js';
import { CopyRepository } from './sending/copy.repository.js';
import { LatePages } from './sending/late.pages.js';
import { PaperListRepository } from './sending/paper-list.repository.js';
import { PaperScanPages } from './sending/paper-scan.pages.js';
import { PaperPages } from './sending/paper.pages.js';
import { ProgressPages } from './sending/progress.pages.js';
import { RemindPages } from './sending/remind.pages.js';
import { RepliesPages } from './sending/replies.pages.js';
import { ResendPages } from './sending/resend.pages.js';
import { SendNowPages } from './sending/send-now.pages.js';
import { WorkbenchPages } from './workbench/workbench.pages.js';
import { WorkbenchRepository } from './workbench/workbench.repository.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { IssuesModule } from '../issues/issues.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';

/** The office’s pages. Its rooms are kept apart by the order of imports; a module for each would only repeat that. */
@Module({
  imports: [
    AccountsModule,
    OrganisationModule,
    DistributionModule,
    IssuesModule,
    RenderingModule,
    ChannelsModule,
    DispatchModule,
    ReadingModule,
  ],
  controllers: [
    WorkbenchPages,
    PrintPages,
    ContactsPages,
    ContactPages,
    AmendmentsPages,
    SubscriptionsPages,
    IssueListPages,
    IssueImportPages,
    IssuePages,
    IssueEditPages,
    IssueMergePages,
    IssueReadingPages,
    PreviewPages,
    SignOffPages,
    WithdrawalPages,
    ArchivePages,
    SendNowPages,
    ProgressPages,
    BoardPages,
    CallListPages,
    PaperPages,
    PaperScanPages,
    RemindPages,
    LatePages,
    RepliesPages,
    ResendPages,
    CopyPages,
    CalendarPages,
    ChannelsPages,
    ChannelSettingsPages,
    TrialPages,
    ScopePages,
    GroupPages,
    GroupDetailPages,
    GroupMergePages,
    PublicationFactsPages,
    PublicationPages,
    LayoutPages,
    ListImportPages,
    ListHistoryPages,
    ListExportPages,
    ListPages,
    ChangePages,
    UnitsPages,
    PostNewPages,
    PostPages,
    TenurePages,
    CorrectionPages,
    LiaisonPages,
    PeoplePages,
    TurnoverPages,
    AccountsPages,
    AuditPages,
  ],
  providers: [
    DoneNotice,
    GroupActs,
    GroupPageRepository,
    HolderRepository,
    IssueHeadRepository,
    IssueDrafts,
    EditableIssue,
    IssueListRepository,
    IssuePageRepository,
    ListStateRepository,
    DistributionListRepository,
    ListSearches,
    OrganisationPageRepository,
    PersonPicker,
    ScopeBox,
    ScopeOfIssue,
    AttentionRepository,
    BoardRepository,
    CallListRepository,
    PaperListRepository,
    CopyRepository,
    AccountDayRepository,
    WorkbenchRepository,
  ],
})
export class ConsoleModule {}
