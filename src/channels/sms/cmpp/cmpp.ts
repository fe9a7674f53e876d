import { Logger } from '@nestjs/common';
import { smsProvider } from '../sms-provider.js';
import { timersOf } from '../timers.js';
import { CmppSms } from './cmpp-sms.js';
import { cmppFaults, cmppKeys, cmppSettings } from './settings.js';

/** As the standard has it: each packet is sent three times in all. */
const tries = 3;

export const cmpp = smsProvider({
  name: 'cmpp',
  text: 'CMPP 短信网关',
  keys: cmppKeys,
  opens: 'CMPP_HOST',
  needs: ['CMPP_SP_ID', 'CMPP_SECRET', 'CMPP_SRC_ID', 'CMPP_SERVICE_ID'],
  limits: (values) => values.CMPP_LIMITS,
  settings: cmppSettings,
  faults: cmppFaults,
  open(own, now) {
    const log = new Logger('CMPP');
    return new CmppSms({ ...own, tries, timers: timersOf(now), warn: (what) => log.warn(what) });
  },
});
