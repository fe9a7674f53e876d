import { smsProvider } from '../sms-provider.js';
import { readAliyunReplies } from './aliyun-reply.js';
import { readAliyunReports } from './aliyun-report.js';
import { AliyunSms } from './aliyun-sms.js';
import { aliyunKeys, aliyunSettings } from './settings.js';

export const aliyun = smsProvider({
  name: 'aliyun',
  text: '阿里云短信',
  keys: aliyunKeys,
  opens: 'ALIYUN_ACCESS_KEY_ID',
  needs: ['ALIYUN_ACCESS_KEY_SECRET'],
  form: {
    ALIYUN_ACCESS_KEY_ID: 'AccessKey ID',
    ALIYUN_ACCESS_KEY_SECRET: 'AccessKey Secret',
    ALIYUN_REPORT_KEY: '回调地址中的密钥（自编，至少20位；不填收不到回执）',
    ALIYUN_SERIAL_DIGITS: '上行短信扩展码位数（未开通填0）',
    ALIYUN_SMS_BASE: '接口地址（一般不填）',
  },
  limits: (values) => values.ALIYUN_LIMITS,
  settings: aliyunSettings,
  open: ({ base, accessKeyId, accessKeySecret, serialDigits, signName, templates }, now) =>
    new AliyunSms({
      ...{ baseUrl: base, accessKeyId, accessKeySecret, serialDigits, now },
      filed: { signName, templates: { ...templates } },
    }),
  readReports: readAliyunReports,
  readReplies: readAliyunReplies,
  taken: () => ({ code: 0, msg: '接收成功' }),
});
