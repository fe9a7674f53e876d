import { EmailChannel, type EmailChannelOptions } from '../../src/channels/email/email-channel.js';
import { AliyunSms } from '../../src/channels/sms/aliyun-sms.js';
import { SmsChannel } from '../../src/channels/sms/sms-channel.js';
import { TencentSms, type TencentSmsOptions } from '../../src/channels/sms/tencent-sms.js';
import { WecomChannel } from '../../src/channels/wechat/wecom-channel.js';
import type { EmailContent, SmsContent, WecomContent } from '../../src/rendering/message.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { office } from './sandbox-under-test.js';

/** Short, so that a provider that never answers does not hold up the tests. */
const timeoutMs = 400;

export const emailContent: EmailContent = {
  kind: 'email',
  subject: '每日快报第12期',
  text: '正文',
  html: '<p>正文</p>',
};

export const smsContent: SmsContent = {
  kind: 'sms',
  template: 'notice',
  signName: office.signName,
  templateCode: office.templateCode,
  params: { publication: '每日快报', number: '第12期（总第1*号）', code: '482913' },
  text: '',
};

export const wecomCard: WecomContent = {
  kind: 'wecom',
  title: '每日快报第12期',
  description: '请查收',
  url: 'https://kb.example.cn/r/AbC',
  buttonText: '查看',
};

export function emailChannel(port: number, changes: Partial<EmailChannelOptions> = {}) {
  return new EmailChannel({
    host: '127.0.0.1',
    port,
    encryption: 'none',
    login: office.smtp,
    from: { name: '某县人民政府办公室', address: 'office@example.cn' },
    list: { name: '每日快报', id: 'kuaibao.example.cn' },
    bounce: office.bounce,
    askDeliveryStatus: true,
    concurrency: 2,
    timeouts: { connect: 2000, greeting: 2000, socket: timeoutMs },
    ...changes,
  });
}

export function smsChannel(sandbox: Pick<Sandbox, 'aliyunBase'>, accessKeySecret = office.aliyun.accessKeySecret) {
  const { accessKeyId } = office.aliyun;
  const vendor = new AliyunSms({ baseUrl: sandbox.aliyunBase, accessKeyId, accessKeySecret, timeoutMs });
  return new SmsChannel(vendor, { concurrency: 2 });
}

export function tencentChannel(sandbox: Pick<Sandbox, 'tencentBase'>, changes: Partial<TencentSmsOptions> = {}) {
  const vendor = new TencentSms({
    baseUrl: sandbox.tencentBase,
    ...office.tencent,
    signName: office.signName,
    templates: {
      digest: 'unfiled',
      notice: office.tencentTemplate,
      reminder: '',
      withdrawal: '',
      code: '',
      subscriber: '',
    },
    timeoutMs,
    ...changes,
  });
  return new SmsChannel(vendor, { concurrency: 2 });
}

export function wecomChannel(sandbox: Pick<Sandbox, 'wecomBase'>, secret = office.wecom.secret) {
  return new WecomChannel({
    baseUrl: sandbox.wecomBase,
    corpId: office.wecom.corpId,
    secret,
    agentId: office.wecom.agentId,
    concurrency: 2,
    timeoutMs,
  });
}
