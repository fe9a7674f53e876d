import { DutyNotices } from '../../src/dispatch/after/duty-notices.js';
import { MemberDirectory } from '../../src/dispatch/member-directory.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { GateRepository } from '../../src/dispatch/send/gate.repository.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition, committee } from '../builders.js';
import { wecomChannel } from '../contracts/channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';

const never = new AbortController().signal;
const robotKey = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
const hour = 3_600_000;

/** One world for all: a list first, then an issue to eleven people. */
describe('what WeCom does for the office', () => {
  let place: SandboxUnderTest;
  let world: World;
  const mobiles: Record<string, string> = {};

  beforeAll(async () => {
    const now = () => world.clock.now().getTime();
    place = await startSandboxUnderTest({ wecom: { ...office.wecom, users: 'any', mobiles, robotKey, now } });
    world = await openWorld({
      channels: [wecomChannel(place.sandbox)],
      environment: {
        WECOM_API_BASE: place.sandbox.wecomBase,
        WECOM_CORP_ID: office.wecom.corpId,
        WECOM_AGENT_ID: String(office.wecom.agentId),
        WECOM_SECRET: office.wecom.secret,
        WECOM_FIND_MEMBERS: 'yes',
        WECOM_ROBOT_KEY: robotKey,
        WECOM_ROBOT_MENTION: 'zhiban,r001',
      },
    });
    await takeDemoList(world);
  });
  afterAll(async () => {
    await world.close();
    await place.close();
  });

  describe('finding accounts by mobile number', () => {
    const look = () => world.get(MemberDirectory).look(never);
    const misses = async () => (await world.query('SELECT 1 FROM member_lookup')).length;
    const accounts = async () => (await world.query(`SELECT 1 FROM contact WHERE kind = 'wecom'`)).length;
    const forgetAccounts = (n: number) =>
      world.query<{ personId: string; sealed: string }>(
        `WITH gone AS (
           DELETE FROM contact WHERE id IN (
             SELECT c.id FROM contact c JOIN tenure t ON t.person_id = c.person_id AND t.ends_on IS NULL
               JOIN post p ON p.id = t.post_id
             WHERE c.kind = 'wecom' ORDER BY p.protocol_order LIMIT $1) RETURNING person_id)
         SELECT s.person_id AS "personId", s.sealed FROM contact s JOIN gone g ON g.person_id = s.person_id WHERE s.kind = 'sms'`,
        [n],
      );

    it('asks about nobody whose account is entered', async () => {
      await look();
      expect(await misses()).toBe(0);
      world.clock.pass(hour);
    });

    it('enters whom WeCom knows, and asks about the others again only after a week', async () => {
      const all = await accounts();
      const [first, second, third] = await forgetAccounts(3);
      const open = (one: typeof first) => world.vault.open(one!.sealed);
      mobiles[open(first)] = 'found.one';
      // Somebody else's by the list: two people are not one member.
      mobiles[open(second)] = 'r050';
      await look();
      expect([await accounts(), await misses()]).toEqual([all - 2, 2]);
      const [kept] = await world.query<{ sealed: string }>(
        `SELECT sealed FROM contact WHERE kind = 'wecom' AND person_id = $1`,
        [first!.personId],
      );
      expect(world.vault.open(kept!.sealed)).toBe('found.one');
      const [entry] = await world.query<{ actor: string }>(
        `SELECT actor FROM audit_entry WHERE action = 'contact.changed' AND subject = $1`,
        [`person:${first!.personId}`],
      );
      expect(entry!.actor).toBe('system');
      mobiles[open(third)] = 'found.later';
      world.clock.pass(hour);
      await look();
      expect(await accounts()).toBe(all - 2);
      world.clock.pass(7 * 24 * hour);
      await look();
      expect([await accounts(), await misses()]).toEqual([all - 1, 1]);
    });

    it('stops for a day when WeCom has enough of it', async () => {
      await forgetAccounts(80);
      for (let round = 0; round < 4; round++) {
        world.clock.pass(hour);
        await look();
      }
      const known = await misses();
      expect(known).toBeGreaterThan(20);
      expect(known).toBeLessThan(61);
      const [turn] = await world.query<{ at: Date }>(
        `SELECT next_at AS at FROM scheduled_turn WHERE name = 'members.look'`,
      );
      expect(turn!.at.getTime() - world.clock.now().getTime()).toBeGreaterThan(20 * hour);
    });
  });

  describe('the group on duty', () => {
    const tell = () => world.get(DutyNotices).tell(never);
    const said = () => place.sandbox.saidInGroup;
    let editionId: string;

    beforeAll(async () => {
      world.clock.setTo('2025-04-21T10:00');
      ({ editionId } = await aPlannedEdition(world, committee));
      await tell();
      expect(said()).toEqual([]);
      await world.get(DeliveryService).sendDue('wecom', never);
    });

    it('is told once of an issue that has gone out, however many processes notice it', async () => {
      const other = await world.another();
      await Promise.all([tell(), other.get(DutyNotices).tell(never)]);
      await tell();
      expect(said()).toHaveLength(1);
      expect(said()[0]).toContain('已发出');
      expect(said()[0]).toContain(`共${committee.people}人`);
      expect(said()[0]).toMatch(/<@zhiban><@r001>$/);
    });

    it('is told again, and that it may be the second time, when a worker dies in between', async () => {
      await world.query(`UPDATE duty_notice SET state = 'sending'`);
      await tell();
      expect(said()).toHaveLength(1);
      world.clock.pass(2 * 60_000);
      await tell();
      expect(said()).toHaveLength(2);
      expect(said()[1]).toContain('是否发出不明');
      world.clock.pass(2 * 60_000);
      await tell();
      expect(said()).toHaveLength(2);
    });

    it('is told at 17:00 how many are missing, once a day', async () => {
      world.clock.setTo('2025-04-21T16:59');
      await tell();
      expect(said()).toHaveLength(2);
      world.clock.setTo('2025-04-21T17:00');
      await tell();
      world.clock.pass(hour);
      await tell();
      expect(said()).toHaveLength(3);
      expect(said()[2]).toContain(`还差${committee.people}人`);
    });

    it('is told when everybody has acknowledged', async () => {
      const reading = world.get(ReadingService);
      const [last, ...others] = await world.query<{ id: string }>('SELECT id FROM copy WHERE edition_id = $1', [
        editionId,
      ]);
      for (const { id } of others) await reading.acknowledgeOnBehalf(id, 'paper', '联络员', null, people.editor);
      await tell();
      expect(said()).toHaveLength(3);
      await reading.acknowledgeOnBehalf(last!.id, 'paper', '联络员', null, people.editor);
      await tell();
      await tell();
      expect(said().slice(3)).toEqual([expect.stringContaining('已全部签收') as string]);
    });

    it('is told of a channel that has stopped, and waits while the robot has enough', async () => {
      const gates = world.get(GateRepository);
      await gates.openCircuit('wecom', '企业微信的应用密钥不正确。', world.clock.now());
      await tell();
      world.clock.pass(1000);
      // A batch under way stops it once more.
      await gates.openCircuit('wecom', '企业微信的应用密钥不正确。', world.clock.now());
      await tell();
      expect(said().slice(4)).toEqual([expect.stringContaining('企业微信已停用') as string]);
      await world.query(`UPDATE duty_notice SET state = 'planned', created_at = $1, next_attempt_at = $1`, [
        world.clock.now(),
      ]);
      for (let n = 0; n < 6; n++) {
        await world.query(`UPDATE duty_notice SET state = 'planned', next_attempt_at = $1`, [world.clock.now()]);
        await tell();
      }
      expect(said().length).toBeLessThanOrEqual(25);
      expect(await world.query(`SELECT 1 FROM duty_notice WHERE state = 'planned'`)).not.toEqual([]);
      world.clock.pass(2 * 60_000);
      await tell();
      expect(await world.query(`SELECT 1 FROM duty_notice WHERE state <> 'sent'`)).toEqual([]);
      const rows = JSON.stringify(await world.query('SELECT * FROM duty_notice'));
      expect(rows).not.toContain(robotKey);
    });
  });
});
