import { Module } from '@nestjs/common';
import { CardService } from './card.service.js';
import { CodeService } from './code.service.js';
import { DeviceRepository } from './device.repository.js';
import { DeviceService } from './device.service.js';
import { GuessRepository } from './guess.repository.js';
import { MyDataRepository } from './my-data.repository.js';
import { MyDataService } from './my-data.service.js';
import { PageMarks } from './page-mark.js';
import { PaperRepository } from './paper.repository.js';
import { PaperService } from './paper.service.js';
import { PressService } from './press.service.js';
import { RepliedCopiesRepository } from './replied-copies.repository.js';
import { ReplyService } from './reply.service.js';
import { ReplyDeskService } from './reply-desk.service.js';
import { ReadingRepository } from './reading.repository.js';
import { ReadingService } from './reading.service.js';
import { WechatBindingService } from './wechat-binding.service.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { IssuesModule } from '../issues/issues.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';

/** What readers open, press and prove. */
@Module({
  imports: [OrganisationModule, DistributionModule, IssuesModule, ChannelsModule, DispatchModule],
  providers: [
    ReadingRepository,
    ReadingService,
    GuessRepository,
    DeviceRepository,
    DeviceService,
    CodeService,
    CardService,
    PageMarks,
    PaperRepository,
    PaperService,
    PressService,
    MyDataRepository,
    MyDataService,
    RepliedCopiesRepository,
    ReplyService,
    ReplyDeskService,
    WechatBindingService,
  ],
  exports: [
    ReadingService,
    CardService,
    PaperService,
    DeviceService,
    CodeService,
    PageMarks,
    PressService,
    MyDataService,
    RepliedCopiesRepository,
    ReplyService,
    ReplyDeskService,
    WechatBindingService,
  ],
})
export class ReadingModule {}
