import { join } from 'node:path';
import { openChannels } from '../../src/channels/open-channels.js';
import { readSettings, settingsTable } from '../../src/programs/settings.js';
import { Clock } from '../../src/platform/clock.js';
import { Vault } from '../../src/platform/crypto.js';
import type { WechatOptions } from '../../src/channels/wechat/wechat-channel.js';
import type { WecomOptions } from '../../src/channels/wecom/wecom-channel.js';
import type { WecomContent } from '../../src/rendering/message.js';
import { channelContract, type ChannelUnderTest } from './channel.contract.js';
import {
  buttonCard,
  cmppChannel,
  emailChannel,
  emailContent,
  impatient,
  impatientMail,
  smsChannel,
  smsContent,
  tencentChannel,
  wechatChannel,
  wechatContent,
  wecomButton,
  wecomCard,
  wecomChannel,
  yunmasChannel,
} from './channels-under-test.js';
import { closedPort, office } from './sandbox-under-test.js';

const email = (client: 'pipelined' | 'nodemailer'): ChannelUnderTest => ({
  name: `e-mail by ${client} client`,
  provider: 'smtp',
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

const sms = {
  content: smsContent,
  addresses: {
    good: ['15400000001', '15400000002', '15400000003', '15400000004', '15400000005'],
    unknown: '15400009901',
    throttled: '15400009909',
    cut: '15400009904',
    silent: '15400009905',
  },
};

const yunmas = (name: string, how: Parameters<typeof yunmasChannel>[1]): ChannelUnderTest => ({
  name: `SMS through China Mobile, ${name}`,
  provider: 'yunmas',
  open: (sandbox) => yunmasChannel(sandbox, how),
  openImpatient: (sandbox) => yunmasChannel(sandbox, { ...how, timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => yunmasChannel(sandbox, { ...how, secretKey: 'wrong' }),
  openToNobody: async () => yunmasChannel({ yunmasBase: `http://127.0.0.1:${await closedPort()}` }, how),
  ...sms,
});

const cmpp = (version: string, offered: 0x20 | 0x30): ChannelUnderTest => ({
  name: `SMS through a carrier's gateway, CMPP ${version}`,
  provider: 'cmpp',
  open: (sandbox) => cmppChannel(sandbox.cmpp!.port, { offered }),
  openImpatient: (sandbox) => cmppChannel(sandbox.cmpp!.port, { offered, answerMs: impatient / 3 }),
  openWithWrongCredentials: (sandbox) => cmppChannel(sandbox.cmpp!.port, { offered, secret: 'wrong' }),
  openToNobody: async () => cmppChannel(await closedPort(), { offered }),
  knowsNoReference: true,
  ...sms,
});

const wecom = (name: string, content: WecomContent, how: Partial<WecomOptions>): ChannelUnderTest => ({
  name: `WeCom, ${name}`,
  provider: 'wecom',
  open: (sandbox) => wecomChannel(sandbox, how),
  openImpatient: (sandbox) => wecomChannel(sandbox, { ...how, timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => wecomChannel(sandbox, { ...how, secret: 'wrong' }),
  openToNobody: async () => wecomChannel({ wecomBase: `http://127.0.0.1:${await closedPort()}` }, how),
  content,
  addresses: {
    good: ['ZhangSan', 'lisi', 'wangwu', 'zhaoliu', 'qianqi'],
    unknown: 'NoUser1',
    throttled: 'rate1',
    cut: 'drop1',
    silent: 'slow1',
  },
});

const wechat = (name: string, how: Partial<WechatOptions>): ChannelUnderTest => ({
  name: `WeChat official account, ${name}`,
  provider: 'wechat',
  open: (sandbox) => wechatChannel(sandbox, how),
  openImpatient: (sandbox) => wechatChannel(sandbox, { ...how, timeoutMs: impatient }),
  openWithWrongCredentials: (sandbox) => wechatChannel(sandbox, { ...how, secret: 'wrong' }),
  openToNobody: async () => wechatChannel({ wechatBase: `http://127.0.0.1:${await closedPort()}` }, how),
  content: wechatContent,
  addresses: {
    good: ['oZhangSan', 'oLiSi', 'oWangWu', 'oZhaoLiu', 'oQianQi'],
    unknown: 'nofollow1',
    throttled: 'quota1',
    cut: 'drop1',
    silent: 'slow1',
  },
});

const underTest: ChannelUnderTest[] = [
  email('pipelined'),
  email('nodemailer'),
  {
    name: 'SMS',
    provider: 'aliyun',
    open: (sandbox) => smsChannel(sandbox),
    openImpatient: (sandbox) => smsChannel(sandbox, { timeoutMs: impatient }),
    openWithWrongCredentials: (sandbox) => smsChannel(sandbox, { accessKeySecret: 'wrong' }),
    openToNobody: async () => smsChannel({ aliyunBase: `http://127.0.0.1:${await closedPort()}/` }),
    ...sms,
  },
  {
    name: 'SMS at the second vendor',
    provider: 'tencent',
    open: (sandbox) => tencentChannel(sandbox),
    openImpatient: (sandbox) => tencentChannel(sandbox, { timeoutMs: impatient }),
    openWithWrongCredentials: (sandbox) => tencentChannel(sandbox, { secretKey: 'wrong' }),
    openToNobody: async () => tencentChannel({ tencentBase: `http://127.0.0.1:${await closedPort()}/` }),
    ...sms,
  },
  yunmas('free texts', {}),
  yunmas('many in one call', { perCall: 3 }),
  yunmas('templates', { flavour: 'template' }),
  cmpp('2.0', 0x20),
  cmpp('3.0', 0x30),
  wecom('a card that leads to the page', wecomCard, {}),
  wecom('a card with a button', buttonCard, { button: wecomButton }),
  wechat('template messages', {}),
  wechat('subscription notices', { message: 'subscription', templateId: office.wechatNotice }),
];

underTest.forEach(channelContract);

it('is kept by every channel that can be configured', async () => {
  const settings = readSettings(everything());
  const channels = openChannels(settings, new Vault(Buffer.alloc(32)), new Clock());
  try {
    // What an account may send is limited: none was forgotten, neither there nor in the settings here.
    expect(channels.accounts().sort()).toEqual(Object.keys(settings.limits.accounts).sort());
    const providers = channels.accounts().map((account) => channels.account(account)!.provider);
    expect([...new Set(providers)].sort()).toEqual([...new Set(underTest.map(({ provider }) => provider))].sort());
  } finally {
    await channels.close();
  }
});

/** Settings with a value for each key that has none by itself, those of a channel that is added later as well. */
function everything(): Record<string, string> {
  const samples = [
    '1000002',
    '900001',
    'kb.example.cn',
    'wx0123456789abcdef',
    'thing1=issue,time2=sent',
    '2026-12-01',
    'office.example.cn',
    'https://kb.example.cn',
    'postgres://127.0.0.1/kuaibao',
    office.wecomCallback.aesKey,
    'WW_verify_AbC123.txt=AbC123',
    'redis://one:6379',
    'office@example.cn',
    join(import.meta.dirname, '..', 'fixtures', 'tls', 'test-only.crt'),
    import.meta.dirname,
  ];
  return Object.fromEntries(
    Object.entries(settingsTable)
      .filter(([, [schema]]) => schema.safeParse(undefined).data === undefined)
      .map(([key, [schema]]) => [key, samples.find((sample) => schema.safeParse(sample).success) ?? 'x'.repeat(40)]),
  );
}
