import { Module } from '@nestjs/common';
import { ChannelsModule } from './channels.module.js';
import { OwnershipController } from './ownership.controller.js';
import { ReportController } from './report.controller.js';

/** Where providers report. */
@Module({
  imports: [ChannelsModule],
  controllers: [ReportController, OwnershipController],
})
export class CallbacksModule {}
