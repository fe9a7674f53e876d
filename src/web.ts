import type { Provider, Type } from '@nestjs/common';
import { accountControllers, accountWebProviders } from './accounts/providers.js';
import { ApiKeysPages } from './api/api-keys.pages.js';
import { apiControllers } from './api/controllers.js';
import { OpenApiController } from './api/openapi.controller.js';
import { GroupRows } from './api/group-rows.js';
import { GroupsApiRepository } from './api/groups.repository.js';
import { OrganisationApiRepository } from './api/organisation.repository.js';
import { SubscriptionsApiRepository } from './api/subscriptions.repository.js';
import { ReportController } from './channels/report.controller.js';
import { AccountsPages } from './console/accounts.pages.js';
import { VersionRepository } from './api/version.repository.js';
import { AttentionRepository } from './console/attention.repository.js';
import { AmendmentsPages } from './console/amendments.pages.js';
import { ArchivePages } from './console/archive.pages.js';
import { SendNowPages } from './console/send-now.pages.js';
import { AuditPages } from './console/audit.pages.js';
import { BoardPages } from './console/board.pages.js';
import { BoardRepository } from './console/board.repository.js';
import { CalendarPages } from './console/calendar.pages.js';
import { ChangePages } from './console/change.pages.js';
import { ContactPages } from './console/contact.pages.js';
import { ContactsPages } from './console/contacts.pages.js';
import { SubscriptionsPages } from './console/subscriptions.pages.js';
import { CallListPages } from './console/call-list.pages.js';
import { CallListRepository } from './console/call-list.repository.js';
import { CopyPages } from './console/copy.pages.js';
import { CopyRepository } from './console/copy.repository.js';
import { CorrectionPages } from './console/correction.pages.js';
import { ListSearches } from './console/list-search.repository.js';
import { DistributionListRepository } from './console/distribution-list.repository.js';
import { DoneNotice } from './console/done-notice.js';
import { GroupActs } from './console/group-acts.js';
import { GroupDetailPages } from './console/group-detail.pages.js';
import { GroupPageRepository } from './console/group-page.repository.js';
import { GroupMergePages } from './console/group-merge.pages.js';
import { GroupPages } from './console/group.pages.js';
import { HolderRepository } from './console/holder.repository.js';
import { IssueEditPages } from './console/issue-edit.pages.js';
import { IssueImportPages } from './console/issue-import.pages.js';
import { IssueListPages } from './console/issue-list.pages.js';
import { IssueListRepository } from './console/issue-list.repository.js';
import { IssueDrafts } from './console/issue-drafts.js';
import { IssueMergePages } from './console/issue-merge.pages.js';
import { IssuePageRepository } from './console/issue-page.repository.js';
import { IssuePages } from './console/issue.pages.js';
import { LatePages } from './console/late.pages.js';
import { LiaisonPages } from './console/liaison.pages.js';
import { ListExportPages } from './console/list-export.pages.js';
import { ListHistoryPages } from './console/list-history.pages.js';
import { ListImportPages } from './console/list-import.pages.js';
import { ListStateRepository } from './console/list-state.repository.js';
import { ListPages } from './console/list.pages.js';
import { OrganisationPageRepository } from './console/organisation-page.repository.js';
import { PeoplePages } from './console/people.pages.js';
import { PersonPicker } from './console/person-choice.js';
import { PostNewPages } from './console/post-new.pages.js';
import { PostPages } from './console/post.pages.js';
import { PreviewPages } from './console/preview.pages.js';
import { ProgressPages } from './console/progress.pages.js';
import { PublicationPages } from './console/publication.pages.js';
import { RemindPages } from './console/remind.pages.js';
import { ResendPages } from './console/resend.pages.js';
import { ScopeBox } from './console/scope-box.js';
import { ScopePages } from './console/scope.pages.js';
import { ScopeOfIssue } from './console/scope-of-issue.js';
import { SignOffPages } from './console/sign-off.pages.js';
import { TenurePages } from './console/tenure.pages.js';
import { TurnoverPages } from './console/turnover.pages.js';
import { UnitsPages } from './console/units.pages.js';
import { WithdrawalPages } from './console/withdrawal.pages.js';
import { AnsweredForms } from './platform/http/answered-forms.js';
import { Drafts } from './platform/http/drafts.js';
import { HealthController } from './platform/http/health.controller.js';
import { PressRepository } from './platform/http/press.repository.js';
import { Presses } from './platform/http/presses.js';
import { LargeTypeController } from './platform/http/large-type.controller.js';
import { KeptPages } from './platform/http/kept-pages.js';
import { View } from './platform/view/view.js';
import { DeviceController } from './reading/device.controller.js';
import { MyDataExportController } from './reading/my-data-export.controller.js';
import { ReaderController } from './reading/reader.controller.js';
import { PersonController } from './reading/person.controller.js';
import { SubscriptionController } from './reading/subscription.controller.js';
import { ReaderIdentity } from './reading/reader-identity.js';

/** Everything a process with a console has beyond what a worker has. */
export const web: { controllers: Type[]; providers: Provider[] } = {
  controllers: [
    HealthController,
    LargeTypeController,
    ...accountControllers,
    ReportController,
    ReaderController,
    PersonController,
    DeviceController,
    SubscriptionController,
    MyDataExportController,
    ContactsPages,
    ContactPages,
    AmendmentsPages,
    SubscriptionsPages,
    // Fixed paths first: /issues/new is not an issue's id.
    IssueListPages,
    IssueImportPages,
    IssuePages,
    IssueEditPages,
    IssueMergePages,
    PreviewPages,
    SignOffPages,
    WithdrawalPages,
    ArchivePages,
    SendNowPages,
    ProgressPages,
    BoardPages,
    CallListPages,
    RemindPages,
    LatePages,
    ResendPages,
    CopyPages,
    CalendarPages,
    ScopePages,
    GroupPages,
    GroupDetailPages,
    GroupMergePages,
    PublicationPages,
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
    ApiKeysPages,
    OpenApiController,
    ...apiControllers,
  ],
  providers: [
    View,
    KeptPages,
    PressRepository,
    Presses,
    Drafts,
    AnsweredForms,
    ...accountWebProviders,
    ReaderIdentity,
    AttentionRepository,
    BoardRepository,
    CallListRepository,
    HolderRepository,
    ListStateRepository,
    CopyRepository,
    DistributionListRepository,
    ListSearches,
    DoneNotice,
    OrganisationPageRepository,
    PersonPicker,
    IssueListRepository,
    IssuePageRepository,
    IssueDrafts,
    GroupActs,
    GroupPageRepository,
    ScopeBox,
    ScopeOfIssue,
    OrganisationApiRepository,
    GroupsApiRepository,
    GroupRows,
    SubscriptionsApiRepository,
    VersionRepository,
  ],
};
