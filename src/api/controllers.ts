import type { Type } from '@nestjs/common';
import { GroupsApi } from './groups.api.js';
import { GroupsChangeApi } from './groups-change.api.js';
import { OrganisationApi } from './organisation.api.js';
import { OrganisationChangeApi } from './organisation-change.api.js';
import { SubscriptionsApi } from './subscriptions.api.js';

/** Every controller whose operations the OpenAPI document names. */
export const apiControllers: Type[] = [
  OrganisationApi,
  OrganisationChangeApi,
  GroupsApi,
  GroupsChangeApi,
  SubscriptionsApi,
];
