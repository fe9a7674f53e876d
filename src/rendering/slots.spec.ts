import type { EmailContent, MessageContent } from './message.js';
import { addressForm, fill, slots, splitAtSlots, withoutPrivateUse } from './slots.js';
import { seedPerson } from './testing/seed-edition.js';

const mail: EmailContent = {
  kind: 'email',
  subject: '主题',
  html: `<p>${slots.address}</p><a href="${slots.link}">${slots.copyNumber}</a>`,
  text: `${slots.address} ${slots.link} ${slots.code}`,
};

describe('fill', () => {
  it('puts each personal value in its place', () => {
    expect(fill(splitAtSlots(mail), seedPerson)).toEqual({
      kind: 'email',
      subject: '主题',
      html: `<p>县委书记赵甲同志</p><a href="${seedPerson.link}">000014</a>`,
      text: `县委书记赵甲同志 ${seedPerson.link} 1234567890`,
    });
  });

  it('escapes personal values in HTML and leaves plain text as it is', () => {
    const person = { ...seedPerson, name: '<script>"\'&', link: 'https://x/?a=1&b="2"' };
    const message = fill(splitAtSlots(mail), person) as EmailContent;
    expect(message.html).toContain('&lt;script&gt;&quot;&#39;&amp;');
    expect(message.html).toContain('href="https://x/?a=1&amp;b=&quot;2&quot;"');
    expect(message.text).toContain('<script>"\'&同志 https://x/?a=1&b="2"');
  });

  it('does not fill a slot that stands in a personal value', () => {
    const message = fill(splitAtSlots(mail), { ...seedPerson, name: slots.link }) as EmailContent;
    expect(message.text.startsWith(`县委书记${slots.link}同志 https`)).toBe(true);
  });

  it('fills variables of an SMS and keeps their order', () => {
    const sms: MessageContent = {
      kind: 'sms',
      template: 'digest',
      signName: '某办',
      templateCode: 'T',
      params: { publication: '快报', code: slots.code, number: '3' },
      text: `码${slots.code}`,
    };
    const message = fill(splitAtSlots(sms), seedPerson);
    expect(message).toEqual({
      ...sms,
      params: { publication: '快报', code: '1234567890', number: '3' },
      text: '码1234567890',
    });
    expect(Object.keys((message as typeof sms).params)).toEqual(['publication', 'code', 'number']);
  });

  it('gives two people nothing of each other', () => {
    const rendition = splitAtSlots(mail);
    const other = { ...seedPerson, name: '钱乙', copyNumber: 99, link: 'https://kb/r/other', code: '0987654321' };
    const first = JSON.stringify(fill(rendition, seedPerson));
    const second = JSON.stringify(fill(rendition, other));
    for (const own of ['赵甲', '000014', seedPerson.link, seedPerson.code]) {
      if (own !== seedPerson.code) expect(first).toContain(own);
      expect(second).not.toContain(own);
    }
    expect(JSON.stringify(fill(rendition, seedPerson))).toBe(first);
  });
});

it('takes private-use characters out of every text, however deep', () => {
  const value = { a: `x${slots.link}y`, b: [{ c: '\uF8FF\u{F0000}𠮷' }], n: 3, none: null };
  expect(withoutPrivateUse(value)).toEqual({ a: 'xy', b: [{ c: '𠮷' }], n: 3, none: null });
});

it.each([
  ['县委', '县委书记', '县委书记赵甲同志'],
  ['县政府', '县委副书记、县长', '县委副书记、县长赵甲同志'],
  ['县政府', '副县长', '县政府副县长赵甲同志'],
  ['县财政局', '主要负责人', '县财政局主要负责人赵甲同志'],
  ['潭龙街道', '办事处主任', '潭龙街道办事处主任赵甲同志'],
])('addresses %s %s', (unitName, postTitle, expected) => {
  expect(addressForm({ name: '赵甲', postTitle, unitName })).toBe(expected);
});
