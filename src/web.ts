import type { Provider, Type } from '@nestjs/common';
import { accountControllers, accountWebProviders } from './accounts/providers.js';
import { ApiKeysPages } from './api/api-keys.pages.js';
import { apiControllers } from './api/controllers.js';
import { OpenApiController } from './api/openapi.controller.js';
import { OrganisationApiRepository } from './api/organisation.repository.js';
import { ReportController } from './channels/report.controller.js';
import { AccountsPages } from './console/accounts.pages.js';
import { AttentionRepository } from './console/attention.repository.js';
import { AuditPages } from './console/audit.pages.js';
import { BoardPages } from './console/board.pages.js';
import { BoardRepository } from './console/board.repository.js';
import { CalendarPages } from './console/calendar.pages.js';
import { CopyPages } from './console/copy.pages.js';
import { CopyRepository } from './console/copy.repository.js';
import { DistributionListRepository } from './console/distribution-list.repository.js';
import { IssueEditPages } from './console/issue-edit.pages.js';
import { IssueImportPages } from './console/issue-import.pages.js';
import { IssueListPages } from './console/issue-list.pages.js';
import { IssueListRepository } from './console/issue-list.repository.js';
import { IssuePageRepository } from './console/issue-page.repository.js';
import { IssuePages } from './console/issue.pages.js';
import { LatePages } from './console/late.pages.js';
import { ListImportPages } from './console/list-import.pages.js';
import { ListPages } from './console/list.pages.js';
import { PreviewPages } from './console/preview.pages.js';
import { ProgressPages } from './console/progress.pages.js';
import { RemindPages } from './console/remind.pages.js';
import { ResendPages } from './console/resend.pages.js';
import { ScopeOfIssue } from './console/scope-of-issue.js';
import { SignOffPages } from './console/sign-off.pages.js';
import { WithdrawalPages } from './console/withdrawal.pages.js';
import { LargeTypeController } from './platform/http/large-type.controller.js';
import { View } from './platform/view/view.js';
import { ReaderController } from './reading/reader.controller.js';
import { ReaderIdentity } from './reading/reader-identity.js';

/** Everything a process with a console has beyond what a worker has. */
export const web: { controllers: Type[]; providers: Provider[] } = {
  controllers: [
    LargeTypeController,
    ...accountControllers,
    ReportController,
    ReaderController,
    // Fixed paths first: /issues/new is not an issue's id.
    IssueListPages,
    IssueImportPages,
    IssuePages,
    IssueEditPages,
    PreviewPages,
    SignOffPages,
    WithdrawalPages,
    ProgressPages,
    BoardPages,
    RemindPages,
    LatePages,
    ResendPages,
    CopyPages,
    CalendarPages,
    ListImportPages,
    ListPages,
    AccountsPages,
    AuditPages,
    ApiKeysPages,
    OpenApiController,
    ...apiControllers,
  ],
  providers: [
    View,
    ...accountWebProviders,
    ReaderIdentity,
    AttentionRepository,
    BoardRepository,
    CopyRepository,
    DistributionListRepository,
    IssueListRepository,
    IssuePageRepository,
    ScopeOfIssue,
    OrganisationApiRepository,
  ],
};
