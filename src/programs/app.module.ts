import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ChannelRegistry } from '../channels/channel-registry.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { MessageRowsRepository } from '../dispatch/rows/message-rows.repository.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { IssuesModule } from '../issues/issues.module.js';
import { MessageRows } from '../organisation/message-rows.js';
import { OrganisationModule } from '../organisation/organisation.module.js';
import { LiveSettings } from '../settings/live-settings.js';
import { type OpenedPlatform, PlatformModule } from '../platform/platform.module.js';
import { ReadingModule } from '../reading/reading.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';

export interface Opened extends OpenedPlatform {
  channels: ChannelRegistry;
}

/** Pages beyond those of the rooms, and what they need. */
export type MorePages = Pick<ModuleMetadata, 'controllers' | 'providers'>;

/** The rooms in order. What a room lets others use, its module exports; Nest refuses everything else. */
@Module({})
export class AppModule {
  /** @param pages the rooms with pages; none in a worker */
  static with(opened: Opened, pages: readonly Type[] = [], more: MorePages = {}): DynamicModule {
    const live = new LiveSettings(opened.settings);
    const ports = [
      { provide: LiveSettings, useValue: live },
      { provide: ChannelRegistry, useValue: opened.channels },
      { provide: MessageRows, useClass: MessageRowsRepository },
    ];
    return {
      module: AppModule,
      imports: [
        ScheduleModule.forRoot(),
        PlatformModule.with({ ...opened, settings: live.settings }, ports),
        AccountsModule,
        OrganisationModule,
        DistributionModule,
        IssuesModule,
        RenderingModule,
        ChannelsModule,
        DispatchModule,
        ReadingModule,
        ...pages,
      ],
      ...more,
    };
  }
}
