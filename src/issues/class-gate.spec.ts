import type { Carry } from '../domain/issue/secrecy.js';
import type { Settings } from '../settings/settings.js';
import { ClassGate } from './class-gate.js';

const gate = new ClassGate({ ownMailDomains: ['yanjin.gov.cn', 'YJ.example'] } as unknown as Settings);

it.each<[string | null, Carry, Carry]>([
  ['yanjin.gov.cn', 'fullText', 'neutralNotice'],
  ['Yanjin.GOV.cn', 'fullText', 'neutralNotice'],
  ['yj.example', 'fullText', 'neutralNotice'],
  ['oa.yanjin.gov.cn', 'notice', 'nothing'],
  ['evilyanjin.gov.cn', 'notice', 'nothing'],
  ['yanjin.gov.cn.example', 'notice', 'nothing'],
  ['yanjin.gov.cn.', 'notice', 'nothing'],
  ['gov.cn', 'notice', 'nothing'],
  ['qq.com', 'notice', 'nothing'],
  ['', 'notice', 'nothing'],
  ['constructor', 'notice', 'nothing'],
  [null, 'notice', 'nothing'],
])('a mail to %s carries %s of an internal issue and %s of a work secret', (mailDomain, internal, secret) => {
  expect(gate.carry('internal', 'email', mailDomain)).toBe(internal);
  expect(gate.carry('workSecret', 'email', mailDomain)).toBe(secret);
  expect(gate.isOwn(mailDomain)).toBe(internal === 'fullText');
});

it('asks other channels for no domain', () => {
  expect(gate.carry('internal', 'sms', null)).toBe('notice');
  expect(gate.carry('workSecret', 'wecom', null)).toBe('nothing');
});
