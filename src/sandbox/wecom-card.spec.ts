import { readCard, readRedraw } from './wecom-card.js';
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

describe('readCard', () => {
  it('reads a card and its duplicate window', () => {
    expect(readCard(body(), 7)).toMatchObject({ users: ['lisi'], title: '快报', duplicateWindowMs: 14_400_000 });
    expect(readCard(body({}, { enable_duplicate_check: 0 }), 7)).toMatchObject({ duplicateWindowMs: 0 });
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
    expect(readCard(text, 7)).toEqual({ errcode });
  });
});

const ack = { type: 0, text: '签收', key: 'ack' };

function buttonBody(card: object = {}): string {
  return JSON.stringify({
    touser: 'lisi',
    msgtype: 'template_card',
    agentid: 7,
    template_card: {
      card_type: 'button_interaction',
      task_id: 'task_1@A-b',
      source: { desc: '某县政务' },
      main_title: { title: '快报', desc: '第12期' },
      sub_title_text: '请查收',
      horizontal_content_list: [{ keyname: '密级', value: '公开' }],
      card_action: { type: 1, url: 'https://kb.example.cn/r/A' },
      button_list: [{ type: 1, text: '全文', url: 'https://kb.example.cn/r/A' }, ack],
      ...card,
    },
  });
}

describe('readCard, of a card with buttons', () => {
  it('reads what the phone shows and what can be pressed', () => {
    expect(readCard(buttonBody(), 7)).toEqual({
      users: ['lisi'],
      title: '快报',
      description: '第12期\n请查收\n密级：公开',
      url: 'https://kb.example.cn/r/A',
      duplicateWindowMs: 0,
      task: {
        id: 'task_1@A-b',
        buttons: [
          { text: '全文', url: 'https://kb.example.cn/r/A' },
          { text: '签收', key: 'ack' },
        ],
      },
    });
  });

  it.each([
    ['no task', { task_id: '' }, 42014],
    ['a task with other characters', { task_id: '任务' }, 42014],
    ['a task above 128 bytes', { task_id: 'a'.repeat(129) }, 42014],
    ['no button', { button_list: [] }, 42014],
    ['more than six buttons', { button_list: Array(7).fill(ack) }, 42014],
    ['a button above 10 characters', { button_list: [{ ...ack, text: '签'.repeat(11) }] }, 45002],
    ['a key above 1024 bytes', { button_list: [{ ...ack, key: 'k'.repeat(1025) }] }, 45002],
    ['a button without key', { button_list: [{ ...ack, key: '' }] }, 40035],
    ['a button without address', { button_list: [{ type: 1, text: '全文' }] }, 40035],
    ['a title above 36 characters', { main_title: { title: '关'.repeat(37) } }, 45002],
    ['a text above 160 characters', { sub_title_text: '关'.repeat(161) }, 45002],
    ['a source above 13 characters', { source: { desc: '关'.repeat(14) } }, 45002],
    ['more than six lines', { horizontal_content_list: Array(7).fill({ keyname: '密级' }) }, 45002],
    ['no text at all', { main_title: {}, sub_title_text: '' }, 44004],
    ['another type of card', { card_type: 'text_notice' }, 40008],
    ['an address without scheme', { card_action: { type: 1, url: 'kb' } }, 40035],
  ])('refuses %s', (_what, card, errcode) => {
    expect(readCard(buttonBody(card), 7)).toEqual({ errcode });
  });
});

describe('readRedraw', () => {
  const redraw = (changes: object = {}) =>
    JSON.stringify({
      userids: ['lisi'],
      agentid: 7,
      response_code: 'RC',
      button: { replace_name: '已签收 09:12' },
      ...changes,
    });
  it('reads whose card says what', () => {
    expect(readRedraw(redraw(), 7)).toEqual({ users: ['lisi'], code: 'RC', text: '已签收 09:12' });
  });
  it.each([
    ['nobody', { userids: [] }, 40058],
    ['no code', { response_code: '' }, 40058],
    ['another application', { agentid: 8 }, 40056],
    ['a long text', { button: { replace_name: '签'.repeat(11) } }, 45002],
  ])('refuses %s', (_what, changes, errcode) => {
    expect(readRedraw(redraw(changes), 7)).toEqual({ errcode });
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
