import { SetMetadata } from '@nestjs/common';
import { withConfig } from './route-config.js';

export const PUBLIC = 'kuaibao:public';
export const CALLBACK = 'kuaibao:callback';

/** Open to anybody, signed in or not. Every route carries this, @Callback or @Needs; one without is refused. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Called by a provider, not by a browser: the controller itself proves who calls, by signature or secret address. */
export const Callback = () => SetMetadata(CALLBACK, true);

/** The form may hold a file. */
export const TakesFile = () => withConfig({ takesFile: true });

/** At most `max` requests a minute from one address: for places where something could be guessed. */
export const Limited = (max: number) => withConfig({ rateLimit: { max, timeWindow: '1 minute' } });
