import { CallListRepository } from '../../src/console/sending/call-list.repository.js';
import { whyCall } from '../../src/console/sending/call-list-view.js';
import { reasonToCall } from '../../src/domain/sending/call-list.js';
import { Database } from '../../src/platform/database.js';
import { aPlannedEdition } from '../builders.js';
import { openWorld, type World } from '../world.js';

const day = 86_400_000;

describe('the call list', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());

  it('holds whom nothing reached and who let the time pass, and nobody who has acknowledged or may still be reached', async () => {
    const { editionId } = await aPlannedEdition(world);
    const now = world.clock.now();
    const [unreached, silent, lately, done] = await world.query<{ id: string }>(
      'SELECT id FROM copy WHERE edition_id = $1 ORDER BY copy_number LIMIT 4',
      [editionId],
    );
    const sent = (copy: { id: string }, at: Date, round = 0) =>
      world.query(
        `INSERT INTO delivery (copy_id, edition_id, channel, purpose, round, carry, address, address_masked, contact_id, priority,
                               position, next_attempt_at, deadline, state, sent_at)
         SELECT id, edition_id, 'email', $2, $3, 'fullText', 'x', 'x', gen_random_uuid(), 2, copy_number, $4, $4, 'sent', $4
         FROM copy WHERE id = $1`,
        [copy.id, round === 0 ? 'initial' : 'reminder', round, at],
      );
    // No channel is configured here, so nobody can be reached until something is sent to him.
    await sent(silent!, new Date(now.getTime() - 8 * day));
    await sent(silent!, new Date(now.getTime() - 5 * day), 1);
    await sent(lately!, now);
    await world.query(
      `UPDATE copy SET reading = 'acknowledged', acknowledged_at = $2, acknowledged_via = 'page' WHERE id = $1`,
      [done!.id, now],
    );
    const calls = await new CallListRepository(world.get(Database)).calls(
      editionId,
      new Date(now.getTime() - 2 * day),
      0,
    );
    const reasonOf = (copy: { id: string }) =>
      calls.filter(({ copyId }) => copyId === copy.id).map((row) => whyCall(row, 2));
    expect(reasonOf(unreached!)).toEqual([expect.stringContaining('请送纸质件')]);
    expect(reasonOf(silent!)).toEqual([expect.stringMatching(/2个工作日内没有签收，已催阅1次；没有打开过/)]);
    expect(reasonOf(lately!)).toEqual([]);
    expect(reasonOf(done!)).toEqual([]);
    expect(calls.map(({ copyNumber }) => copyNumber)).toEqual(
      [...calls].map(({ copyNumber }) => copyNumber).sort((a, b) => a - b),
    );
  });

  it('says in one sentence what was wrong with each channel', async () => {
    const { editionId } = await aPlannedEdition(world);
    await world.query('UPDATE copy SET unreachable = NULL WHERE copy_number = 1');
    await world.query(
      `INSERT INTO delivery (copy_id, edition_id, channel, purpose, round, carry, address, address_masked, contact_id, priority,
                             position, next_attempt_at, deadline, state, reason)
       SELECT id, edition_id, r.channel, 'initial', 0, 'fullText', 'x', 'x', gen_random_uuid(), 2, copy_number, now(), now(), 'failed', r.reason
       FROM copy, (VALUES ('email', '邮箱地址不存在。'), ('sms', '手机号码无效。')) AS r(channel, reason) WHERE copy_number = 1`,
    );
    const [first] = await new CallListRepository(world.get(Database)).calls(editionId, null, 0);
    expect(['邮箱地址不存在；手机号码无效。', '手机号码无效；邮箱地址不存在。']).toContain(whyCall(first!, 2));
  });

  it('is what the rule says for every mixture of readings, messages and times', async () => {
    const { editionId } = await aPlannedEdition(world);
    const since = world.clock.now();
    const at = { before: since, after: new Date(since.getTime() + 1) };
    const first = (['planned', 'sending', 'sent', 'delivered', 'failed', 'held', 'cancelled'] as const).flatMap(
      (state) => [null, at.before, at.after].map((sentAt) => ({ purpose: 'initial' as const, state, sentAt })),
    );
    const second = [
      null,
      { purpose: 'reminder' as const, state: 'planned' as const, sentAt: null },
      { purpose: 'reminder' as const, state: 'sent' as const, sentAt: at.after },
      { purpose: 'withdrawal' as const, state: 'sending' as const, sentAt: at.after },
    ];
    const mixtures = first.flatMap((one) => second.map((other) => [one, ...(other ? [other] : [])]));
    const copies = await world.query<{ id: string }>('SELECT id FROM copy ORDER BY copy_number');
    expect(mixtures.length).toBeLessThanOrEqual(copies.length);
    const rows = mixtures.flatMap((messages, i) => messages.map((message) => ({ copyId: copies[i]!.id, ...message })));
    await world.query(
      `INSERT INTO delivery (copy_id, edition_id, channel, purpose, round, carry, address, address_masked, contact_id, priority,
                             position, next_attempt_at, deadline, state, sent_at, lease_owner, lease_until)
       SELECT c.id, c.edition_id, 'email', r.purpose, 0, 'fullText', 'x', 'x', gen_random_uuid(), 2, c.copy_number, now(), now(), r.state, r."sentAt",
              CASE WHEN r.state = 'sending' THEN gen_random_uuid() END, CASE WHEN r.state = 'sending' THEN now() END
       FROM json_to_recordset($1::json) AS r("copyId" uuid, purpose text, state text, "sentAt" timestamptz) JOIN copy c ON c.id = r."copyId"`,
      [JSON.stringify(rows)],
    );
    const repository = new CallListRepository(world.get(Database));
    for (const reading of ['unread', 'opened', 'acknowledged'] as const) {
      await world.query(
        "UPDATE copy SET reading = $1, acknowledged_at = CASE WHEN $1 = 'acknowledged' THEN now() END",
        [reading],
      );
      for (const silentSince of [since, null]) {
        const calls = await repository.calls(editionId, silentSince, 0);
        const expected = mixtures.map((messages) => {
          const noChannelLeft = messages
            .filter(({ purpose }) => purpose !== 'withdrawal')
            .every(({ state }) => state === 'failed' || state === 'cancelled');
          return reasonToCall({ reading, isSubscriber: false, noChannelLeft, messages }, silentSince);
        });
        const found = copies.slice(0, mixtures.length).map(({ id }) => {
          const row = calls.find(({ copyId }) => copyId === id);
          return row ? (row.unreached ? 'unreached' : 'silent') : null;
        });
        expect(found).toEqual(expected);
      }
    }
  });
});
