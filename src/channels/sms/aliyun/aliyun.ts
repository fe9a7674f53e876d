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
    ALIYUN_SIGN: '签名（与服务器设置的相同时不填）',
    ALIYUN_TEMPLATE_DIGEST: '公开件通知的模板编号（与服务器设置的相同时不填，下同）',
    ALIYUN_TEMPLATE_NOTICE: '内部件通知的模板编号',
    ALIYUN_TEMPLATE_REMINDER: '催阅的模板编号',
    ALIYUN_TEMPLATE_WITHDRAWAL: '撤回通知的模板编号',
    ALIYUN_TEMPLATE_CODE: '验证码的模板编号',
    ALIYUN_TEMPLATE_SUBSCRIBER: '订阅通知的模板编号',
    ALIYUN_LIMITS: '限速（如 100/s；不填为3000/s）',
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
