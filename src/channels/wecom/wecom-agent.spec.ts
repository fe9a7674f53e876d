import { agentProblem } from './wecom-agent.js';

const visible = { allow_partys: { partyid: [1] } };

describe('agentProblem', () => {
  it.each([
    ['all is well', { ...visible, close: 0 }, null, null],
    ['a person is visible', { allow_userinfos: { user: [{ userid: 'lisi' }] } }, null, null],
    ['it is closed', { ...visible, close: 1 }, null, /已停用/],
    ['nobody is visible', { close: 0, allow_userinfos: { user: [] } }, null, /可见范围是空的/],
    ['the domain is entered', { ...visible, redirect_domain: 'KB.example.cn' }, 'kb.example.cn', null],
    [
      'the domain has another port',
      { ...visible, redirect_domain: 'kb.example.cn' },
      'kb.example.cn:8443',
      /登记 kb\.example\.cn:8443/,
    ],
    ['no domain is entered', visible, 'kb.example.cn', /还没有登记/],
    ['the answer cannot be read', 'oops', null, null],
  ])('says what to do when %s', (_, body, domain, expected) => {
    const said = agentProblem(body, domain);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });
});
