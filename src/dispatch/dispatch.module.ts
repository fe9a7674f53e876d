import { Module } from '@nestjs/common';
import { AutoReminder } from './acts/auto-reminder.js';
import { ControlRepository } from './rows/control.repository.js';
import { DispatchService } from './acts/dispatch.service.js';
import { HeldService } from './acts/held.service.js';
import { ReminderRepository } from './acts/reminder.repository.js';
import { ResendService } from './acts/resend.service.js';
import { SendAgainService } from './acts/send-again.service.js';
import { WithdrawalRepository } from './acts/withdrawal.repository.js';
import { WithdrawalService } from './acts/withdrawal.service.js';
import { CardChanges } from './after/card-changes.js';
import { CountRepository } from './after/count.repository.js';
import { DutyNoticeRepository } from './after/duty-notice.repository.js';
import { DutyNotices } from './after/duty-notices.js';
import { Ladder } from './after/ladder.js';
import { LadderRepository } from './rows/ladder.repository.js';
import { Progress } from './after/progress.js';
import { ProgressRepository } from './after/progress.repository.js';
import { ReportService } from './after/report.service.js';
import { Sweeper } from './after/sweeper.js';
import { DispatchJobs } from './dispatch-jobs.js';
import { Housekeeping } from './housekeeping.js';
import { FiledTexts } from './plan/filed-texts.js';
import { MemberDirectory } from './member-directory.js';
import { LateCopiesService } from './plan/late-copies.service.js';
import { PlanRepository } from './rows/plan.repository.js';
import { PlanService } from './plan/plan.service.js';
import { Preflight } from './plan/preflight.js';
import { ProofSender } from './proof-sender.js';
import { DeliveryRepository } from './rows/delivery.repository.js';
import { AllowanceRepository } from './rows/allowance.repository.js';
import { CardRepository } from './rows/card.repository.js';
import { ClaimRepository } from './rows/claim.repository.js';
import { Claims } from './send/claims.js';
import { DeliveryService } from './send/delivery.service.js';
import { GateRepository } from './send/gate.repository.js';
import { MessageComposer } from './send/message-composer.js';
import { CalendarRepository } from './when/calendar.repository.js';
import { CalendarService } from './when/calendar.service.js';
import { Deferral } from './when/deferral.js';
import { DeferralRepository } from './rows/deferral.repository.js';
import { TurnRepository } from './when/turn.repository.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { IssuesModule } from '../issues/issues.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';

/** Plan, send, follow. */
@Module({
  imports: [AccountsModule, OrganisationModule, DistributionModule, IssuesModule, RenderingModule, ChannelsModule],
  providers: [
    CalendarRepository,
    CalendarService,
    DeferralRepository,
    Deferral,
    LadderRepository,
    Ladder,
    PlanRepository,
    ClaimRepository,
    CardRepository,
    DeliveryRepository,
    ControlRepository,
    AllowanceRepository,
    Claims,
    GateRepository,
    ReminderRepository,
    ProgressRepository,
    CountRepository,
    PlanService,
    DeliveryService,
    MessageComposer,
    ReportService,
    CardChanges,
    DispatchService,
    HeldService,
    AutoReminder,
    ResendService,
    SendAgainService,
    LateCopiesService,
    WithdrawalRepository,
    WithdrawalService,
    FiledTexts,
    Preflight,
    Progress,
    Sweeper,
    TurnRepository,
    DispatchJobs,
    ProofSender,
    DutyNoticeRepository,
    DutyNotices,
    MemberDirectory,
    Housekeeping,
  ],
  exports: [
    GateRepository,
    CardRepository,
    CalendarRepository,
    CalendarService,
    Deferral,
    ReminderRepository,
    PlanService,
    DispatchService,
    HeldService,
    ResendService,
    SendAgainService,
    LateCopiesService,
    WithdrawalService,
    Preflight,
    Progress,
  ],
})
export class DispatchModule {}
