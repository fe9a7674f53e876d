import { proxyList, trustedProxies } from './trusted-proxies.js';

const fault = (text: string): string => proxyList.safeParse(text).error?.issues[0]?.message ?? '';

describe('TRUST_PROXY', () => {
  it.each([
    ['false', []],
    ['127.0.0.1', ['127.0.0.1']],
    ['10.1.2.3, 10.8.0.0/24', ['10.1.2.3', '10.8.0.0/24']],
    ['10.1.2.3；FD00::/8', ['10.1.2.3', 'fd00::/8']],
    ['::1', ['::1']],
    ['10.0.0.0/8', ['10.0.0.0/8']],
  ])('takes %s', (text, list) => expect(proxyList.parse(text)).toEqual(list));

  it('says to whoever writes true what to write instead', () => {
    expect(fault('true')).toMatch(/不能写 true.*127\.0\.0\.1.*false/);
    expect(fault('TRUE')).toMatch(/不能写 true/);
    expect(fault('127.0.0.1,true')).toMatch(/不能写 true/);
  });

  it.each([
    ...[
      '0.0.0.0/0',
      '::/0',
      '0.0.0.0',
      '::',
      '::ffff:0:0/96',
      '1.0.0.0/7',
      '10.0.0.1/33',
      '10.0.0.1/',
      '10.0.0.1/a',
      '10.0.0/8',
    ],
    ...['10.0.0.1/8/8', 'localhost', 'nginx', '1', 'yes', 'loopback', 'fe80::1%eth0', '10.0.0.256', '127.0.0.1:80'],
  ])('refuses %s with an example', (text) => expect(fault(text)).toMatch(/不是可信任的代理.*10\.8\.0\.0\/24/));
});

describe('trustedProxies', () => {
  const trusts = trustedProxies(['127.0.0.1', '10.8.0.0/24', 'fd00::/8', '2001:db8::1']);

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '10.8.0.0', '10.8.0.255', '::ffff:10.8.0.7', 'fd12::1', '2001:db8::1'])(
    'knows %s',
    (address) => expect(trusts(address)).toBe(true),
  );

  it.each([
    '127.0.0.2',
    '10.8.1.0',
    '::ffff:10.9.0.1',
    '::1',
    'fc00::1',
    '2001:db8::2',
    '',
    'unknown',
    '10.8.0.1, 1.2.3.4',
  ])('does not know %s', (address) => expect(trusts(address)).toBe(false));

  it('knows nobody of an empty list', () => expect(trustedProxies([])('127.0.0.1')).toBe(false));
});
