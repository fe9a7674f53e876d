import { detailText } from './audit-detail.js';

it.each([
  [{ purpose: 'setup' }, '用途：设置密码'],
  [{ login: 'zhang', roles: ['editor', 'approver'] }, '登录名：zhang；角色：责任编辑、签发人'],
  [{ on: '2026-11-23', reason: '' }, '日期：2026-11-23'],
  [{ from: { level: 'deputy' }, to: { level: 'principal' } }, '原为：（级别：副职）；改为：（级别：正职）'],
  [{ rows: 115, full: false }, '行数：115；含完整联系方式：否'],
  [{ email: 115, sms: 0 }, '电子邮件：115；短信：0'],
  [{ somethingNew: 'as it is' }, 'somethingNew：as it is'],
])('says %j in words', (detail, text) => expect(detailText(detail)).toBe(text));
