import { Module } from '@nestjs/common';
import { ChannelsModule } from './channels.module.js';
import { ReportController } from './report.controller.js';
import { DistributionModule } from '../distribution/distribution.module.js';

/** Where providers report. */
@Module({
  imports: [DistributionModule, ChannelsModule],
  controllers: [ReportController],
})
export class CallbacksModule {}
