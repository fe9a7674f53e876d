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
  form: {
    TENCENT_SECRET_ID: 'SecretId',
    TENCENT_SECRET_KEY: 'SecretKey',
    TENCENT_SDK_APP_ID: '短信应用 SdkAppId',
    TENCENT_SIGN: '签名（与其他服务商相同时不填）',
    TENCENT_TEMPLATE_DIGEST: '公开件通知的模板编号',
    TENCENT_TEMPLATE_NOTICE: '内部件通知的模板编号',
    TENCENT_TEMPLATE_REMINDER: '催阅的模板编号',
    TENCENT_TEMPLATE_WITHDRAWAL: '撤回通知的模板编号',
    TENCENT_TEMPLATE_CODE: '验证码的模板编号',
    TENCENT_TEMPLATE_SUBSCRIBER: '订阅通知的模板编号',
    TENCENT_TEMPLATE_DECISION: '订阅审核结果的模板编号（可不填）',
    TENCENT_REPORT_KEY: '回调地址中的密钥（自编，至少20位；不填收不到回执）',
    TENCENT_PULL_SECONDS: '每隔几秒主动取回执和回复（腾讯云不能访问本机、且已请其客服开通时填，如10）',
    TENCENT_LIMITS: '限速（如 100/s；不填为2000/s）',
    TENCENT_SMS_BASE: '接口地址（一般不填）',
  },
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
