import { Module } from '@nestjs/common';
import { CallbackRepository } from './callback.repository.js';
import { PartRepository } from './part.repository.js';
import { ReportInbox } from './report-inbox.js';
import { ReportRepository } from './report.repository.js';

/** What providers report. */
@Module({
  providers: [ReportRepository, PartRepository, CallbackRepository, ReportInbox],
  exports: [ReportRepository, CallbackRepository, ReportInbox],
})
export class ChannelsModule {}
