import { EmailChannel, type EmailChannelOptions } from '../../src/channels/email/email-channel.js';
import { AliyunSms, type AliyunSmsOptions } from '../../src/channels/sms/aliyun/aliyun-sms.js';
import { CmppSms, type CmppSmsOptions } from '../../src/channels/sms/cmpp/cmpp-sms.js';
import { SmsChannel } from '../../src/channels/sms/sms-channel.js';
import { TencentSms, type TencentSmsOptions } from '../../src/channels/sms/tencent/tencent-sms.js';
import { YunmasSms, type YunmasSmsOptions } from '../../src/channels/sms/yunmas/yunmas-sms.js';
import { WechatChannel, type WechatOptions } from '../../src/channels/wechat/wechat-channel.js';
import { WecomChannel, type WecomOptions } from '../../src/channels/wecom/wecom-channel.js';
import { readFields, type TemplateField } from '../../src/domain/sending/wechat-fields.js';
import type { EmailContent, SmsContent, WechatContent, WecomContent } from '../../src/rendering/message.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { office } from './sandbox-under-test.js';

/** Enough for an answer on the busiest of machines: a test that waits for one does not measure time. */
const patient = 30_000;
/** For the answer that never comes, so that it does not hold up the tests. */
export const impatient = 1000;
/** Whatever comes before the message is waited for: nothing may have left by then, which is another outcome. */
export const impatientMail: EmailChannelOptions['timeouts'] = {
  connect: patient,
  greeting: patient,
  command: patient,
  dataEnd: 2 * impatient,
};

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
  text: `【${office.signName}】您有新的《每日快报》第12期（总第1*号），请查收，签收码482913。`,
};

export const wecomCard: WecomContent = {
  kind: 'wecom',
  title: '每日快报第12期',
  description: '请查收',
  url: 'https://kb.example.cn/r/AbC',
  buttonText: '查看',
};

/** Whose reader is asked to acknowledge: it has a button where the channel hears of presses. */
export const buttonCard: WecomContent = { ...wecomCard, asksAcknowledgement: true };

/** What redraws a card, sealed as plainly as can be. */
export const wecomButton: NonNullable<WecomOptions['button']> = {
  officeName: '某县人民政府办公室',
  seal: (text) => `sealed ${text}`,
  open: (sealed) => sealed.replace(/^sealed /, ''),
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
    timeouts: { connect: patient, greeting: patient, command: patient, dataEnd: patient },
    ...changes,
  });
}

export function smsChannel(sandbox: Pick<Sandbox, 'aliyunBase'>, changes: Partial<AliyunSmsOptions> = {}) {
  const vendor = new AliyunSms({
    baseUrl: sandbox.aliyunBase,
    ...office.aliyun,
    timeoutMs: patient,
    ...changes,
  });
  return new SmsChannel(vendor, { concurrency: 2 });
}

/** One text is filed there. */
export const tencentTemplates = {
  digest: 'unfiled',
  notice: office.tencentTemplate,
  reminder: '',
  withdrawal: '',
  code: '',
  subscriber: '',
  decision: '',
};

export function tencentChannel(sandbox: Pick<Sandbox, 'tencentBase'>, changes: Partial<TencentSmsOptions> = {}) {
  const vendor = new TencentSms({
    baseUrl: sandbox.tencentBase,
    ...office.tencent,
    signName: office.signName,
    templates: tencentTemplates,
    timeoutMs: patient,
    ...changes,
  });
  return new SmsChannel(vendor, { concurrency: 2 });
}

/** One text is filed there; free texts need none. */
export const yunmasTemplates = { ...tencentTemplates, notice: office.yunmasTemplate };

export function yunmasChannel(sandbox: Pick<Sandbox, 'yunmasBase'>, changes: Partial<YunmasSmsOptions> = {}) {
  const vendor = new YunmasSms({
    baseUrl: sandbox.yunmasBase,
    ...office.yunmas,
    signInText: true,
    addSerial: '',
    flavour: 'text',
    perCall: 1,
    templates: yunmasTemplates,
    timeoutMs: patient,
    ...changes,
  });
  return new SmsChannel(vendor, { concurrency: 2 });
}

export function cmppVendor(port: number, changes: Partial<CmppSmsOptions> = {}): CmppSms {
  return new CmppSms({
    ...{ host: '127.0.0.1', port, ...office.cmpp, padsSpId: true },
    ...{ serialDigits: 4, offered: 0x20, links: 1, window: 16, idleMs: patient, answerMs: patient, tries: 3 },
    timers: {
      now: () => new Date(),
      after(ms, work) {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    backOff: { firstMs: 20, longestMs: 200 },
    warn: () => undefined,
    ...changes,
  });
}

export const cmppChannel = (port: number, changes: Partial<CmppSmsOptions> = {}) =>
  new SmsChannel(cmppVendor(port, changes), { concurrency: 8 });

export function wecomChannel(sandbox: Pick<Sandbox, 'wecomBase'>, changes: Partial<WecomOptions> = {}) {
  return new WecomChannel({
    baseUrl: sandbox.wecomBase,
    ...office.wecom,
    concurrency: 2,
    timeoutMs: patient,
    ...changes,
  });
}

export const wechatContent: WechatContent = {
  kind: 'wechat',
  values: {
    issue: '每日快报第12期',
    number: '12',
    summary: '王楼镇统筹推进防汛备汛等8条',
    act: '请点开查阅并签收',
    state: '待签收',
    date: '2025年4月3日',
    office: '某县人民政府办公室',
    copyNumber: '000012',
  },
  url: 'https://kb.example.cn/r/AbC',
};

export const wechatFields = readFields('thing1=issue,thing2=summary,time3=sent,phrase4=state') as TemplateField[];

export function wechatChannel(sandbox: Pick<Sandbox, 'wechatBase'>, changes: Partial<WechatOptions> = {}) {
  return new WechatChannel({
    baseUrl: sandbox.wechatBase,
    ...office.wechat,
    ...{ message: 'template', templateId: office.wechatTemplate, fields: wechatFields },
    concurrency: 2,
    timeoutMs: patient,
    ...changes,
  });
}
