import type { Type } from '@nestjs/common';
import { OrganisationApi } from './organisation.api.js';
import { OrganisationChangeApi } from './organisation-change.api.js';

/** Every controller whose operations the OpenAPI document names. */
export const apiControllers: Type[] = [OrganisationApi, OrganisationChangeApi];
