import { CardChanges } from '../../src/dispatch/after/card-changes.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { WecomCrypt } from '../../src/channels/wecom/wecom-crypt.js';
import { writeXml } from '../../src/channels/wecom/wecom-xml.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition, committee } from '../builders.js';
import { wecomChannel } from '../contracts/channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const { token, aesKey } = office.wecomCallback;
const environment = {
  WECOM_CORP_ID: office.wecom.corpId,
  WECOM_AGENT_ID: String(office.wecom.agentId),
  WECOM_SECRET: office.wecom.secret,
  WECOM_CALLBACK_TOKEN: token,
  WECOM_CALLBACK_AES_KEY: aesKey,
  WECOM_OWNERSHIP: 'WW_verify_AbC123.txt=AbC123',
};

describe('cards with a button', () => {
  let place: SandboxUnderTest;
  let world: World;
  let callback: string;
  let issueId: string;

  /** One world for all: eleven people with a card each, and every test has some to itself. */
  beforeAll(async () => {
    let now = () => 0;
    const wecom = { ...office.wecom, users: 'any' as const, callback: office.wecomCallback, now: () => now() };
    place = await startSandboxUnderTest({ wecom });
    const vault: { seal: (text: string) => string; open: (text: string) => string } = {
      seal: (text) => world.vault.seal(text),
      open: (text) => world.vault.open(text),
    };
    const channel = wecomChannel(place.sandbox, { button: { officeName: '延津县人民政府办公室', ...vault } });
    world = await openWorld({ channels: [channel], environment });
    now = () => world.clock.now().getTime();
    ({ issueId } = await aPlannedEdition(world, committee));
    await world.get(DeliveryService).sendDue('wecom', never);
    callback = `${await (await world.web()).getUrl()}/callbacks/wecom`;
    place.sandbox.setWecomCallbackUrl(callback);
  });
  afterAll(async () => {
    await world.close();
    await place.close();
  });

  const card = (n: number) => place.sandbox.book.all()[n - 1]!;
  const taskOf = (n: number) => card(n).task!.id;
  const press = (n: number) => place.sandbox.pressCard(n, 'ack');
  const drawn = (n: number) => place.sandbox.book.changesOf(n).drawn;
  const copyOf = async (n: number) => {
    const [row] = await world.query<{ id: string; reading: string; via: string | null; at: Date | null }>(
      `SELECT c.id, c.reading, c.acknowledged_via AS via, c.acknowledged_at AS at FROM copy c JOIN delivery d ON d.copy_id = c.id WHERE d.id = $1`,
      [card(n).reference],
    );
    return row!;
  };
  const acknowledgements = async (n: number) =>
    (
      await world.query(`SELECT 1 FROM reading_evidence WHERE kind = 'acknowledged' AND copy_id = $1`, [
        (await copyOf(n)).id,
      ])
    ).length;
  const counted = async () => world.query(`SELECT what, n FROM callback_count WHERE provider = 'wecom' ORDER BY what`);
  const hasHandle = async (n: number) =>
    (await world.query('SELECT 1 FROM message_handle WHERE delivery_id = $1', [card(n).reference])).length > 0;
  const change = () => world.get(CardChanges).changeDue(never);

  /** A call as the vendor signs it, or as `changes` spoil it. */
  async function call(event: Record<string, string>, changes: Record<string, string> = {}) {
    const crypt = new WecomCrypt({ token, aesKey, receiveId: office.wecom.corpId });
    const seconds = String(Math.floor(world.clock.now().getTime() / 1000));
    const encrypted = crypt.seal(
      writeXml(
        Object.entries({
          ...{ ToUserName: office.wecom.corpId, FromUserName: 'r001', CreateTime: seconds, MsgType: 'event' },
          ...{ Event: 'template_card_event', EventKey: 'ack', AgentID: String(office.wecom.agentId) },
          ...event,
        }),
      ),
    );
    const query = { ...crypt.sign(encrypted, seconds, 'nonce'), ...changes };
    const post = () =>
      fetch(`${callback}?${new URLSearchParams(query).toString()}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: writeXml([['Encrypt', encrypted]]),
      }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
    return { first: await post(), again: post };
  }

  it('acknowledges what was pressed, and the card says when', async () => {
    expect(place.sandbox.book.messages()).toHaveLength(committee.people);
    const kept = JSON.stringify(await world.query('SELECT handle FROM message_handle'));
    expect(kept).not.toContain(card(1).responseCode);
    expect(await press(1)).toBe(true);
    expect(drawn(1)).toBe('已签收 10:00');
    expect(await copyOf(1)).toMatchObject({ reading: 'acknowledged', via: 'card', at: world.clock.now() });
    expect([await acknowledgements(1), await hasHandle(1)]).toEqual([1, false]);
    expect(await copyOf(2)).toMatchObject({ reading: 'unread' });
    expect(await hasHandle(2)).toBe(true);
    expect(await counted()).toEqual([]);
  });

  it('answers the same however often it is pressed or the call comes, and acknowledges once', async () => {
    const own = { TaskId: taskOf(2), FromUserName: 'r002' };
    const { first, again } = await call(own);
    expect(first).toMatchObject({ status: 200, text: expect.stringContaining('<Encrypt>') as string });
    expect(await acknowledgements(2)).toBe(1);
    world.clock.pass(60_000);
    expect((await again()).text).toContain('<Encrypt>');
    await press(2);
    expect(drawn(2)).toBe('已签收 10:00');
    const both = await Promise.all([call({ ...own, CreateTime: '1' }), call({ ...own, CreateTime: '2' })]);
    expect(both.map((one) => one.first.status)).toEqual([200, 200]);
    expect(await acknowledgements(2)).toBe(1);
  });

  it('acknowledges once when it is pressed twice at the same moment', async () => {
    const own = { TaskId: taskOf(9), FromUserName: 'r009' };
    await Promise.all(['1', '2', '3'].map((CreateTime) => call({ ...own, CreateTime })));
    expect(await acknowledgements(9)).toBe(1);
  });

  it('counts for nobody when another member, a forger or a former time presses', async () => {
    const own = { TaskId: taskOf(3), FromUserName: 'r003' };
    expect((await call({ ...own, FromUserName: 'r002' })).first).toEqual({ status: 200, text: '' });
    expect((await call(own, { msg_signature: '0'.repeat(40) })).first.status).toBe(403);
    expect((await call(own, { timestamp: '1' })).first.status).toBe(403);
    const { again } = await call({ ...own, TaskId: 'other' });
    world.clock.pass(6 * 60_000);
    expect((await again()).status).toBe(403);
    const unknown = { ...own, TaskId: `${crypto.randomUUID()}@00000000` };
    expect((await call(unknown)).first).toEqual({ status: 200, text: '' });
    const xml = { 'content-type': 'text/xml' };
    expect((await fetch(callback, { method: 'POST', headers: xml, body: '<xml/>' })).status).toBe(403);
    expect((await fetch(callback, { method: 'POST', body: new URLSearchParams(own) })).status).toBe(403);
    expect(await copyOf(3)).toMatchObject({ reading: 'unread' });
    expect(await acknowledgements(3)).toBe(0);
    expect(await counted()).toEqual([
      { what: 'implausibleTime', n: 1 },
      { what: 'otherPerson', n: 1 },
      { what: 'unknown', n: 1 },
      { what: 'wrongKey', n: 5 },
    ]);
  });

  it('is the member’s own press in whatever writing', async () => {
    await call({ TaskId: taskOf(4), FromUserName: 'R004' });
    expect(await copyOf(4)).toMatchObject({ reading: 'acknowledged', via: 'card' });
  });

  it('counts for nobody once the list has the member as somebody else', async () => {
    const moved = (hash: string) =>
      world.query(
        `UPDATE contact SET lookup_hash = ${hash} WHERE id = (SELECT contact_id FROM delivery WHERE id = $1)`,
        [card(3).reference],
      );
    await moved(`'x' || lookup_hash`);
    expect((await call({ TaskId: taskOf(3), FromUserName: 'r003' })).first).toEqual({ status: 200, text: '' });
    expect(await copyOf(3)).toMatchObject({ reading: 'unread' });
    await moved('substr(lookup_hash, 2)');
  });

  it('proves whose the address and the domain are, and takes XML nowhere else', async () => {
    expect(await place.sandbox.proveWecomCallback()).toBe(true);
    expect((await fetch(`${callback}?echostr=x`)).status).toBe(403);
    const at = (path: string) =>
      fetch(new URL(path, callback)).then(async (answer) => [answer.status, await answer.text()]);
    expect(await at('/WW_verify_AbC123.txt')).toEqual([200, 'AbC123']);
    expect(await at('/WW_verify_other.txt')).toEqual([404, expect.anything()]);
    const headers = { 'content-type': 'text/xml' };
    const elsewhere = await fetch(new URL('/s', callback), { method: 'POST', headers, body: '<xml/>' });
    expect(elsewhere.status).toBe(415);
  });

  it('is redrawn, once, when the copy was acknowledged in another way', async () => {
    const reading = world.get(ReadingService);
    await reading.acknowledge(new URL(card(5).link!).pathname.split('/').at(-1)!);
    await reading.acknowledgeOnBehalf((await copyOf(6)).id, 'paper', '联络员张某', null, people.editor);
    await change();
    expect([drawn(5), drawn(6), drawn(7)]).toEqual(['已签收 10:07', '已代签收 10:07', undefined]);
    expect([await hasHandle(5), await hasHandle(6), await hasHandle(7)]).toEqual([false, false, true]);
    await change();
    // On a phone that does not show it yet, the person’s own press counts beside what was done for him.
    await call({ TaskId: taskOf(6), FromUserName: 'r006' });
    expect(await acknowledgements(6)).toBe(2);
  });

  it('is not redrawn after three days, and a redrawing that fails hurts nobody', async () => {
    const on = (n: number) => [card(n).reference];
    await world.get(ReadingService).acknowledge(new URL(card(7).link!).pathname.split('/').at(-1)!);
    await world.query(`UPDATE message_handle SET handle = 'not sealed' WHERE delivery_id = $1`, on(7));
    await world.query(`UPDATE message_handle SET sent_at = sent_at - interval '3 days' WHERE delivery_id = $1`, on(8));
    await change();
    expect(drawn(7)).toBeUndefined();
    expect(await copyOf(7)).toMatchObject({ reading: 'acknowledged', via: 'page' });
    expect(await hasHandle(8)).toBe(false);
    // Pressed later, it acknowledges all the same.
    await press(8);
    expect(await copyOf(8)).toMatchObject({ reading: 'acknowledged', via: 'card' });
  });

  it('is taken back with the issue, and says so where it stays', async () => {
    await world
      .get(IssueService)
      .act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '数字有误');
    await press(10);
    expect(drawn(10)).toBe('本期已撤回');
    await world.get(Sweeper).sweep();
    await change();
    const recalled = place.sandbox.book.all().filter(({ n }) => place.sandbox.book.changesOf(n).recalled);
    expect(recalled).toHaveLength(committee.people);
    const answers = 'SELECT code, count(*)::int AS n FROM message_recall WHERE answered_at IS NOT NULL GROUP BY 1';
    expect(await world.query(answers)).toEqual([{ code: null, n: committee.people }]);
    expect(await world.query('SELECT 1 FROM message_handle')).toEqual([]);
    expect(await acknowledgements(10)).toBe(0);
  });
});
