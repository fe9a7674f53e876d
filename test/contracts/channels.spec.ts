import { channelContract } from './channel.contract.js';
import {
  emailChannel,
  emailContent,
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
  openWithWrongCredentials: (sandbox) => smsChannel(sandbox, 'wrong'),
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
  openWithWrongCredentials: (sandbox) => wecomChannel(sandbox, 'wrong'),
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
