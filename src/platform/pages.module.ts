import { Global, Module } from '@nestjs/common';
import { AnsweredForms } from './http/answered-forms.js';
import { Drafts } from './http/drafts.js';
import { HealthController } from './http/health.controller.js';
import { KeptPages } from './http/kept-pages.js';
import { LargeTypeController } from './http/large-type.controller.js';
import { PressRepository } from './http/press.repository.js';
import { Presses } from './http/presses.js';
import { View } from './view/view.js';

const services = [View, KeptPages, PressRepository, Presses, Drafts, AnsweredForms];

/** What every page needs; only in a process with a console. */
@Global()
@Module({ controllers: [HealthController, LargeTypeController], providers: services, exports: services })
export class PagesModule {}
