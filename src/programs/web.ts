import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { SignInModule } from '../accounts/sign-in.module.js';
import { ApiModule } from '../api/api.module.js';
import { CallbacksModule } from '../channels/callbacks.module.js';
import { ConsoleModule } from '../console/console.module.js';
import { PagesModule } from '../platform/pages.module.js';
import { ReaderPagesModule } from '../reading/reader-pages.module.js';

/** The rooms with pages: everything a process with a console has beyond what a worker has. */
export const pages: readonly Type[] = [
  PagesModule,
  SignInModule,
  CallbacksModule,
  ReaderPagesModule,
  ConsoleModule,
  ApiModule,
];

/** Every page and every operation there is. */
export const controllers: readonly Type[] = pages.flatMap(
  (module) => (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as Type[],
);
