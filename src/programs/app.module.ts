import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { accountServices } from '../accounts/providers.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import { CallbackRepository } from '../channels/callback.repository.js';
import { ReportInbox } from '../channels/report-inbox.js';
import { ReportRepository } from '../channels/report.repository.js';
import { AutoReminder } from '../dispatch/acts/auto-reminder.js';
import { CalendarRepository } from '../dispatch/when/calendar.repository.js';
import { CalendarService } from '../dispatch/when/calendar.service.js';
import { ControlRepository } from '../dispatch/acts/control.repository.js';
import { AllowanceRepository } from '../dispatch/send/allowance.repository.js';
import { ClaimRepository } from '../dispatch/send/claim.repository.js';
import { Claims } from '../dispatch/send/claims.js';
import { CountRepository } from '../dispatch/after/count.repository.js';
import { Deferral } from '../dispatch/when/deferral.js';
import { DeferralRepository } from '../dispatch/when/deferral.repository.js';
import { MessageRowsRepository } from '../dispatch/rows/message-rows.repository.js';
import { DeliveryRepository } from '../dispatch/rows/delivery.repository.js';
import { DeliveryService } from '../dispatch/send/delivery.service.js';
import { Ladder } from '../dispatch/after/ladder.js';
import { LadderRepository } from '../dispatch/after/ladder.repository.js';
import { DispatchJobs } from '../dispatch/dispatch-jobs.js';
import { DispatchService } from '../dispatch/acts/dispatch.service.js';
import { Housekeeping } from '../dispatch/housekeeping.js';
import { ProofSender } from '../dispatch/proof-sender.js';
import { GateRepository } from '../dispatch/send/gate.repository.js';
import { HeldService } from '../dispatch/acts/held.service.js';
import { LateCopiesService } from '../dispatch/plan/late-copies.service.js';
import { PlanRepository } from '../dispatch/plan/plan.repository.js';
import { MessageComposer } from '../dispatch/send/message-composer.js';
import { PlanService } from '../dispatch/plan/plan.service.js';
import { Preflight } from '../dispatch/plan/preflight.js';
import { Progress } from '../dispatch/after/progress.js';
import { ProgressRepository } from '../dispatch/after/progress.repository.js';
import { ReminderRepository } from '../dispatch/acts/reminder.repository.js';
import { ReportService } from '../dispatch/after/report.service.js';
import { ResendService } from '../dispatch/acts/resend.service.js';
import { SendAgainService } from '../dispatch/acts/send-again.service.js';
import { Sweeper } from '../dispatch/after/sweeper.js';
import { TurnRepository } from '../dispatch/when/turn.repository.js';
import { WithdrawalRepository } from '../dispatch/acts/withdrawal.repository.js';
import { WithdrawalService } from '../dispatch/acts/withdrawal.service.js';
import { DistributionService } from '../distribution/groups/distribution.service.js';
import { GroupChangeRepository } from '../distribution/groups/group-change.repository.js';
import { GroupEditRepository } from '../distribution/groups/group-edit.repository.js';
import { GroupMergeService } from '../distribution/groups/group-merge.service.js';
import { GroupRecordService } from '../distribution/groups/group-record.service.js';
import { GroupMembersService } from '../distribution/groups/group-members.service.js';
import { GroupService } from '../distribution/groups/group.service.js';
import { ImportTrailRepository } from '../distribution/list-file/import-trail.repository.js';
import { ListExportService } from '../distribution/list-file/list-export.service.js';
import { ListDueRepository } from '../distribution/list-file/list-due.repository.js';
import { ListDueService } from '../distribution/list-file/list-due.service.js';
import { ListImportJobs } from '../distribution/list-file/list-import-jobs.js';
import { RosterOthersRepository } from '../distribution/list-file/roster-others.repository.js';
import { ListImportRepository } from '../distribution/list-file/list-import.repository.js';
import { ListImportService } from '../distribution/list-file/list-import.service.js';
import { ListUndoService } from '../distribution/list-file/list-undo.service.js';
import { RosterStateRepository } from '../distribution/list-file/roster-state.repository.js';
import { RosterWriteRepository } from '../distribution/list-file/roster-write.repository.js';
import { RosterService } from '../distribution/list-file/roster.service.js';
import { ScopeNameRepository } from '../distribution/groups/scope-name.repository.js';
import { ScopeRepository } from '../distribution/groups/scope.repository.js';
import { SubscriptionDeskService } from '../distribution/subscriptions/subscription-desk.service.js';
import { SubscriptionRepository } from '../distribution/subscriptions/subscription.repository.js';
import { SubscriptionScope } from '../distribution/subscriptions/subscription-scope.js';
import { SubscriptionService } from '../distribution/subscriptions/subscription.service.js';
import { ClassGate } from '../issues/class-gate.js';
import { EditionRepository } from '../issues/edition.repository.js';
import { IssueRepository } from '../issues/issue.repository.js';
import { IssueService } from '../issues/issue.service.js';
import { RecipientsService } from '../issues/recipients.service.js';
import { PublicationRepository } from '../issues/publication.repository.js';
import { PublicationService } from '../issues/publication.service.js';
import { SendBackRepository } from '../issues/send-back.repository.js';
import { SignOffService } from '../issues/sign-off.service.js';
import { TextHolderRepository } from '../issues/text-holders.repository.js';
import { InitialsBackfill } from '../organisation/initials-backfill.js';
import { AddressProofRepository } from '../organisation/address-proof.repository.js';
import { AddressProofService } from '../organisation/address-proof.service.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { ContactService } from '../organisation/contact.service.js';
import { ContactWipeRepository } from '../organisation/contact-wipe.repository.js';
import { ContactWipeService } from '../organisation/contact-wipe.service.js';
import { PreferenceRepository } from '../organisation/preference.repository.js';
import { PreferenceService } from '../organisation/preference.service.js';
import { AmendmentRepository } from '../organisation/amendment.repository.js';
import { AmendmentService } from '../organisation/amendment.service.js';
import { OrganisationRepository } from '../organisation/organisation.repository.js';
import { LiaisonRepository } from '../organisation/liaison.repository.js';
import { LiaisonService } from '../organisation/liaison.service.js';
import { ListChangeRepository } from '../organisation/list-change.repository.js';
import { ListChangeService } from '../organisation/list-change.service.js';
import { MessageRows } from '../organisation/message-rows.js';
import { PersonRepository } from '../organisation/person.repository.js';
import { PersonService } from '../organisation/person.service.js';
import { PostRepository } from '../organisation/post.repository.js';
import { PostService } from '../organisation/post.service.js';
import { TenureRepository } from '../organisation/tenure.repository.js';
import { TenureService } from '../organisation/tenure.service.js';
import { UnitRepository } from '../organisation/unit.repository.js';
import { UnitService } from '../organisation/unit.service.js';
import { WishesRepository } from '../organisation/wishes.repository.js';
import { AlikeRepository } from '../platform/alike.repository.js';
import { Audit } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { ClockCheck } from '../platform/clock-check.js';
import { Vault } from '../platform/crypto.js';
import { Database } from '../platform/database.js';
import { FormStoreRepository } from '../platform/http/form-store.repository.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { JobRunner } from '../platform/jobs/job-runner.js';
import { QueueConnection } from '../platform/jobs/queue-connection.js';
import { SecrecyGate } from '../platform/secrecy-gate.js';
import { Settings } from '../settings/settings.js';
import { DeviceRepository } from '../reading/device.repository.js';
import { DeviceService } from '../reading/device.service.js';
import { CodeService } from '../reading/code.service.js';
import { GuessRepository } from '../reading/guess.repository.js';
import { MyDataRepository } from '../reading/my-data.repository.js';
import { MyDataService } from '../reading/my-data.service.js';
import { PageMarks } from '../reading/page-mark.js';
import { PressService } from '../reading/press.service.js';
import { ReadingRepository } from '../reading/reading.repository.js';
import { ReadingService } from '../reading/reading.service.js';
import { Renderer } from '../rendering/renderer.js';
import { RenditionRepository } from '../rendering/rendition.repository.js';

/** What a process opens before Nest starts, and closes after it has stopped. */
export interface Opened {
  settings: Settings;
  database: Database;
  queue: QueueConnection;
  vault: Vault;
  clock: Clock;
  channels: ChannelRegistry;
}

/** Left to right as the folders depend on each other. */
const services: Provider[] = [
  Audit,
  ClockCheck,
  JobQueue,
  JobRunner,
  ...accountServices,
  OrganisationRepository,
  PersonRepository,
  InitialsBackfill,
  UnitRepository,
  PostRepository,
  TenureRepository,
  LiaisonRepository,
  ListChangeRepository,
  ListChangeService,
  UnitService,
  PostService,
  TenureService,
  LiaisonService,
  PersonService,
  ContactRepository,
  ContactWipeRepository,
  AddressProofRepository,
  AddressProofService,
  ContactService,
  ContactWipeService,
  PreferenceRepository,
  PreferenceService,
  AmendmentRepository,
  AmendmentService,
  WishesRepository,
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
  IssueRepository,
  EditionRepository,
  ClassGate,
  SendBackRepository,
  TextHolderRepository,
  AlikeRepository,
  FormStoreRepository,
  SecrecyGate,
  RecipientsService,
  PublicationRepository,
  PublicationService,
  IssueService,
  SignOffService,
  RenditionRepository,
  Renderer,
  ReportRepository,
  CallbackRepository,
  ReportInbox,
  CalendarRepository,
  CalendarService,
  DeferralRepository,
  Deferral,
  LadderRepository,
  Ladder,
  PlanRepository,
  ClaimRepository,
  DeliveryRepository,
  { provide: MessageRows, useClass: MessageRowsRepository },
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
  DispatchService,
  HeldService,
  AutoReminder,
  ResendService,
  SendAgainService,
  LateCopiesService,
  WithdrawalRepository,
  WithdrawalService,
  Preflight,
  Progress,
  Sweeper,
  TurnRepository,
  DispatchJobs,
  ProofSender,
  Housekeeping,
  ReadingRepository,
  ReadingService,
  GuessRepository,
  DeviceRepository,
  DeviceService,
  CodeService,
  PageMarks,
  PressService,
  MyDataRepository,
  MyDataService,
];

/** Composition root: the only list of everything there is. */
@Global()
@Module({})
export class AppModule {
  /** @param web controllers, guards and pages; none in a worker */
  static with(
    opened: Opened,
    web: { controllers?: Type[]; providers?: Provider[]; imports?: Type[] } = {},
  ): DynamicModule {
    const given: Provider[] = [
      { provide: Settings, useValue: opened.settings },
      { provide: Database, useValue: opened.database },
      { provide: QueueConnection, useValue: opened.queue },
      { provide: Vault, useValue: opened.vault },
      { provide: Clock, useValue: opened.clock },
      { provide: ChannelRegistry, useValue: opened.channels },
    ];
    return {
      module: AppModule,
      imports: [ScheduleModule.forRoot(), ...(web.imports ?? [])],
      controllers: web.controllers ?? [],
      providers: [...given, ...services, ...(web.providers ?? [])],
      exports: [...given, ...services],
    };
  }
}
