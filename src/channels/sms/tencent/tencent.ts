import { Logger } from '@nestjs/common';
import { smsProvider } from '../sms-provider.js';
import { timersOf } from '../timers.js';
import { tencentKeys, tencentSettings } from './settings.js';
import { readTencentReplies } from './tencent-reply.js';
import { readTencentReports } from './tencent-report.js';
import { TencentSms } from './tencent-sms.js';

export const tencent = smsProvider({
  name: 'tencent',
  text: '腾讯云短信',
  keys: tencentKeys,
  opens: 'TENCENT_SECRET_ID',
  needs: [
    'TENCENT_SECRET_KEY',
    'TENCENT_SDK_APP_ID',
    'TENCENT_TEMPLATE_DIGEST',
    'TENCENT_TEMPLATE_NOTICE',
    'TENCENT_TEMPLATE_REMINDER',
    'TENCENT_TEMPLATE_WITHDRAWAL',
    'TENCENT_TEMPLATE_CODE',
    'TENCENT_TEMPLATE_SUBSCRIBER',
  ],
  limits: (values) => values.TENCENT_LIMITS,
  settings: tencentSettings,
  open({ base, ...account }, now) {
    const log = new Logger('Tencent');
    return new TencentSms({ baseUrl: base, ...account, timers: timersOf(now), warn: (what) => log.warn(what) });
  },
  readReports: readTencentReports,
  readReplies: readTencentReplies,
  taken: () => ({ result: 0, errmsg: 'OK' }),
});
