import { ReportRepository } from '../../src/channels/report.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ProofSender } from '../../src/dispatch/proof-sender.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { WithdrawalRepository } from '../../src/dispatch/acts/withdrawal.repository.js';
import { ContactRepository } from '../../src/organisation/contact.repository.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { ContactWipeService } from '../../src/organisation/contact-wipe.service.js';
import type { SmsContent } from '../../src/rendering/message.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const day = 86_400_000;

describe('contacts', () => {
  let world: World;
  let sms: RecordingChannel;
  let editionId: string;
  let personId: string;

  const contact = async (kind = 'sms') =>
    (await world.get(ContactRepository).ofPerson(personId)).find((row) => row.kind === kind)!;
  const audited = async (action: string) =>
    world.query<{ detail: Record<string, unknown>; actor: string }>(
      'SELECT detail, actor FROM audit_entry WHERE action = $1 ORDER BY id',
      [action],
    );
  const apply = async (status: 'delivered' | 'failed', code: string, at = world.clock.now(), provider = 'aliyun') => {
    const [row] = await world.query<{ id: string }>(
      `SELECT d.id FROM delivery d JOIN copy c ON c.id = d.copy_id WHERE c.person_id = $1 AND d.channel = 'sms'`,
      [personId],
    );
    const report = { provider, deliveryId: row!.id, status, code, reason: '空号', reportedAt: at };
    await world.get(ReportRepository).keep([report], world.clock.now());
    await world.get(ReportService).applyWaiting();
  };

  beforeEach(async () => {
    sms = new RecordingChannel('sms');
    world = await openWorld({ channels: [sms] });
    ({ editionId } = await aPlannedEdition(world));
    await world.get(DeliveryService).sendDue('sms', never);
    const [row] = await world.query<{ person_id: string }>('SELECT person_id FROM copy WHERE copy_number = 7');
    personId = row!.person_id;
  });
  afterEach(() => world.close());

  it('shows an address in full only against a reason that stays on record, without the address', async () => {
    const { id, masked } = await contact();
    const { address } = await world.get(ContactService).reveal(id, '电话催办', people.editor);
    expect(address).toMatch(/^154\d{8}$/);
    const [entry] = await audited('contact.revealed');
    expect(entry).toEqual({ actor: people.editor.id, detail: { channel: 'sms', masked, reason: '电话催办' } });
    expect(JSON.stringify(entry)).not.toContain(address);
  });

  it('starts the health of a corrected address anew and keeps only masked ones on record', async () => {
    await world.get(ContactRepository).markVerified((await contact()).id, world.clock.now());
    await world.get(ContactService).save(personId, 'sms', '138 0013 8000', people.editor);
    expect(await contact()).toMatchObject({ masked: '138****8000', verifiedAt: null, badSince: null });
    expect((await audited('contact.changed'))[0]!.detail).toMatchObject({ to: '138****8000' });
    await expect(world.get(ContactService).save(personId, 'sms', '12345', people.editor)).rejects.toMatchObject({
      code: 'list.contactInvalid',
    });
    const [other] = await world.query<{ person_id: string }>('SELECT person_id FROM copy WHERE copy_number = 8');
    await expect(
      world.get(ContactService).save(other!.person_id, 'sms', '13800138000', people.editor),
    ).rejects.toMatchObject({ code: 'list.contactTaken' });
  });

  it('proves an address by a code through the real channel, with few tries and few codes', async () => {
    const { id } = await contact();
    const service = world.get(ContactService);
    sms.taken.length = 0;
    await service.sendCode(id, 'account:1', people.editor);
    await world.get(ProofSender).sendDue(never);
    const [message] = sms.taken;
    const code = (message!.content as SmsContent).params.code!;
    expect(code).toMatch(/^\d{6}$/);
    const [stored] = await world.query<Record<string, string>>('SELECT * FROM address_proof');
    expect(JSON.stringify(stored)).not.toContain(code);
    const wrong = code === '000000' ? '111111' : '000000';
    await expect(service.confirm(id, wrong, people.editor)).rejects.toMatchObject({ code: 'contact.codeWrong' });
    await service.confirm(id, code, people.editor);
    expect((await contact()).verifiedAt).toEqual(world.clock.now());
    await expect(service.confirm(id, code, people.editor)).rejects.toMatchObject({ code: 'contact.codeWrong' });

    await service.sendCode(id, 'account:1', people.editor);
    await world.get(ProofSender).sendDue(never);
    const second = (sms.taken.at(-1)!.content as SmsContent).params.code!;
    const bad = second === '000000' ? '111111' : '000000';
    for (let n = 0; n < 5; n += 1) await expect(service.confirm(id, bad, people.editor)).rejects.toThrow();
    await expect(service.confirm(id, second, people.editor)).rejects.toMatchObject({ code: 'contact.codeWrong' });

    await service.sendCode(id, 'account:1', people.editor);
    await expect(service.sendCode(id, 'account:1', people.editor)).rejects.toMatchObject({
      code: 'contact.tooManyCodes',
    });
    world.clock.pass(3_600_001);
    await service.sendCode(id, 'account:1', people.editor);
  });

  it('tries a code again under the same digits after a throttle, and gives up with a reason', async () => {
    const { id } = await contact();
    sms.taken.length = 0;
    sms.answer = () => ({ kind: 'retry', class: 'network', code: 'X', reason: '网络不通' });
    await world.get(ContactService).sendCode(id, 'account:1', people.editor);
    for (let n = 0; n < 5; n += 1) {
      await world.get(ProofSender).sendDue(never);
      world.clock.pass(30_000);
    }
    const codes = sms.taken.map(({ content }) => (content as SmsContent).params.code);
    expect(new Set(codes).size).toBe(1);
    expect(codes).toHaveLength(3);
    const [row] = await world.query<{ sending: string; reason: string }>('SELECT sending, reason FROM address_proof');
    expect(row).toEqual({ sending: 'failed', reason: '网络不通' });
  });

  it('learns from reports that an address lives or is dead, whatever their order', async () => {
    const first = world.clock.now();
    world.clock.pass(60_000);
    await apply('failed', 'DB:0101');
    expect((await contact()).badSince).toEqual(world.clock.now());
    // The very message it was called dead for has arrived.
    await apply('delivered', 'DELIVERED', first);
    expect(await contact()).toMatchObject({ badSince: null, badReason: null, lastDeliveredAt: first });
    // Called dead for another one since: what had arrived before says nothing.
    world.clock.pass(60_000);
    await world.query('UPDATE contact SET bad_since = $1 WHERE id = $2', [world.clock.now(), (await contact()).id]);
    await apply('delivered', 'DELIVERED', new Date(first.getTime() + 1000));
    expect((await contact()).badSince).toEqual(world.clock.now());
    world.clock.pass(60_000);
    await apply('delivered', 'DELIVRD');
    expect(await contact()).toMatchObject({ badSince: null, badReason: null, lastDeliveredAt: world.clock.now() });
    await apply('failed', 'EXPIRED');
    expect((await contact()).badSince).toBeNull();
  });

  it('believes the reports of whichever provider sent the message', async () => {
    await apply('failed', 'MK:0001', world.clock.now(), 'tencent');
    expect(await contact()).toMatchObject({ badSince: world.clock.now(), badReason: '空号' });
    world.clock.pass(60_000);
    await apply('delivered', 'DELIVRD', world.clock.now(), 'tencent');
    expect(await contact()).toMatchObject({ badSince: null, lastDeliveredAt: world.clock.now() });
  });

  it('lists what to look at by reason', async () => {
    const rows = world.get(ContactRepository);
    await rows.noteFirstSent(new Date(world.clock.now().getTime() - day));
    const before = await rows.countTroubled(world.clock.now());
    expect(before).toMatchObject({ bad: 0, silent: 0 });
    expect(before.unverified).toBeGreaterThan(300);
    await apply('delivered', 'DELIVERED');
    world.clock.pass(100 * day);
    const after = await rows.countTroubled(world.clock.now());
    expect(after).toMatchObject({ silent: 115, unverified: before.unverified - 1 });
    const listed = await rows.listTroubled('silent', world.clock.now(), 10, 0);
    expect(listed).toHaveLength(10);
    expect(listed[0]).toMatchObject({ kind: 'sms', masked: expect.stringMatching(/^154\*{4}\d{4}$/) as string });
    expect(listed[0]).not.toHaveProperty('sealed');
  });

  it('removes an address taken off by hand from old deliveries as well, and from what was under way once it is done', async () => {
    const deliveries = (copyNumber: number) =>
      world.query<{ state: string; address: string; masked: string }>(
        `SELECT d.state, d.address, d.address_masked AS masked FROM delivery d JOIN copy c ON c.id = d.copy_id
         WHERE c.copy_number = $1`,
        [copyNumber],
      );
    const sealed = async () =>
      (await world.query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery WHERE address <> ''`))[0]!.n;
    const before = await sealed();
    await world.get(ContactService).remove((await contact()).id, people.editor);
    expect(await deliveries(7)).toEqual([{ state: 'sent', address: '', masked: '已清除' }]);
    expect(await sealed()).toBe(before - 1);
    // Where the text went is kept apart, for taking it back.
    const untold = (await world.get(WithdrawalRepository).untold(editionId)).map(({ address }) => address);
    expect([untold.length, untold.includes('')]).toEqual([before, false]);

    const [other] = await world.query<{ person_id: string }>('SELECT person_id FROM copy WHERE copy_number = 8');
    const turn = (state: string) =>
      world.query('UPDATE delivery SET state = $1 WHERE copy_id = (SELECT id FROM copy WHERE copy_number = 8)', [
        state,
      ]);
    await turn('planned');
    const waiting = await deliveries(8);
    personId = other!.person_id;
    await world.get(ContactService).remove((await contact()).id, people.editor);
    expect(await deliveries(8)).toEqual(waiting);
    await turn('failed');
    await world.get(ContactWipeService).run('system');
    expect(await deliveries(8)).toEqual([{ state: 'failed', address: '', masked: '已清除' }]);
    expect(await sealed()).toBe(before - 2);
  });

  it('removes the addresses of those who left long ago, also from old deliveries, and nothing of anybody else', async () => {
    const wiping = world.get(ContactWipeService);
    await world.query(`UPDATE tenure SET ends_on = '2025-04-03' WHERE person_id = $1`, [personId]);
    world.clock.pass(179 * day);
    expect(await wiping.preview(10, 0)).toMatchObject({ total: 0 });
    expect(await wiping.run('system')).toBe(0);
    world.clock.pass(day);
    expect(await wiping.preview(10, 0)).toMatchObject({ total: 1, leavers: [{ personId, contacts: 3 }] });
    const [others] = await world.query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery WHERE address <> ''`);
    expect(await wiping.run('system')).toBe(1);
    expect(await world.get(ContactRepository).ofPerson(personId)).toEqual([]);
    const kept = await world.query<{
      address: string;
      address_masked: string;
      person_name: string;
      post_title: string;
    }>(
      `SELECT d.address, d.address_masked, c.person_name, c.post_title FROM delivery d JOIN copy c ON c.id = d.copy_id WHERE c.person_id = $1`,
      [personId],
    );
    expect(kept[0]).toMatchObject({ address: '', address_masked: '已清除' });
    expect(kept[0]!.person_name).not.toBe('');
    expect(kept[0]!.post_title).not.toBe('');
    const [left] = await world.query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery WHERE address <> ''`);
    expect(left!.n).toBe(others!.n - kept.length);
    expect(await wiping.run('system')).toBe(0);
    expect(await audited('contact.wiped')).toHaveLength(1);
  });
});
