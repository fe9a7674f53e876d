import { readBounce } from './smtp-outcome.js';

describe('a notification of failure and the words it quotes', () => {
  it.each([
    ['5.1.1', 'smtp; 550 5.1.1 <x@y.cn>: Recipient address rejected: User unknown', true, '5.1.1', /地址不存在/],
    ['5.0.0', 'smtp; 550 User not found: x@y.cn', true, '550', /地址不存在/],
    ['5.0.0', 'smtp; 550-5.1.1 The email account that you tried to reach does not exist', true, '5.1.1', /地址不存在/],
    ['5.1.1', '', true, '5.1.1', /地址不存在/],
    ['5.2.1', '', true, '5.2.1', /停用/],
    ['5.1.10', 'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound', true, '5.1.10', /地址不存在/],
    ['5.7.13', 'smtp; 550 5.7.13 STOREDRV.Deliver.Exception:AccountDisabledException', true, '5.7.13', /停用/],
    ['5.1.8', '', false, '5.1.8', /发信地址/],
    ['5.1.7', '', false, '5.1.7', /发信地址/],
    ['5.1.1', 'smtp; 550 SPF check failed', false, '5.1.1', /SPF/],
    ['5.0.0', 'smtp; 550 Mail content denied', false, '550', /内容/],
    ['5.0.0', 'smtp; 554 DT:SPM 163', false, '554', /内容/],
    ['5.7.1', 'smtp; 554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org', false, '5.7.1', /发信 IP/],
    ['5.2.2', 'smtp; 552 5.2.2 mailbox full', false, '5.2.2', /已满/],
    ['4.2.2', 'smtp; 452 4.2.2 mailbox full', false, '4.2.2', /已满/],
    [
      '5.2.1',
      'smtp; 550 5.2.1 The user is receiving mail at a rate that prevents delivery',
      false,
      '5.2.1',
      /来信过多/,
    ],
    ['5.3.4', '', false, '5.3.4', /大小/],
    ['4.4.7', '', false, '4.4.7', /已放弃投递/],
    ['4.4.1', 'smtp; connect to mx.y.cn[192.0.2.9]:25: Connection timed out', false, '4.4.1', /已放弃投递|连不上/],
    ['5.4.4', 'dns; Host or domain name not found', false, '5.4.4', /找不到/],
    ['5.4.6', 'smtp; 554 too many hops', false, '5.4.6', /循环/],
    ['5.7.1', 'smtp; 554 5.7.1 Relay access denied', false, '5.7.1', /连不上对方邮件系统/],
    ['5.0.0', '', false, '5.0.0', /被退回/],
    ['5.0.0', 'smtp; 550 5.7.1 RESOLVER.RST.NotAuthorized', false, '5.7.1', /不接收本单位/],
    ['5.0.0', 'X-Postfix; unknown user: "x"', true, '5.0.0', /地址不存在/],
    ['5.0.0', 'smtp; 550 该收件人邮箱不存在', true, '550', /地址不存在/],
  ] as const)('%s, %s: dead %s', (status, diagnostic, addressDead, code, reason) =>
    expect(readBounce(status, diagnostic)).toEqual({
      code,
      addressDead,
      reason: expect.stringMatching(reason) as string,
    }),
  );
});
