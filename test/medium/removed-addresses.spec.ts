import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { Housekeeping } from '../../src/dispatch/housekeeping.js';
import { WithdrawalRepository } from '../../src/dispatch/acts/withdrawal.repository.js';
import { WithdrawalService } from '../../src/dispatch/acts/withdrawal.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { ContactRepository } from '../../src/organisation/contact.repository.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { Audit } from '../../src/platform/audit.js';
import { committee } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, revisionOf, type World } from '../world.js';
import { policyOffice } from './policy-office.js';

const minutes = 60_000;
const day = 24 * 60 * minutes;

describe('an address that was removed or replaced after sign-off', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let wecom: RecordingChannel;
  let personId: string;
  let editionId: string;

  beforeEach(async () => {
    [sms, email, wecom] = [new RecordingChannel('sms'), new RecordingChannel('email'), new RecordingChannel('wecom')];
    world = await openWorld({ channels: [email, sms, wecom], environment: { MAIL_OWN_DOMAINS: 'yanjin.example' } });
  });
  afterEach(() => world?.close());

  const { signedAt, send, sweep } = policyOffice(() => world, committee);
  const all = committee.people;
  const begin = async (mode: 'all' | 'ladder' = 'all') => {
    editionId = await signedAt('2025-04-02T09:00', { mode });
    const [row] = await world.query<{ person_id: string }>('SELECT person_id FROM copy WHERE copy_number = 7');
    personId = row!.person_id;
  };
  const contact = async (kind = 'sms') =>
    (await world.get(ContactRepository).ofPerson(personId)).find((row) => row.kind === kind)!;
  const remove = async (kind = 'sms') => world.get(ContactService).remove((await contact(kind)).id, people.editor);
  const replace = (typed: string, kind: 'sms' | 'email' = 'sms') =>
    world.get(ContactService).save(personId, kind, typed, people.editor);
  const rows = (columns: string, where = `d.channel = 'sms'`) =>
    world.query(
      `SELECT ${columns} FROM delivery d JOIN copy c ON c.id = d.copy_id WHERE c.person_id = $1 AND ${where} ORDER BY d.created_at`,
      [personId],
    );
  const sentTo = (channel: RecordingChannel, address: string) =>
    channel.taken.filter((message) => message.address === address).length;

  it('is sent nothing that had not left; what was replaced goes to the new one', async () => {
    await begin();
    await remove();
    await replace('new@elsewhere.example', 'email');
    await send();
    expect(sms.taken).toHaveLength(all - 1);
    expect(await rows('d.state, d.code')).toEqual([{ state: 'failed', code: 'ADDRESS_REMOVED' }]);
    expect(sentTo(email, 'new@elsewhere.example')).toBe(1);
    expect(await rows('d.state, d.mail_domain', `d.channel = 'email'`)).toEqual([
      { state: 'sent', mail_domain: 'elsewhere.example' },
    ]);
  });

  it('is not sent more than its kind may carry, when an own mail address is replaced by another', async () => {
    await begin();
    await world.query(`UPDATE edition SET level = 'internal'`);
    await world.query(`UPDATE delivery SET carry = CASE channel WHEN 'email' THEN 'fullText' ELSE 'notice' END`);
    await replace('new@elsewhere.example', 'email');
    await send();
    expect(await rows('d.state, d.carry', `d.channel = 'email'`)).toEqual([{ state: 'sent', carry: 'notice' }]);
  });

  it('is no step of a ladder any more: the next one is taken at once', async () => {
    await begin('ladder');
    await send();
    const before = wecom.taken.length;
    await remove();
    world.clock.pass(10 * minutes);
    await sweep();
    await send();
    expect([before, sms.taken.length]).toEqual([all, all - 1]);
    await sweep();
    await send();
    expect(email.taken).toHaveLength(1);
    expect(await rows('d.state', `d.channel = 'email'`)).toEqual([{ state: 'sent' }]);
  });

  it('is not reminded; a new one is', async () => {
    await begin();
    await send();
    await remove('sms');
    await remove('wecom');
    await replace('new@yanjin.example', 'email');
    for (const channel of [sms, email, wecom]) channel.taken.length = 0;
    world.clock.pass(day);
    await world.get(DispatchService).remind(editionId, people.editor);
    world.clock.pass(minutes);
    await send();
    expect(sentTo(email, 'new@yanjin.example')).toBe(1);
    expect(email.taken.length + sms.taken.length + wecom.taken.length).toBe(all);
    expect(await rows('d.channel', `d.purpose = 'reminder'`)).toEqual([{ channel: 'email' }]);
  });

  it('is told that the text is taken back, where the text went, for some weeks', async () => {
    await begin();
    await send();
    const [old] = sms.taken.filter(({ address }) => address.endsWith('0007'));
    const [mail] = email.taken.filter(({ address }) => address.startsWith('r007'));
    await remove('sms');
    await replace('new@yanjin.example', 'email');
    expect(await rows('d.address, d.address_masked AS masked')).toEqual([{ address: '', masked: '已清除' }]);
    for (const channel of [sms, email, wecom]) channel.taken.length = 0;
    const [edition] = await world.query<{ issue_id: string }>('SELECT issue_id FROM edition');
    const issueId = edition!.issue_id;
    await world
      .get(IssueService)
      .act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '数字有误');
    await world.get(WithdrawalService).tell(editionId, people.approver);
    await send();
    expect([sentTo(sms, old!.address), sentTo(email, mail!.address)]).toEqual([1, 1]);
    expect(sentTo(email, 'new@yanjin.example')).toBe(0);
  });

  it('is kept for that no longer than thirty days', async () => {
    await begin();
    await send();
    await remove('sms');
    const kept = async () => (await world.get(WithdrawalRepository).untold(editionId)).length;
    const before = await kept();
    world.clock.pass(30 * day + minutes);
    await world.get(Housekeeping).tidy();
    expect(await kept()).toBe(before - 1);
    expect(await world.query('SELECT * FROM recall_address')).toEqual([]);
  });

  it('may have been removed by an import', async () => {
    await begin();
    const number = '15400000007';
    const text = demoRoster().toString('utf8');
    expect(text).toContain(number);
    await world.get(RosterService).import(Buffer.from(text.replace(number, '')), people.editor, world.clock.now());
    expect(await contact()).toBeUndefined();
    await send();
    expect(sms.taken).toHaveLength(all - 1);
    expect(await rows('d.state, d.code')).toEqual([{ state: 'failed', code: 'ADDRESS_REMOVED' }]);
  });

  it('leaves no count of fetched files behind', async () => {
    await world.get(Audit).recordExport('a', 'list.exported', 'list', {});
    await world.get(Housekeeping).tidy();
    expect(await world.query('SELECT n FROM export_count')).toEqual([{ n: 1 }]);
    world.clock.pass(60 * minutes);
    await world.get(Housekeeping).tidy();
    expect(await world.query('SELECT n FROM export_count')).toEqual([]);
  });
});
