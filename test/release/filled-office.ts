import { AccountService } from '../../src/accounts/account.service.js';
import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { OneTimeLinkService } from '../../src/accounts/one-time-link.service.js';
import { SessionService } from '../../src/accounts/session.service.js';
import { ReportInbox } from '../../src/channels/report-inbox.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { WithdrawalService } from '../../src/dispatch/acts/withdrawal.service.js';
import { ProofSender } from '../../src/dispatch/proof-sender.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import type { DeliveryReport, SendOutcome } from '../../src/domain/delivery.js';
import { defaultPolicy, type PublicationPolicy } from '../../src/domain/sending/channel-policy.js';
import { GroupService } from '../../src/distribution/groups/group.service.js';
import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { SubscriptionService } from '../../src/distribution/subscriptions/subscription.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { AmendmentService } from '../../src/organisation/amendment.service.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { LiaisonService } from '../../src/organisation/liaison.service.js';
import { PreferenceService } from '../../src/organisation/preference.service.js';
import { UnitService } from '../../src/organisation/unit.service.js';
import { Audit } from '../../src/platform/audit.js';
import { PaperService } from '../../src/reading/paper.service.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { anIssue, aPlannedEdition, aPost, aSignedEdition } from '../builders.js';
import type { RecordingChannel } from '../recording-channel.js';
import { demoRoster, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const minute = 60_000;

/** Of the seed's nine groups only a few people, so that a release's data stays small; and who made it is invented like them. */
const fewPeople = (text: string) =>
  text
    .replace(/本期发：.*/, '本期发：县人大正副主任，县政协正副主席。')
    .replace(/责任编辑：.*/, '责任编辑：编辑甲')
    .replace(/审核：.*/, '审核：审核乙')
    .replace(/签发：.*/, '签发：签发丙');

export interface OfficeChannels {
  sms: RecordingChannel;
  email: RecordingChannel;
}

/**
 * An office after a few weeks, by its own acts: list, issues in every state, deliveries in every state, readers, subscribers. A
 * table that nothing here fills gets a row by hand at the end.
 */
export async function fillOffice(world: World, channels: OfficeChannels): Promise<void> {
  await issuesUnderWay(world);
  await accounts(world);
  await list(world);
  await anIssueThatWentWrong(world, channels);
  await anIssueThatWasRead(world, channels);
  await anIssueThatWasWithdrawn(world, channels, 12);
  const corrected = await anIssueThatWasWithdrawn(world, channels, 16);
  const revision = await revisionOf(world, corrected);
  await world.get(IssueService).act(corrected, revision, 'correct', people.editor, '第2条数字有误');
  await anIssueThatIsBeingSent(world, channels);
  await aSignedEdition(world, { number: 18, text: fewPeople });
  await subscribers(world);
  await readers(world, channels);
  await byHand(world);
}

async function issuesUnderWay(world: World): Promise<void> {
  const act = async (id: string, name: 'submitForReview' | 'review' | 'sendBack', by: keyof typeof people) =>
    world.get(IssueService).act(id, await revisionOf(world, id), name, people[by], '第2条数字请核实');
  await anIssue(world, { number: 14, text: fewPeople });
  await world.query(`UPDATE publication SET subscribable = true`);
  const imported = async (number: number) =>
    (await anIssue(world, { number, text: fewPeople, level: 'internal' })).issueId;
  await act(await imported(19), 'sendBack', 'approver');
  const reviewing = await imported(20);
  await act(reviewing, 'sendBack', 'approver');
  await act(reviewing, 'submitForReview', 'editor');
}

async function accounts(world: World): Promise<void> {
  const by = people.editor.id;
  const account = await world.get(AccountService).create({ login: 'bianji', name: '编辑丁', roles: ['editor'] }, by);
  await world.get(OneTimeLinkService).issue(account.id, 'setup', by);
  await world.get(SessionService).start(account.id);
  const wanted = { name: '政务平台', scopes: ['organisation.read' as const], days: 90 };
  await world.get(ApiKeyService).create(wanted, people.approver);
  await world.get(Audit).recordExport(by, 'list.exported', 'list:all', { format: 'csv' }, { rows: 115 });
}

async function list(world: World): Promise<void> {
  const day = '2025-04-03';
  const imports = world.get(ListImportService);
  const file = (text: string) => ({ name: '名单.csv', bytes: Buffer.from(text) });
  const roster = demoRoster().toString('utf8');
  const id = await imports.upload(file(roster.replace('秦甲,15400000018', '新甲,15400000118')), 'whole', people.editor);
  await imports.confirm(id, people.editor, true);
  await world.get(ListImportJobs).run(id);
  await imports.upload(file(roster), 'whole', people.editor);

  const first = await aPost(world, { order: 1 });
  const [unit] = await world.query<{ id: string; version: number; name: string; kind: 'other' }>(
    `SELECT id, version, name, kind FROM unit WHERE name LIKE '%局' ORDER BY name LIMIT 1`,
  );
  const renamed = { name: `${unit!.name.replace(/局$/, '')}管理局`, kind: unit!.kind };
  await world.get(UnitService).edit(unit!.id, unit!.version, renamed, true, people.editor);
  await world.get(LiaisonService).addLiaison({ postId: first.post }, { newName: '联络员甲' }, day, people.editor);
  const groups = world.get(GroupService);
  const added = await groups.addGroup('换届专班', people.editor);
  const ref = async () => {
    const [row] = await world.query<{ version: number }>(`SELECT version FROM recipient_group WHERE id = '${added}'`);
    return { id: added, version: row!.version };
  };
  const [part] = await world.query<{ id: string }>(`SELECT id FROM recipient_group WHERE name = '副县长'`);
  await groups.setParts(await ref(), [part!.id], [], people.editor);
  await groups.setExcluded(await ref(), first.post, true, people.editor);
  await groups.addAlias(await ref(), '专班', people.editor);
  const wish = {
    channelOrder: ['email' as const],
    quiet: { from: 22, until: 7 },
    dailyDigest: true,
    largeType: true,
    onPaper: true,
  };
  await world.get(PreferenceService).choose(first.person, wish, 'readingPage');
}

async function send(world: World): Promise<void> {
  for (const kind of ['sms', 'email'] as const) await world.get(DeliveryService).sendDue(kind, never);
}

/** Refused, in doubt and decided by nobody yet; the rest was given up. */
async function anIssueThatWentWrong(world: World, { sms }: OfficeChannels): Promise<void> {
  const { editionId } = await aPlannedEdition(world, { number: 13, text: fewPeople });
  const outcomes: SendOutcome[] = [
    { kind: 'refused', class: 'recipient', code: 'isv.MOBILE_NUMBER_ILLEGAL', reason: '号码不存在' },
    { kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' },
    { kind: 'retry', class: 'provider', code: 'BUSY', reason: '运营商繁忙', about: 'recipient' },
  ];
  const usual = sms.answer;
  sms.answer = ({ address }) => outcomes[Number(address) % 3]!;
  await world.get(DeliveryService).sendDue('sms', never);
  sms.answer = usual;
  world.clock.pass(31 * minute);
  await world.get(Sweeper).sweep();
  await world.get(DispatchService).cancelRest(editionId, people.approver);
}

/** Arrived, opened, acknowledged by press and on paper, reminded, archived. */
async function anIssueThatWasRead(world: World, { sms, email }: OfficeChannels): Promise<void> {
  const { issueId, editionId } = await aPlannedEdition(world, { number: 15, text: fewPeople });
  [sms.taken.length, email.taken.length] = [0, 0];
  await send(world);
  const report = (deliveryId: string): DeliveryReport => ({
    ...{ provider: sms.provider, deliveryId, status: 'delivered', code: 'DELIVRD', reason: '' },
    reportedAt: world.clock.now(),
  });
  await world.get(ReportInbox).take(
    sms.provider,
    sms.taken.slice(0, 5).map(({ deliveryId }) => report(deliveryId)),
  );
  await world.get(ReportService).applyWaiting();
  const tokens = email.taken.map(({ content }) => /\/r\/([\w-]{22})/.exec((content as { html: string }).html)![1]!);
  const reading = world.get(ReadingService);
  for (const token of tokens.slice(0, 3)) await reading.recordOpened(token);
  for (const token of tokens.slice(0, 2)) await reading.acknowledge(token);
  await reading.recordMachine(tokens[3]!);
  const [unread, onPaper] = await world.query<{ id: string }>(
    `SELECT id FROM copy WHERE edition_id = $1 AND reading = 'unread' ORDER BY copy_number DESC LIMIT 2`,
    [editionId],
  );
  await reading.acknowledgeOnBehalf(unread!.id, 'paper', '李四', '会上已签', people.editor);
  const scan = { name: '签收单.pdf', bytes: Buffer.from('%PDF-1.7') };
  const entry = { copyIds: [onPaper!.id], signedOn: '2025-04-03', note: '机要员送达', scan };
  await world.get(PaperService).enter(editionId, entry, people.editor);
  world.clock.pass(20 * minute);
  await world.get(DispatchService).remind(editionId, people.editor);
  await send(world);
  const revision = await revisionOf(world, issueId);
  await world.get(IssueService).act(issueId, revision, 'archive', people.editor);
}

/** Withdrawn after half was sent; some are told. An address that had the text has been replaced since. */
async function anIssueThatWasWithdrawn(world: World, { sms }: OfficeChannels, number: number): Promise<string> {
  const { issueId, editionId } = await aPlannedEdition(world, { number, text: fewPeople });
  await send(world);
  const [contact] = await world.query<{ person: string }>(
    `SELECT c.person_id AS person FROM delivery d JOIN copy c ON c.id = d.copy_id
     WHERE d.edition_id = $1 AND d.channel = 'sms' AND d.state = 'sent' ORDER BY d.position LIMIT 1`,
    [editionId],
  );
  await world.get(ContactService).save(contact!.person, 'sms', `154000009${number}`, people.editor);
  await world
    .get(IssueService)
    .act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver, '第2条数字有误');
  await world.get(WithdrawalService).tell(editionId, people.approver);
  sms.batchSize = 3;
  await send(world);
  return issueId;
}

/** By ladder, and paused with messages that wait, are on their way and in a worker's hand. */
async function anIssueThatIsBeingSent(world: World, { sms }: OfficeChannels): Promise<void> {
  const [publication] = await world.query<{ id: string }>('SELECT id FROM publication');
  const policy: PublicationPolicy = { ...defaultPolicy, mode: 'ladder' };
  await world.get(PublicationService).setPolicy(publication!.id, policy, people.editor);
  const { editionId } = await aPlannedEdition(world, { number: 17, text: fewPeople });
  const usual = sms.answer;
  sms.answer = (message) => {
    if (Number(message.address) % 4 === 0) return 'silence';
    if (Number(message.address) % 4 === 1)
      return { kind: 'retry', class: 'throttled', code: '421', reason: '对方要求放慢', about: 'recipient' };
    return usual(message);
  };
  await world.get(DeliveryService).sendDue('sms', never);
  sms.answer = usual;
  await world.get(DispatchService).pause(editionId, people.approver);
}

async function subscribers(world: World): Promise<void> {
  const [publication] = await world.query<{ id: string }>('SELECT id FROM publication');
  const asked = { publicationId: publication!.id, name: '村民甲', affiliation: '某村村委会', sections: [] };
  await world
    .get(SubscriptionService)
    .request({ ...asked, channel: 'email', address: 'cun@village.example' }, '10.0.0.1');
  await world.get(ProofSender).sendDue(never);
}

async function readers(world: World, { sms }: OfficeChannels): Promise<void> {
  const { person } = await aPost(world, { order: 2 });
  await world.get(AmendmentService).ask(person, '手机号改为15400000222');
  const early = {
    provider: sms.provider,
    reference: 'of-a-yes-to-come',
    status: 'delivered',
    code: 'DELIVRD',
  } as const;
  await world.get(ReportInbox).take(sms.provider, [{ ...early, reason: '', reportedAt: world.clock.now() }]);
  await world.get(ReportInbox).noteOdd(sms.provider, [{ problem: 'noPhone', row: '{"phone_number":"…"}' }]);
}

/** What the acts above leave empty, because it lives for minutes or comes with an odd request. */
async function byHand(world: World): Promise<void> {
  const at = world.clock.now().toISOString();
  const { person } = await aPost(world, { order: 3 });
  const [edition] = await world.query<{ id: string }>('SELECT id FROM edition ORDER BY signed_at LIMIT 1');
  const [imported] = await world.query<{ id: string }>(`SELECT id FROM list_import WHERE state = 'done' LIMIT 1`);
  const [sent] = await world.query<{ id: string }>(`SELECT id FROM delivery WHERE state = 'sent' ORDER BY id LIMIT 1`);
  const changed = { changed_at: at, changed_by: '管理员甲', changed_by_id: people.editor.id };
  const rows: Record<string, Record<string, unknown>> = {
    account_look: { account: 'smtp', looked_at: at, problem: '登录被拒绝，请核对账号和密码。' },
    callback_call: { provider: 'wecom', signature: 'h9', at },
    callback_wrong_key: { peer_hash: 'a1', n: 2, last_at: at },
    decoyed_page: { mark: 'b2', at },
    duty_notice: {
      ...{ id: '00000000-0000-4000-8000-000000000d04', subject: 'missing 2025-04-03', state: 'sent', attempts: 1 },
      notice: { kind: 'missing', day: '2025-04-03', issues: [{ issue: '《快报》第12期', missing: 3, people: 11 }] },
      ...{ may_have_arrived: false, next_attempt_at: at, created_at: at },
    },
    edition_print: { edition_id: edition!.id, pdf: '\\x25', sha256: 'b1', pages: 1, template: 'b2', made_at: at },
    form_draft: {
      ...{ account_id: people.editor.id, form: '/issues/new', posted: false, sealed: '\\x00', saved_at: at },
      expires_at: at,
    },
    guess_count: { key: 'c3', level: 1.5, tries: 2, since: at, at },
    inbox_reply: {
      ...{ id: '00000000-0000-4000-8000-000000000d03', provider: 'aliyun', sequence_id: '2', lookup_hash: 'a8' },
      ...{ sealed_number: '\\x00', sealed_text: '\\x00', masked: '139****0001', sent_to: '', meaning: 'other' },
      ...{ written_at: at, received_at: at, state: 'open' },
    },
    kept_page: { id_hash: 'd4', keeper: `account:${people.editor.id}`, sealed: '\\x00', kept_at: at, expires_at: at },
    list_columns: { key: 'g8', columns: { name: 4 }, used_at: at },
    list_due: {
      ...{ id: '00000000-0000-4000-8000-000000000d02', import_id: imported!.id, due_on: '2025-05-01', pieces: 1 },
      ...{ sealed: '\\x00', created_at: at, skipped: 0 },
    },
    member_lookup: { mobile_hash: 'k2', at },
    message_handle: { delivery_id: sent!.id, account: 'wecom', handle: 'i0', sent_at: at },
    message_recall: { delivery_id: sent!.id, asked_at: at, answered_at: at, code: '40058', reason: '未能撤回' },
    notice_day: { day: '2025-04-03', edition_id: edition!.id, purpose: 'initial', round: 0 },
    rate_bucket: { key: 'smtp', full_at: [at], idle_at: at },
    scheduled_turn: { name: 'sweep', next_at: at },
    account_setting: { account: 'yunmas', sealed: null, previous: 'x', revision: 1, ...changed },
    press: { key: 'e5', leads_to: '/issues', at },
    reader_device: {
      id: '00000000-0000-4000-8000-000000000d01',
      ...{ person_id: person, lookup_hash: 'f6', proven_at: at, expires_at: at },
    },
    trial: { id: 1, active: false, reason: '演练正常', ...changed },
    trial_person: { person_id: person, added_at: at, added_by: '管理员甲' },
    sms_reply: { provider: 'aliyun', sequence_id: '1', lookup_hash: 'a7', keyword: 'TD', received_at: at, ended: 0 },
  };
  for (const [table, row] of Object.entries(rows))
    await world.query(
      `INSERT INTO "${table}" SELECT (jsonb_populate_record(d, $1)).* FROM (SELECT NULL::"${table}" AS d) AS n`,
      [JSON.stringify(row)],
    );
}
