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
