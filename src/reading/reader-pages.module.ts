import { Module } from '@nestjs/common';
import { DeviceController } from './device.controller.js';
import { MemberProof } from './member-proof.js';
import { MyDataExportController } from './my-data-export.controller.js';
import { PersonController } from './person.controller.js';
import { ReaderIdentity } from './reader-identity.js';
import { ReaderController } from './reader.controller.js';
import { ReadingModule } from './reading.module.js';
import { ReplyController } from './reply.controller.js';
import { SubscriptionController } from './subscription.controller.js';
import { WechatController } from './wechat.controller.js';
import { WecomController } from './wecom.controller.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';

/** The reader’s pages, and where his replies by SMS come in. */
@Module({
  imports: [OrganisationModule, DistributionModule, RenderingModule, ChannelsModule, ReadingModule],
  controllers: [
    ReaderController,
    PersonController,
    DeviceController,
    SubscriptionController,
    MyDataExportController,
    WecomController,
    WechatController,
    ReplyController,
  ],
  providers: [ReaderIdentity, MemberProof],
})
export class ReaderPagesModule {}
