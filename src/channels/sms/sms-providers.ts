import { aliyun } from './aliyun/aliyun.js';
import { cmpp } from './cmpp/cmpp.js';
import type { SmsProvider } from './sms-provider.js';
import { tencent } from './tencent/tencent.js';
import { yunmas } from './yunmas/yunmas.js';

/** The SMS vendors there are. The first that is configured sends unless SMS_PREFERRED names another. */
export const smsProviders: readonly SmsProvider[] = [aliyun, tencent, yunmas, cmpp];
