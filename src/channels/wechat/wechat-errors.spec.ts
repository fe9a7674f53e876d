import { finishFault, wechatOutcome } from './wechat-errors.js';

describe('what WeChat answers', () => {
  it.each([
    [-1, 'retry provider'],
    [61450, 'retry provider'],
    [45009, 'retry throttled'],
    [45011, 'retry throttled'],
    [40003, 'refused recipient'],
    [43004, 'refused recipient'],
    [43019, 'refused recipient'],
    [43101, 'refused recipient'],
    [46004, 'refused recipient'],
    [48002, 'refused recipient'],
    [50005, 'refused recipient'],
    [40001, 'refused configuration'],
    [40013, 'refused configuration'],
    [40036, 'refused configuration'],
    [40037, 'refused configuration'],
    [40125, 'refused configuration'],
    [40164, 'refused configuration'],
    [48001, 'refused configuration'],
    [48004, 'refused configuration'],
    [50002, 'refused configuration'],
    [47001, 'refused content'],
    [47003, 'refused content'],
    [45002, 'refused content'],
    [45005, 'refused content'],
    [99999, 'retry provider'],
  ])('%i is %s, and says so in Chinese', (errcode, expected) => {
    const outcome = wechatOutcome(errcode);
    if (outcome.kind !== 'retry' && outcome.kind !== 'refused') throw new Error(outcome.kind);
    expect(`${outcome.kind} ${outcome.class}`).toBe(expected);
    expect(outcome.code).toBe(String(errcode));
    expect(outcome.reason).toMatch(/[\u4e00-\u9fff].*。$/);
  });

  it('shows of its words only the address and the field', () => {
    expect(
      wechatOutcome(40164, 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1'),
    ).toMatchObject({
      reason: expect.stringContaining('（203.0.113.7）') as string,
    });
    expect(wechatOutcome(47003, 'argument invalid! data.phrase4.value invalid rid: 2')).toMatchObject({
      reason: expect.stringContaining('phrase4') as string,
    });
    expect(JSON.stringify(wechatOutcome(40001, 'secret s3cret'))).not.toContain('s3cret');
  });
});

describe('the end of a message', () => {
  it.each([
    ['success', null],
    ['failed:user block', 'user block'],
    ['failed: user block', 'user block'],
    ['failed: system failed', 'system failed'],
    ['failed:system failed', 'system failed'],
    ['failed:freq limit', 'freq limit'],
    ['failed', 'failed'],
    ['', 'failed'],
    ['something new', 'something new'],
  ])('%j', (status, code) => {
    expect(finishFault(status)?.code ?? null).toBe(code);
  });
});
