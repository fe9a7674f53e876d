import { Module } from '@nestjs/common';
import { CallbackRepository } from './callback.repository.js';
import { PartRepository } from './part.repository.js';
import { ReplyInboxRepository } from './reply-inbox.repository.js';
import { ReportInbox } from './report-inbox.js';
import { ReportRepository } from './report.repository.js';

/** What providers report, and what people send back. */
@Module({
  providers: [ReportRepository, PartRepository, CallbackRepository, ReportInbox, ReplyInboxRepository],
  exports: [ReportRepository, CallbackRepository, ReportInbox, ReplyInboxRepository],
})
export class ChannelsModule {}
