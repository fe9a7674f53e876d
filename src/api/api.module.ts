import { Module } from '@nestjs/common';
import { ApiKeysPages } from './api-keys.pages.js';
import { apiControllers } from './controllers.js';
import { GroupRows } from './group-rows.js';
import { GroupsApiRepository } from './groups.repository.js';
import { OpenApiController } from './openapi.controller.js';
import { OrganisationApiRepository } from './organisation.repository.js';
import { SubscriptionsApiRepository } from './subscriptions.repository.js';
import { VersionRepository } from './version.repository.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DistributionModule } from '../distribution/distribution.module.js';
import { OrganisationModule } from '../organisation/organisation.module.js';

/** The interface for programs. */
@Module({
  imports: [AccountsModule, OrganisationModule, DistributionModule],
  controllers: [ApiKeysPages, OpenApiController, ...apiControllers],
  providers: [GroupRows, GroupsApiRepository, OrganisationApiRepository, SubscriptionsApiRepository, VersionRepository],
})
export class ApiModule {}
