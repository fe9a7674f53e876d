import { AccountService } from '../../src/accounts/account.service.js';
import type { OutgoingMessage } from '../../src/channels/channel.js';
import { LateCopiesService } from '../../src/dispatch/plan/late-copies.service.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { aPlannedEdition, committee, type SignedEdition } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, takeDemoList, type World } from '../world.js';

const never = new AbortController().signal;

describe('试运行', () => {
  const channels = [new RecordingChannel('email', 'smtp'), new RecordingChannel('sms'), new RecordingChannel('wecom')];
  let world: World;
  let office: Console;
  let admin: Visitor;
  let security: Visitor;
  let editor: Visitor;
  let drill: SignedEdition;

  beforeAll(async () => {
    world = await openWorld({ channels });
    await world.get(AccountService).ensureFirstAdministrator();
    office = await openConsole(world, channels);
    [admin, security, editor] = [
      await office.as('systemAdmin'),
      await office.as('securityAdmin'),
      await office.as('editor'),
    ];
    await takeDemoList(world);
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  const send = async () => {
    const before = channels.map(({ taken }) => taken.length);
    for (const kind of ['email', 'sms', 'wecom'] as const) await world.get(DeliveryService).sendDue(kind, never);
    return channels.map(({ taken }, at) => taken.slice(before[at]));
  };
  const said = ({ content }: OutgoingMessage) =>
    content.kind === 'email' ? content.subject : content.kind === 'wecom' ? content.title : JSON.stringify(content);
  const decide = async (who: Visitor, what: 'begin' | 'release', reason = '演练三期均正常') =>
    who.follow(await who.post(`/trial/${what}`, { reason }, '/trial'));

  it('begins with a new installation, and every page says so', async () => {
    for (const visitor of [admin, security, editor])
      expect((await visitor.get('/channels')).text).toContain('系统正在试运行');
    expect((await security.get('/trial')).text).toContain('新安装的系统先试运行');
  });

  it('lets the administrator name who is sent to, and nobody else end it', async () => {
    const [first] = await world.query<{ id: string; name: string }>(
      `SELECT p.id, p.name FROM person p JOIN tenure t ON t.person_id = p.id JOIN post o ON o.id = t.post_id ORDER BY o.protocol_order LIMIT 1`,
    );
    expect((await admin.get(`/trial?name=${encodeURIComponent(first!.name)}`)).text).toContain(first!.id);
    const added = await admin.follow(await admin.post('/trial/people', { personId: first!.id }, '/trial'));
    expect(added.text).toContain(`移出<span class="visually-hidden">${first!.name}`);
    for (const visitor of [admin, editor]) expect((await decide(visitor, 'release')).status).toBe(403);
    expect((await decide(security, 'release', '')).text).toContain('请填写理由');
  });

  it('sends an issue to test persons alone, marked on every channel, and counts nobody else', async () => {
    drill = await aPlannedEdition(world, committee);
    const sent = await send();
    expect(sent.map((messages) => messages.length)).toEqual([1, 1, 1]);
    const [mail, sms, card] = sent.map(([message]) => said(message!));
    expect(mail).toMatch(/^【演练】/);
    expect(sms).toContain('（演练）');
    expect(card).toMatch(/^【演练】/);
    const board = (await editor.get(`/issues/${drill.issueId}/board`)).text;
    expect(board).toContain(`其余${committee.people - 1}人：演练，未发送`);
    expect(await world.query('SELECT copies, unreached FROM copy_count')).toMatchObject([{ copies: 1, unreached: 0 }]);
    const html = sent[0]![0]!.content.kind === 'email' ? sent[0]![0]!.content.html : '';
    const link = /\/r\/[\w-]{22,}/.exec(html)![0];
    expect((await office.anybody().get(link)).text).toContain('<strong>【演练】</strong>本件为试运行期间的演练');
  });

  it('offers the others no late copy either', async () => {
    expect((await world.get(LateCopiesService).offer(drill.editionId)).added).toEqual([]);
  });

  it('ends by a press of the security administrator, with a reason in the trail', async () => {
    expect((await decide(security, 'release')).text).toContain('系统已正式运行');
    expect((await decide(security, 'release')).text).toContain('刚刚被别人开始或结束');
    expect(await world.query(`SELECT detail FROM audit_entry WHERE action = 'trial.released'`)).toEqual([
      { detail: { reason: '演练三期均正常' } },
    ]);
    expect((await editor.get('/channels')).text).not.toContain('系统正在试运行');
    // What was a drill stays one.
    expect((await world.get(LateCopiesService).offer(drill.editionId)).added).toEqual([]);
  });

  it('leaves the numbers of drills free, and what follows goes to everybody without a mark', async () => {
    const real = await aPlannedEdition(world, { ...committee, number: 14 });
    expect((await decide(security, 'begin')).text).toContain('有1期正在发送');
    const sent = await send();
    expect(sent.map((messages) => messages.length)).toEqual([11, 11, 11]);
    expect(sent.flat().filter((message) => said(message).includes('演练'))).toEqual([]);
    expect((await editor.get(`/issues/${real.issueId}/board`)).text).not.toContain('演练');
  });

  it('is gone back to when nothing is under way', async () => {
    expect((await decide(security, 'begin')).text).toContain('系统正在试运行');
    await aPlannedEdition(world, { ...committee, number: 15 });
    expect((await send()).map((messages) => messages.length)).toEqual([1, 1, 1]);
  });
});
