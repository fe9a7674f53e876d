import { channelContract } from './channel.contract.js';
import {
  emailChannel,
  emailContent,
  impatient,
  impatientMail,
  smsChannel,
  smsContent,
  tencentChannel,
  wecomCard,
  wecomChannel,
} from './channels-under-test.js';
import { closedPort, office } from './sandbox-under-test.js';

for (const client of ['pipelined', 'nodemailer'] as const) {
  channelContract(`e-mail by ${client} client`, {
    open: (sandbox) => emailChannel(sandbox.smtpPort, { client }),
    openImpatient: (sandbox) => emailChannel(sandbox.smtpPort, { client, timeouts: impatientMail }),
    openWithWrongCredentials: (sandbox) =>
      emailChannel(sandbox.smtpPort, { client, login: { user: office.smtp.user, password: 'wrong' } }),
    openToNobody: async () => emailChannel(await closedPort(), { client }),
    content: emailContent,
    addresses: {
      good: ['a@example.cn', 'b@example.cn', 'c@example.cn', 'd@example.cn', 'e@example.cn'],
      unknown: 'nouser@example.cn',
      throttled: 'rate@example.cn',
      cut: 'drop@example.cn',
      silent: 'slow@example.cn',
    },
  });
}

channelContract('SMS', {
  open: (sandbox) => smsChannel(sandbox),
  openImpatient: (sandbox) => smsChannel(sandbox, { timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => smsChannel(sandbox, { accessKeySecret: 'wrong' }),
  openToNobody: async () => smsChannel({ aliyunBase: `http://127.0.0.1:${await closedPort()}/` }),
  content: smsContent,
  addresses: {
    good: ['15400000001', '15400000002', '15400000003', '15400000004', '15400000005'],
    unknown: '15400009901',
    throttled: '15400009909',
    cut: '15400009904',
    silent: '15400009905',
  },
});

channelContract('SMS at the second vendor', {
  open: (sandbox) => tencentChannel(sandbox),
  openImpatient: (sandbox) => tencentChannel(sandbox, { timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => tencentChannel(sandbox, { secretKey: 'wrong' }),
  openToNobody: async () => tencentChannel({ tencentBase: `http://127.0.0.1:${await closedPort()}/` }),
  content: smsContent,
  addresses: {
    good: ['15400000001', '15400000002', '15400000003', '15400000004', '15400000005'],
    unknown: '15400009901',
    throttled: '15400009909',
    cut: '15400009904',
    silent: '15400009905',
  },
});

channelContract('WeCom', {
  open: (sandbox) => wecomChannel(sandbox),
  openImpatient: (sandbox) => wecomChannel(sandbox, { timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => wecomChannel(sandbox, { secret: 'wrong' }),
  openToNobody: async () => wecomChannel({ wecomBase: `http://127.0.0.1:${await closedPort()}` }),
  content: wecomCard,
  addresses: {
    good: ['ZhangSan', 'lisi', 'wangwu', 'zhaoliu', 'qianqi'],
    unknown: 'NoUser1',
    throttled: 'rate1',
    cut: 'drop1',
    silent: 'slow1',
  },
});
