import { Preflight } from '../../src/dispatch/preflight.js';
import { issueOnDesk, openWorld, type World } from '../world.js';

describe('the check before sign-off', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  it('names the first hundred whom no channel reaches, and counts the others', async () => {
    const { issueId } = await issueOnDesk(world);
    const { lines, recipients, planned } = await world.get(Preflight).check(issueId);
    expect(recipients.people).toBe(115);
    expect(planned).toEqual({ email: 0, sms: 0, wecom: 0 });
    const named = lines.filter(({ text }) => text.endsWith('本期没有启用任何通道，请送纸质件。'));
    expect(named).toHaveLength(100);
    expect(named[0]!.text).toMatch(/^县委 赵甲：/);
    expect(lines.map(({ text }) => text)).toContain('另有15人也无法送达，这里不再逐一列出。');
  });

  it('names the first hundred vacant posts, and counts the others', async () => {
    const { issueId } = await issueOnDesk(world);
    await world.query(
      `UPDATE tenure SET ends_on = starts_on FROM post p WHERE p.id = post_id AND p.protocol_order > 5`,
    );
    const { lines, recipients } = await world.get(Preflight).check(issueId);
    expect(recipients.people).toBe(5);
    expect(lines.filter(({ text }) => text.endsWith('空缺，无人接收。'))).toHaveLength(100);
    // One of the 110 posts is in two groups, and is named under each.
    expect(lines.map(({ text }) => text)).toContain('另有11个岗位空缺，这里不再逐一列出。');
  });
});
