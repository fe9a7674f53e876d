import { Module } from '@nestjs/common';
import { AccountLookRepository } from './account-look.repository.js';
import { AccountLooks } from './account-looks.js';
import { CallbackRepository } from './callback.repository.js';
import { PartRepository } from './part.repository.js';
import { ReplyInboxRepository } from './reply-inbox.repository.js';
import { ReportInbox } from './report-inbox.js';
import { ReportRepository } from './report.repository.js';
import { StoredAccounts } from './stored-accounts.js';
import { AccountSettingRepository } from './account-setting.repository.js';

/** What providers report, and what people send back. */
@Module({
  providers: [
    ReportRepository,
    PartRepository,
    CallbackRepository,
    ReportInbox,
    ReplyInboxRepository,
    AccountLookRepository,
    AccountLooks,
    AccountSettingRepository,
    StoredAccounts,
  ],
  exports: [
    ReportRepository,
    CallbackRepository,
    ReportInbox,
    ReplyInboxRepository,
    AccountLookRepository,
    AccountLooks,
    StoredAccounts,
  ],
})
export class ChannelsModule {}
