import type { Provider, Type } from '@nestjs/common';
import { accountControllers, accountWebProviders } from './accounts/providers.js';
import { ReportController } from './channels/report.controller.js';
import { View } from './platform/view/view.js';

/** Everything a process with a console has beyond what a worker has. */
export const web: { controllers: Type[]; providers: Provider[] } = {
  controllers: [...accountControllers, ReportController],
  providers: [View, ...accountWebProviders],
};
