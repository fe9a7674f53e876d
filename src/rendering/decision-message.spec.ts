import { smsParts } from '../domain/sending/message-text.js';
import { composeDecisionSms, type DecisionMessage } from './decision-message.js';
import { seedOffice } from './testing/seed-edition.js';

const sms = (message: Partial<DecisionMessage>) =>
  composeDecisionSms(
    {
      ...{ name: '村民甲', publication: '延津政务快报', decision: 'approved', reason: '' },
      unsubscribe: 'https://kb.yanjin.gov.cn/u/x',
      ...message,
    },
    seedOffice,
  );

it.each([
  [{}, '通过，今后公开印发的各期将发到这个手机号码'],
  [{ decision: 'rejected', reason: '不在服务范围。' }, '未通过，理由是不在服务范围'],
  [{ decision: 'rejected', reason: '' }, '未通过，您的手机号码不再保存'],
] as const)('says by SMS what was decided: %j', (message, words) => {
  expect(sms(message)).toMatchObject({
    template: 'decision',
    templateCode: 'SMS_E',
    text: `【延津县政府办】您申请订阅的延津政务快报，审核结果：${words}。如有疑问，请与本办公室联系。`,
  });
});

it('puts in what providers take, and keeps within two parts', () => {
  const reason = '【见】https://kb.yanjin.gov.cn/x ★'.repeat(20);
  const { params, text } = sms({ publication: '县优化营商环境工作简报'.repeat(9), decision: 'rejected', reason });
  for (const value of Object.values(params)) {
    expect(value.length).toBeLessThanOrEqual(35);
    expect(value).not.toMatch(/https?:|\.cn|[【】★]/);
  }
  expect(smsParts(text).length).toBeLessThanOrEqual(2);
});
