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
  limits: (values) => values.YUNMAS_LIMITS,
  settings: yunmasSettings,
  faults: yunmasFaults,
  open: ({ base, ...account }) => new YunmasSms({ baseUrl: base, ...account }),
  readReports: (body, now, { reportFields }) => readYunmasReports(body, now, reportFields),
  readReplies: (body, { addSerial }) => readYunmasReplies(body, addSerial),
  taken: echo,
});
