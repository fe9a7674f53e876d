import { isCrossSite, type Provenance } from './cross-site.guard.js';

const post = (given: Partial<Provenance>): boolean =>
  isCrossSite({
    method: 'POST',
    secFetchSite: undefined,
    origin: undefined,
    referer: undefined,
    ownHosts: ['10.1.2.3:3000', 'kb.example.gov.cn'],
    ...given,
  });

describe('isCrossSite', () => {
  it.each([
    ['another site, said by the browser', { secFetchSite: 'cross-site' }],
    ['another host of the same domain', { secFetchSite: 'same-site' }],
    ['a browser that contradicts its Origin', { secFetchSite: 'cross-site', origin: 'https://kb.example.gov.cn' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['our name as the start of another', { origin: 'https://kb.example.gov.cn.evil.example' }],
    ['our host on another port', { origin: 'http://10.1.2.3:8080' }],
    ['an origin that hides itself', { origin: 'null' }],
    ['another page, by Referer alone', { referer: 'https://evil.example/kb.example.gov.cn' }],
  ])('refuses %s', (_, given) => expect(post(given)).toBe(true));

  it.each([
    ['our own page', { secFetchSite: 'same-origin' }],
    [
      'our own page behind a proxy that renames the host',
      { secFetchSite: 'same-origin', origin: 'https://outside.example' },
    ],
    ['our own page on a plain intranet address', { origin: 'http://10.1.2.3:3000' }],
    ['the public name', { origin: 'https://kb.example.gov.cn' }],
    ['a program that is no browser', {}],
    ['a link from elsewhere that only reads', { method: 'GET', secFetchSite: 'cross-site' }],
  ])('lets through %s', (_, given) => expect(post(given)).toBe(false));
});
