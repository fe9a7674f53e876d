import { smsProvider } from '../sms-provider.js';
import { yunmasFaults, yunmasKeys, yunmasSettings } from './settings.js';
import { echo, readYunmasReplies, readYunmasReports } from './yunmas-report.js';
import { YunmasSms } from './yunmas-sms.js';

export const yunmas = smsProvider({
  name: 'yunmas',
  text: '移动云MAS',
  keys: yunmasKeys,
  opens: 'YUNMAS_EC_NAME',
  needs: ['YUNMAS_BASE', 'YUNMAS_AP_ID', 'YUNMAS_SECRET_KEY', 'YUNMAS_SIGN'],
  form: {
    YUNMAS_BASE: '接口地址（合同所附，不含 /sms/…）',
    YUNMAS_EC_NAME: '企业名称',
    YUNMAS_AP_ID: '接口账号',
    YUNMAS_SECRET_KEY: '接口密码',
    YUNMAS_SIGN: '签名编码',
    YUNMAS_SIGN_NAME: '签名文字（与服务器设置的相同时不填）',
    YUNMAS_LIMITS: '限速（如 20/s；不填为50/s）',
    YUNMAS_SERIAL: '扩展码（可不填）',
    YUNMAS_REPORT_KEY: '回调地址中的密钥（自编，至少20位；不填收不到回执）',
  },
  limits: (values) => values.YUNMAS_LIMITS,
  settings: yunmasSettings,
  faults: yunmasFaults,
  open: ({ base, ...account }) => new YunmasSms({ baseUrl: base, ...account }),
  readReports: (body, now, { reportFields }) => readYunmasReports(body, now, reportFields),
  readReplies: (body, { addSerial }) => readYunmasReplies(body, addSerial),
  taken: echo,
});
