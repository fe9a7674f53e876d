import { defaultPolicy, type PublicationPolicy } from '../../domain/sending/channel-policy.js';
import { readForm } from '../../platform/http/form.js';
import { draftOf, type PolicyDraft, policyForm } from './publication-form.js';
import { policyWords } from '../policy-words.js';

const faults = (changes: Partial<PolicyDraft>): string[] => {
  const reading = readForm(policyForm, { ...draftOf(defaultPolicy), ...changes });
  return reading.ok ? [] : reading.faults.map(({ field, message }) => `${field}: ${message}`);
};

describe('the settings of a publication', () => {
  it.each<Partial<PublicationPolicy>>([
    {},
    { mode: 'ladder', autoRemind: true, maxReminders: 2 },
    { waits: 'never', asksAcknowledgement: false, attachesPdf: true },
    { mode: 'first', order: ['sms'], ladder: [{ channel: 'sms', withinMinutes: 10 }] },
  ])('come back from the form as they were: %j', (changes) => {
    const policy = { ...defaultPolicy, ...changes };
    expect(readForm(policyForm, draftOf(policy))).toEqual({ ok: true, value: policy });
  });

  it.each<[Partial<PolicyDraft>, string]>([
    [{ channel2: 'wecom' }, 'channel2: 同一个通道只能选一次。'],
    [{ channel1: '' }, 'channel1: 请选择第一个通道。'],
    [{ channel2: '' }, 'channel2: 请先选择第二个通道。'],
    [{ quietUntil: '20' }, 'quietUntil: 开始和结束不能相同；不需要安静时段，请选“都不等”。'],
    [{ quietFrom: '24' }, 'quietFrom: 安静时段的开始钟点应是0至23的整数。'],
    [{ maxReminders: '9' }, 'maxReminders: 催阅次数应是0至5的整数。'],
    [{ minutes1: '' }, 'minutes1: 等待分钟数应是1至1440的整数。'],
    [{ autoRemind: 'yes', asksAcknowledgement: '' }, 'autoRemind: 自动催阅需要“要求签收”，且催阅次数不为0。'],
    [{ mode: 'x' }, 'mode: 请选择发送方式。'],
  ])('refuse %j', (changes, fault) => {
    expect(faults(changes)).toContain(fault);
  });
});

describe('the policy in plain words', () => {
  it('tells the ladder step by step, and what no sign means on WeCom', () => {
    expect(policyWords({ ...defaultPolicy, mode: 'ladder', autoRemind: true })).toEqual([
      '第1步：企业微信；10分钟内没有打开（企业微信不提供送达回执），转下一步。',
      '第2步：短信；60分钟内没有送达回执，也没有打开，转下一步。',
      '第3步：电子邮件。',
      '20:00至次日08:00和休息日：首次发送和催阅都等到工作日的白天；只有特急件写明理由可以例外。',
      '2个工作日没有签收，系统自动催阅，最多1次，每次措辞不同。',
      '再过2个工作日仍没有签收的，列入电话名单。',
      '本人签收后，对他的后续发送和催阅全部停止，不影响别人。',
    ]);
  });
});
