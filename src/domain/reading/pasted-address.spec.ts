import { meantAddress } from './pasted-address.js';

const token = 'aB3-_9xYz0123456789abc';
const once = 'aB3-_9xYz0123456789abcABCDEFGHIJ';
const pref = '/p/0190b6ad-7c4e-7b1c-9f8e-3c1d2e4f5a6b.1746237600.aB3-_9xYz0123456789abc';

describe('meantAddress', () => {
  it.each([
    ...[
      '%E3%80%82',
      '.',
      '%EF%BC%89',
      '%3E',
      '>',
      '%20',
      '%0A',
      '%0D%0A',
      '%EF%BC%88%E5%88%86%E4%BA%AB',
      ',',
      '"',
      '%22',
    ],
    ...[
      '%E3%80%91',
      '%EF%BC%8C',
      '%E3%80%81',
      '%EF%BC%9B',
      '%EF%BC%81',
      '%EF%BC%9F',
      ')',
      ']',
      '}',
      ';',
      ':',
      '!',
      "'",
      '*',
      '|',
    ],
    ...[
      '=',
      '=20',
      '=3D',
      '=0A',
      '3D',
      '=%0A',
      '%E2%80%8B',
      '%EF%BB%BF',
      '%C2%A0',
      '%E3%80%80',
      '&',
      '&x=1',
      '%23abc',
      '%3Futm=1',
    ],
    ...[
      '%E2%80%A6',
      '%E2%80%9D',
      '%E3%80%8B',
      '%E8%AF%B7%E6%9F%A5%E6%94%B6',
      '%F0%9F%91%8D',
      '%E3',
      '%E3%80',
      '%',
      '%zz',
      '%ff',
    ],
    ...[
      'https://kb.example/r/x',
      '/https://kb.example',
      '/.',
      '//',
      '/%E5%88%86%E4%BA%AB',
      '%2F',
      '%5C',
      '%3C/a%3E',
      '<br>',
      '%00',
    ],
    ...[
      '%20%E5%8F%91%E8%87%AA%E6%88%91%E7%9A%84iPhone',
      '?utm=1'.replace('?', '%EF%BC%9F'),
      '__',
      '-',
      '~',
      '^',
      '`',
      '+',
      '$',
      '@',
    ],
  ])('opens the page for a link followed by %s', (tail) => {
    expect(meantAddress(`/r/${token}${tail}`)).toBe(`/r/${token}`);
    expect(meantAddress(`/u/${token}${tail}`)).toBe(`/u/${token}`);
    expect(meantAddress(`/once/${once}${tail}`)).toBe(`/once/${once}`);
    expect(meantAddress(`${pref}${tail}`)).toBe(pref);
    expect(meantAddress(`/subscribe/confirm/${token}${tail}?x=1`)).toBe(`/subscribe/confirm/${token}`);
  });

  it.each([
    [`/R/${token}`, `/r/${token}`],
    [`//r/${token}`, `/r/${token}`],
    [`/r//${token}`, `/r/${token}`],
    [`/r/%20${token}`, `/r/${token}`],
    [`/r/%3C${token}%3E`, `/r/${token}`],
    [`/r/${token.slice(0, 9)}=%0D%0A${token.slice(9)}`, `/r/${token}`],
    [`/r/${token.slice(0, 9)}%20${token.slice(9)}`, `/r/${token}`],
    [`/r/${token.slice(0, 9)}%E2%80%8B${token.slice(9)}`, `/r/${token}`],
    [`/%EF%BD%92/${token}`, `/r/${token}`],
    [`/r/${token}/me%E3%80%82`, `/r/${token}/me`],
    [`/r/${token}/me.`, `/r/${token}/me`],
    [`/r/${token}/preferences%EF%BC%89`, `/r/${token}/preferences`],
    [`/r/${token}/me/export.csv%20`, `/r/${token}/me/export.csv`],
    ['/S', '/s'],
    ['/S/', '/s'],
    ['/s%E3%80%82', '/s'],
    ['/s.', '/s'],
    ['/s,', '/s'],
    ['/s%EF%BC%8C%E5%A1%AB%E6%9F%A5%E9%98%85%E7%A0%81', '/s'],
    ['/s%20', '/s'],
    ['/s=20', '/s'],
    ['/%EF%BC%B3', '/s'],
    ['/S?x=1', '/s?x=1'],
    ['/Subscribe', '/subscribe'],
    ['/SIGNIN', '/signin'],
    ['/issues/0190b6ad-7c4e-7b1c-9f8e-3c1d2e4f5a6b%E3%80%82', '/issues/0190b6ad-7c4e-7b1c-9f8e-3c1d2e4f5a6b'],
    ['/%E3%80%82', '/'],
  ])('reads %s as %s', (given, meant) => expect(meantAddress(given)).toBe(meant));

  it.each([
    ...[
      `/r/${token}`,
      `/r/${token}/`,
      `/r/${token}?sent=1`,
      `/r/${token}/me`,
      `/r/${token}/me?done=sent`,
      pref,
      '/s',
      '/s/',
    ],
    ...[
      `/r/${token}/me/contacts/0190b6ad-7c4e-7b1c-9f8e-3c1d2e4f5a6b/code`,
      `/r/${token}/identity/send`,
      '/',
      '/?a=b',
      '*',
    ],
    ...['/issues', '/list/template.xlsx', '/calendar/2026-01-01/remove', '/list?q=%E5%8E%BF%E5%A7%94', '/sx', '/scope'],
    ...[
      '/api/v1/units/%E3%80%82',
      '/callbacks/aliyun/%E3%80%82',
      '/assets/x.css%20',
      `/issues/0190b6ad-7c4e-7b1c-9f8e-3c1d2e4f5a6b/edit`,
    ],
  ])('leaves %s alone', (given) => expect(meantAddress(given)).toBeNull());

  it.each([
    '',
    'a',
    token.slice(0, 21),
    `${token.slice(0, 21)}.`,
    `${token.slice(0, 10)}.${token.slice(10)}`,
    '%E3%80%82',
    `${token.slice(0, 21)}/me`,
  ])('makes no link of %s, which is cut or altered', (given) => {
    const meant = meantAddress(`/r/${given}`);
    expect(meant === null || !/^\/r\/[\w-]{22}$/.test(meant)).toBe(true);
  });

  it('never leads to another site, nor writes what a header cannot hold', () => {
    for (const odd of [
      '//evil.example%E3%80%82',
      '/%5Cevil.example',
      '/%0D%0Aset-cookie:x',
      '///evil.example.',
      '/%2F%2Fevil.example%20',
    ])
      expect(meantAddress(odd) ?? '/').toMatch(/^\/(?!\/)[\w./~-]*$/);
  });
});
