import { readTextCard } from './wecom-card.js';
import { wecomTokens } from './wecom-tokens.js';

function body(card: object = {}, changes: object = {}): string {
  return JSON.stringify({
    touser: 'lisi',
    msgtype: 'textcard',
    agentid: 7,
    textcard: { title: '快报', description: '请查收', url: 'https://kb.example.cn/r/A', btntxt: '查看', ...card },
    enable_duplicate_check: 1,
    duplicate_check_interval: 14_400,
    ...changes,
  });
}

describe('readTextCard', () => {
  it('reads a card and its duplicate window', () => {
    expect(readTextCard(body(), 7)).toMatchObject({ users: ['lisi'], title: '快报', duplicateWindowMs: 14_400_000 });
    expect(readTextCard(body({}, { enable_duplicate_check: 0 }), 7)).toMatchObject({ duplicateWindowMs: 0 });
  });

  it.each([
    ['a title above 128 bytes', body({ title: '关'.repeat(43) }), 45002],
    ['a description above 512 bytes', body({ description: '关'.repeat(171) }), 45002],
    ['a button above 4 characters', body({ btntxt: '查看全文吧' }), 45002],
    ['an empty title', body({ title: '' }), 44004],
    ['an address without scheme', body({ url: 'kb.example.cn' }), 40035],
    ['another application', body({}, { agentid: 8 }), 40056],
    ['nobody', body({}, { touser: '' }), 40031],
    ['another message type', body({}, { msgtype: 'text' }), 40008],
    ['no JSON', '{', 40008],
  ])('refuses %s', (_what, text, errcode) => {
    expect(readTextCard(text, 7)).toEqual({ errcode });
  });
});

describe('wecomTokens', () => {
  it('gives the same token within its life and calls it stale afterwards', () => {
    const tokens = wecomTokens(7200);
    const first = tokens.issue(0);
    expect(tokens.issue(3_600_000)).toEqual({ token: first.token, expiresInSeconds: 3600 });
    expect(tokens.check(first.token, 7_199_999)).toBe(0);
    expect(tokens.check(first.token, 7_200_000)).toBe(42001);
    expect(tokens.issue(7_200_000).token).not.toBe(first.token);
  });

  it('knows a missing token from one it never gave', () => {
    expect(wecomTokens(1).check(null, 0)).toBe(41001);
    expect(wecomTokens(1).check('x', 0)).toBe(40014);
  });
});
