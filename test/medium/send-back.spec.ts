import { IssueService } from '../../src/issues/issue.service.js';
import { type Console, everyRole, openConsole, type Visitor } from '../console.js';
import { openWorld, revisionOf, seedBulletin, type World } from '../world.js';
import type { Role } from '../../src/domain/roles.js';

const note = '第二条“三万亩”与上报数不符，\n请核对后重报';

describe('an issue that is sent back', () => {
  let world: World;
  let office: Console;
  let roles: Map<Role, Visitor>;
  let issueId: string;
  const as = (role: Role) => roles.get(role)!;
  const page = async (role: Role, address: string) => (await as(role).get(address)).text;
  const act = async (role: Role, name: string, more: Record<string, string> = {}) => {
    const revision = String(await revisionOf(world, issueId));
    const address = `/issues/${issueId}`;
    expect((await as(role).post(`${address}/act`, { revision, act: name, ...more }, address)).location).toBe(address);
  };
  beforeAll(async () => {
    world = await openWorld();
    office = await openConsole(world);
    roles = new Map();
    for (const role of everyRole) roles.set(role, await office.as(role));
    const editor = { id: as('editor').id, name: '责任编辑甲', roles: ['editor'] } as const;
    const file = { fileName: 'seed.txt', bytes: seedBulletin() };
    ({ issueId } = await world.get(IssueService).importBulletin(file, editor));
    await act('editor', 'submitForReview');
    await act('reviewer', 'sendBack', { note });
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  it('says why, who and when wherever its editor looks, and to everybody who may read it', async () => {
    for (const address of ['/issues', `/issues/${issueId}`, `/issues/${issueId}/edit`]) {
      const text = await page('editor', address);
      for (const part of ['三万亩', '请核对后重报', '审核人甲', '2025年4月3日'])
        expect([address, part, text.includes(part)]).toEqual([address, part, true]);
    }
    expect(await page('editor', '/issues?state=archived')).toContain('请核对后重报');
    for (const role of ['reviewer', 'approver', 'auditor'] as const)
      expect(await page(role, `/issues/${issueId}`)).toContain('请核对后重报');
    for (const role of ['systemAdmin', 'securityAdmin'] as const)
      expect((await as(role).get(`/issues/${issueId}`)).status).toBe(403);
  });

  it('has its comment escaped', async () => {
    await world.query(`UPDATE send_back SET note = note || '<script>x</script>'`);
    expect(await page('editor', `/issues/${issueId}`)).toContain('&lt;script&gt;');
    expect(await page('editor', '/issues')).not.toContain('<script>x');
  });

  it('has it among its history once it is sent for review again, with every later one', async () => {
    await act('editor', 'submitForReview');
    expect(await page('editor', '/issues')).not.toContain('请核对后重报');
    const again = await page('editor', `/issues/${issueId}`);
    expect(again).toContain('退回记录');
    expect(again).toContain('请核对后重报');
    expect(again).not.toContain('aria-label="退回意见"');
    await act('reviewer', 'review');
    world.clock.pass(20 * 60_000);
    await act('approver', 'sendBack', { note: '标题太长' });
    const text = await page('editor', `/issues/${issueId}`);
    expect(text.indexOf('标题太长')).toBeLessThan(text.indexOf('请核对后重报'));
    expect(text).toContain('签发人甲');
    expect(await page('editor', '/issues')).toContain('标题太长');
  });
});
