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
  form: {
    CMPP_HOST: '网关地址',
    CMPP_PORT: '端口（一般是7890）',
    CMPP_SP_ID: '企业代码',
    CMPP_SECRET: '登录密码',
    CMPP_SRC_ID: '接入号',
    CMPP_SERVICE_ID: '业务代码',
    CMPP_SERIAL_DIGITS: '接入号后的扩展位数（未开通填0）',
    CMPP_LINKS: '每个进程的连接数',
    CMPP_SIGN: '签名（与服务器设置的相同时不填）',
    CMPP_LIMITS: '限速（如 20/s；不填为50/s）',
  },
  limits: (values) => values.CMPP_LIMITS,
  settings: cmppSettings,
  faults: cmppFaults,
  open(own, now) {
    const log = new Logger('CMPP');
    return new CmppSms({ ...own, tries, timers: timersOf(now), warn: (what) => log.warn(what) });
  },
});
