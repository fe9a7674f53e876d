import type { EditionContent } from '../domain/issue/edition.js';
import { smsParts } from '../domain/sending/message-text.js';
import { composeSms, smsTemplateTexts } from './sms.js';
import { fill, splitAtSlots } from './slots.js';
import { seedEdition, seedOffice, seedPerson, withHeadlines } from './testing/seed-edition.js';
import type { SmsContent } from './message.js';
import type { Occasion } from './wording.js';

const digest: Occasion = { carry: 'digest', purpose: 'initial', round: 0 };
const occasions: Occasion[] = [
  digest,
  { carry: 'notice', purpose: 'initial', round: 0 },
  { carry: 'notice', purpose: 'reminder', round: 1 },
  { carry: 'digest', purpose: 'reminder', round: 12 },
  { carry: 'digest', purpose: 'withdrawal', round: 0 },
];
const sms = (edition: EditionContent, occasion = digest, office = seedOffice) =>
  fill(splitAtSlots(composeSms(edition, occasion, office)), seedPerson) as SmsContent;

it('says of the seed issue what the filed template says', () => {
  expect(sms(seedEdition()).text).toBe(
    '【延津县政府办】延津政务快报第14期已印发：我县批而未供土地处置工作位于全省前列等8条。' +
      '请打开 https://kb.yanjin.gov.cn/s 输入查阅码1234567890查阅签收。',
  );
});

it('says that a reply acknowledges where that is filed, and only in what asks to be acknowledged', () => {
  const asking = { ...seedOffice, asksForReplies: true };
  expect(sms(seedEdition(), digest, asking).text).toMatch(/输入查阅码1234567890查阅签收，或回复1签收。$/);
  const [without, within] = [false, true].map((asks) => smsTemplateTexts('https://kb.example.cn', asks));
  const changed = Object.entries(within!).filter(([key, text]) => text !== without![key as keyof typeof without]);
  expect(changed.map(([key]) => key)).toEqual(['digest', 'notice', 'reminder']);
});

it.each(occasions)('keeps within two parts, signature first: %j', (occasion) => {
  const longest = withHeadlines(
    '𠮷很长的标题'.repeat(30),
    seedEdition({ publication: '县优化营商环境工作简报'.repeat(9), number: 123 }),
  );
  for (const edition of [seedEdition(), longest]) {
    for (const asksForReplies of [false, true]) {
      const office = { ...seedOffice, signName: '十二个字的签名用到最长了', asksForReplies };
      const { text } = sms(edition, occasion, office);
      expect(text.startsWith('【十二个字的签名用到最长了】')).toBe(true);
      expect(smsParts(text).length).toBeLessThanOrEqual(2);
    }
  }
});

it.each(occasions)('is the filed text with its variables put in, and nothing else: %j', (occasion) => {
  const { text, params, templateCode } = sms(seedEdition(), occasion);
  const key = ({ SMS_D: 'digest', SMS_N: 'notice', SMS_R: 'reminder', SMS_W: 'withdrawal' } as const)[templateCode];
  const filed = smsTemplateTexts(seedOffice.publicUrl)[key ?? 'digest'];
  const names = [...filed.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(Object.keys(params)).toEqual(names);
  expect(text).toBe(`【延津县政府办】${filed.replace(/\$\{(\w+)\}/g, (_, name: string) => params[name] ?? '?')}`);
});

it('has templates that a provider can file: no touching variables, no brackets, constant link, each variable once', () => {
  for (const [key, text] of Object.entries(smsTemplateTexts('https://kb.yanjin.gov.cn'))) {
    expect(text).not.toMatch(/\}\s*\$\{/);
    expect(text).not.toMatch(/[【】]/);
    // A code that proves an address is typed where it was asked for, and a decision is not read anywhere.
    expect(text.includes(' https://kb.yanjin.gov.cn/s ')).toBe(key !== 'code' && key !== 'decision');
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.includes('code')).toBe(key !== 'decision');
  }
});

it('never leaves a variable empty, nor puts in what providers refuse', () => {
  const nasty = seedEdition({ publication: '【】', number: null, date: null, sections: [] });
  const odd = withHeadlines('【通知】★请看 https://evil.example/x?y=1 与 www.yanjin.gov.cn\n→①${code}', seedEdition());
  for (const occasion of occasions) {
    for (const edition of [nasty, odd, withHeadlines('★', seedEdition())]) {
      for (const value of Object.values(sms(edition, occasion).params)) {
        expect(value).toMatch(/\S/);
        expect(value).not.toMatch(/https?:|www\.|\.cn|[【】★→①{}\n]/);
      }
    }
  }
  expect(sms(odd).params.digest).toBe('（通知）请看 与 $code等8条');
});

it('counts reminders, so that no two are alike', () => {
  const [first, second] = [1, 2].map(
    (round) => sms(seedEdition(), { carry: 'notice', purpose: 'reminder', round }).text,
  );
  expect(first).toContain('第1次提醒');
  expect(second).toContain('第2次提醒');
});

it('refuses what no filed template can say', () => {
  expect(() => composeSms(seedEdition(), { ...digest, carry: 'neutralNotice' }, seedOffice)).toThrow('neutralNotice');
});
