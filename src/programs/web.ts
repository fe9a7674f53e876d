import type { Provider, Type } from '@nestjs/common';
import { accountControllers, accountWebProviders } from '../accounts/providers.js';
import { ApiKeysPages } from '../api/api-keys.pages.js';
import { apiControllers } from '../api/controllers.js';
import { OpenApiController } from '../api/openapi.controller.js';
import { GroupRows } from '../api/group-rows.js';
import { GroupsApiRepository } from '../api/groups.repository.js';
import { OrganisationApiRepository } from '../api/organisation.repository.js';
import { SubscriptionsApiRepository } from '../api/subscriptions.repository.js';
import { ReportController } from '../channels/report.controller.js';
import { AccountsPages } from '../console/office/accounts.pages.js';
import { VersionRepository } from '../api/version.repository.js';
import { AttentionRepository } from '../console/sending/attention.repository.js';
import { AmendmentsPages } from '../console/list/amendments.pages.js';
import { ArchivePages } from '../console/issues/archive.pages.js';
import { SendNowPages } from '../console/sending/send-now.pages.js';
import { AuditPages } from '../console/office/audit.pages.js';
import { BoardPages } from '../console/sending/board.pages.js';
import { BoardRepository } from '../console/sending/board.repository.js';
import { CalendarPages } from '../console/office/calendar.pages.js';
import { ChangePages } from '../console/list/change.pages.js';
import { ContactPages } from '../console/people/contact.pages.js';
import { ContactsPages } from '../console/people/contacts.pages.js';
import { SubscriptionsPages } from '../console/list/subscriptions.pages.js';
import { CallListPages } from '../console/sending/call-list.pages.js';
import { CallListRepository } from '../console/sending/call-list.repository.js';
import { CopyPages } from '../console/sending/copy.pages.js';
import { CopyRepository } from '../console/sending/copy.repository.js';
import { CorrectionPages } from '../console/people/correction.pages.js';
import { ListSearches } from '../console/list/list-search.repository.js';
import { DistributionListRepository } from '../console/list/distribution-list.repository.js';
import { DoneNotice } from '../console/done-notice.js';
import { GroupActs } from '../console/groups/group-acts.js';
import { GroupDetailPages } from '../console/groups/group-detail.pages.js';
import { GroupPageRepository } from '../console/groups/group-page.repository.js';
import { GroupMergePages } from '../console/groups/group-merge.pages.js';
import { GroupPages } from '../console/groups/group.pages.js';
import { HolderRepository } from '../console/holder.repository.js';
import { IssueEditPages } from '../console/issues/issue-edit.pages.js';
import { IssueImportPages } from '../console/issues/issue-import.pages.js';
import { IssueListPages } from '../console/issues/issue-list.pages.js';
import { IssueListRepository } from '../console/issues/issue-list.repository.js';
import { IssueDrafts } from '../console/issues/issue-drafts.js';
import { IssueMergePages } from '../console/issues/issue-merge.pages.js';
import { IssuePageRepository } from '../console/issues/issue-page.repository.js';
import { IssuePages } from '../console/issues/issue.pages.js';
import { LatePages } from '../console/sending/late.pages.js';
import { LiaisonPages } from '../console/people/liaison.pages.js';
import { ListExportPages } from '../console/list/list-export.pages.js';
import { ListHistoryPages } from '../console/list/list-history.pages.js';
import { ListImportPages } from '../console/list/list-import.pages.js';
import { ListStateRepository } from '../console/list-state.repository.js';
import { ListPages } from '../console/list/list.pages.js';
import { OrganisationPageRepository } from '../console/people/organisation-page.repository.js';
import { PeoplePages } from '../console/people/people.pages.js';
import { PersonPicker } from '../console/person-choice.js';
import { PostNewPages } from '../console/people/post-new.pages.js';
import { PostPages } from '../console/people/post.pages.js';
import { PreviewPages } from '../console/issues/preview.pages.js';
import { ProgressPages } from '../console/sending/progress.pages.js';
import { PublicationPages } from '../console/office/publication.pages.js';
import { RemindPages } from '../console/sending/remind.pages.js';
import { ResendPages } from '../console/sending/resend.pages.js';
import { ScopeBox } from '../console/scope/scope-box.js';
import { ScopePages } from '../console/scope/scope.pages.js';
import { ScopeOfIssue } from '../console/scope/scope-of-issue.js';
import { SignOffPages } from '../console/issues/sign-off.pages.js';
import { TenurePages } from '../console/people/tenure.pages.js';
import { TurnoverPages } from '../console/people/turnover.pages.js';
import { UnitsPages } from '../console/people/units.pages.js';
import { WithdrawalPages } from '../console/issues/withdrawal.pages.js';
import { AnsweredForms } from '../platform/http/answered-forms.js';
import { Drafts } from '../platform/http/drafts.js';
import { HealthController } from '../platform/http/health.controller.js';
import { PressRepository } from '../platform/http/press.repository.js';
import { Presses } from '../platform/http/presses.js';
import { LargeTypeController } from '../platform/http/large-type.controller.js';
import { KeptPages } from '../platform/http/kept-pages.js';
import { View } from '../platform/view/view.js';
import { DeviceController } from '../reading/device.controller.js';
import { MyDataExportController } from '../reading/my-data-export.controller.js';
import { ReaderController } from '../reading/reader.controller.js';
import { PersonController } from '../reading/person.controller.js';
import { SubscriptionController } from '../reading/subscription.controller.js';
import { ReaderIdentity } from '../reading/reader-identity.js';

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
