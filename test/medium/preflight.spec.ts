import { Preflight } from '../../src/dispatch/plan/preflight.js';
import { anIssue } from '../builders.js';
import { openWorld, type World } from '../world.js';

describe('the check before sign-off', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  it('has one line for all whom no channel reaches for one reason, with their names behind it', async () => {
    const { issueId } = await anIssue(world);
    const { lines, recipients, planned } = await world.get(Preflight).check(issueId);
    expect(recipients.people).toBe(115);
    expect(planned).toEqual({ email: 0, sms: 0, wecom: 0, wechat: 0 });
    const named = lines.filter(({ text }) => text.endsWith('本期没有启用任何通道，请送纸质件。'));
    expect(named).toHaveLength(1);
    expect(named[0]!.text).toMatch(/^有115人：/);
    expect(named[0]!.about!.names).toHaveLength(115);
    expect(named[0]!.about!.names[0]).toBe('县委 赵甲');
  });

  it('has one line for the vacant posts of each group, and the full sentence where there is one', async () => {
    const { issueId } = await anIssue(world);
    await world.query(
      `UPDATE tenure SET ends_on = starts_on FROM post p WHERE p.id = post_id AND p.protocol_order > 5`,
    );
    const { lines, recipients } = await world.get(Preflight).check(issueId);
    expect(recipients.people).toBe(5);
    const vacant = lines.filter(({ text }) => text.endsWith('空缺，无人接收。'));
    // One of the 110 posts is in two groups, and is named under each.
    expect(vacant.reduce((sum, { about }) => sum + (about?.names.length ?? 1), 0)).toBe(111);
    expect(vacant[0]!.text).toBe('分组“县直各单位负责人”有72个岗位空缺，无人接收。');
    expect(vacant.map(({ text }) => text)).toContain('岗位“县人民法院 院长”（法院院长）空缺，无人接收。');
  });

  it('has one line for all names of the scope that nothing is like', async () => {
    const { issueId } = await anIssue(world);
    const unlike = Array.from({ length: 40 }, (_, i) => `甲乙丙${i}号专班`);
    await world.query('UPDATE issue SET scope = $1', [['县委常委', ...unlike]]);
    const { lines, blocked } = await world.get(Preflight).check(issueId);
    expect(blocked).toBe(true);
    const unknown = lines.filter(({ text }) => text.includes('没有对应的分组'));
    expect(unknown.map(({ text }) => text)).toEqual(['发送范围中有40个名称没有对应的分组。']);
    expect(unknown[0]!.about!.names).toEqual(unlike);
  });
});
