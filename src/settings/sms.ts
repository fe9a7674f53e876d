import type { z } from 'zod';
import type { accountSettings } from './accounts.js';
import type { SmsSettings } from './settings.js';

type Values = z.output<z.ZodObject<{ [K in keyof typeof accountSettings]: (typeof accountSettings)[K][0] }>> & {
  RECONCILE_SECONDS: number;
};

/** What is sent by SMS, through whom. */
export function smsSettings(v: Values): SmsSettings {
  return {
    signName: v.SMS_SIGN,
    templates: {
      digest: v.SMS_TEMPLATE_DIGEST,
      notice: v.SMS_TEMPLATE_NOTICE,
      reminder: v.SMS_TEMPLATE_REMINDER,
      withdrawal: v.SMS_TEMPLATE_WITHDRAWAL,
      code: v.SMS_TEMPLATE_CODE,
      subscriber: v.SMS_TEMPLATE_SUBSCRIBER,
      decision: v.SMS_TEMPLATE_DECISION,
    },
    concurrency: v.SMS_CONCURRENCY,
    reconcileAfterMs: v.RECONCILE_SECONDS * 1000,
    order: v.SMS_PREFERRED === 'aliyun' ? ['aliyun', 'tencent'] : ['tencent', 'aliyun'],
    aliyun: v.ALIYUN_ACCESS_KEY_ID
      ? {
          base: v.ALIYUN_SMS_BASE,
          accessKeyId: v.ALIYUN_ACCESS_KEY_ID,
          accessKeySecret: v.ALIYUN_ACCESS_KEY_SECRET!,
          reportKey: v.ALIYUN_REPORT_KEY ?? null,
        }
      : null,
    tencent: v.TENCENT_SECRET_ID
      ? {
          base: v.TENCENT_SMS_BASE,
          secretId: v.TENCENT_SECRET_ID,
          secretKey: v.TENCENT_SECRET_KEY!,
          sdkAppId: v.TENCENT_SDK_APP_ID!,
          signName: v.TENCENT_SIGN ?? v.SMS_SIGN,
          templates: {
            digest: v.TENCENT_TEMPLATE_DIGEST!,
            notice: v.TENCENT_TEMPLATE_NOTICE!,
            reminder: v.TENCENT_TEMPLATE_REMINDER!,
            withdrawal: v.TENCENT_TEMPLATE_WITHDRAWAL!,
            code: v.TENCENT_TEMPLATE_CODE!,
            subscriber: v.TENCENT_TEMPLATE_SUBSCRIBER!,
            decision: v.TENCENT_TEMPLATE_DECISION,
          },
          reportKey: v.TENCENT_REPORT_KEY ?? null,
        }
      : null,
  };
}
