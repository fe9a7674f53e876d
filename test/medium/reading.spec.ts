import '../under-beijing-time.js';
import pg from 'pg';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { CountRepository } from '../../src/dispatch/after/count.repository.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { CodeService } from '../../src/reading/code.service.js';
import { ReadingRepository } from '../../src/reading/reading.repository.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition, committee, type IssueWish } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, queriesOf, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const day = 86_400_000;
const typed = (code: string) => ({ code, tail: '' });

describe('reading and acknowledging', () => {
  let world: World;
  let reading: ReadingService;
  let codes: CodeService;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let issueId: string;
  let editionId: string;
  let token: string;
  let code: string;

  const all = committee.people;
  const open = async (level: 'public' | 'internal', wish: IssueWish = committee) => {
    [sms, email] = [new RecordingChannel('sms'), new RecordingChannel('email')];
    world = await openWorld({
      channels: [email, sms],
      environment: { MAIL_OWN_DOMAINS: 'yanjin.example', LINK_DAYS: '30' },
    });
    ({ issueId, editionId } = await aPlannedEdition(world, { ...wish, level }));
    await world.get(DeliveryService).sendDue('email', never);
    await world.get(DeliveryService).sendDue('sms', never);
    reading = world.get(ReadingService);
    codes = world.get(CodeService);
    token = /\/r\/([\w-]{22})/.exec((email.taken[0]!.content as { html: string }).html)![1]!;
    code = (sms.taken[0]!.content as { params: Record<string, string> }).params.code!;
  };
  afterEach(() => world.close());
  const stored = async () =>
    (await world.query('SELECT reading, acknowledged_via, on_behalf_by FROM copy WHERE copy_number = 1'))[0];
  const evidence = async () =>
    (await world.query<{ kind: string }>('SELECT kind FROM reading_evidence ORDER BY id')).map(({ kind }) => kind);

  it('does not count looking or fetching as reading', async () => {
    await open('public');
    await reading.byToken(token);
    await reading.recordFetched(await reading.byToken(token));
    expect(await stored()).toMatchObject({ reading: 'unread' });
    expect(await evidence()).toEqual(['fetched']);
    for (let i = 0; i < 30; i++) await reading.recordFetched(await reading.byToken(token));
    expect(await evidence()).toHaveLength(20);
  });

  it('counts the first acknowledgement and keeps them all', async () => {
    await open('public');
    await reading.recordOpened(token);
    await reading.recordOpened(token);
    await reading.acknowledge(token);
    const first = (await reading.byToken(token)).acknowledgedAt;
    world.clock.pass(60_000);
    await reading.acknowledge(token);
    const copyId = (await reading.byToken(token)).copyId;
    await reading.acknowledgeOnBehalf(copyId, 'phone', '联络员张某', null, people.editor);
    expect((await reading.byToken(token)).acknowledgedAt).toEqual(first);
    expect(await stored()).toEqual({ reading: 'acknowledged', acknowledged_via: 'page', on_behalf_by: null });
    expect(await evidence()).toEqual(['opened', 'acknowledged', 'acknowledged', 'acknowledged']);
  });

  it('shows who acknowledged on behalf, and lets no administrator do it', async () => {
    await open('public');
    const { copyId } = await reading.byToken(token);
    const administrator = { ...people.editor, roles: ['systemAdmin'] as const };
    await expect(reading.acknowledgeOnBehalf(copyId, 'paper', '联络员张某', null, administrator)).rejects.toMatchObject(
      {
        code: 'reading.mayNotActOnBehalf',
      },
    );
    await reading.acknowledgeOnBehalf(copyId, 'paper', '联络员张某', '纸质件', people.editor);
    expect(await stored()).toEqual({ reading: 'acknowledged', acknowledged_via: 'paper', on_behalf_by: '联络员张某' });
  });

  it('leads from the SMS code to the same copy, and stops guessing', async () => {
    await open('public');
    expect(await codes.tokenForCode(typed(`${code.slice(0, 5)} ${code.slice(5)}`), 'a')).toBe(token);
    for (let i = 0; i < 10; i++)
      await expect(codes.tokenForCode(typed('0000000000'), 'b')).rejects.toMatchObject({ code: 'reading.codeWrong' });
    const slowed = codes.tokenForCode(typed('0000000000'), 'b');
    await expect(slowed).rejects.toMatchObject({ code: 'reading.tooManyTries', details: { seconds: 90 } });
    expect(await codes.tokenForCode(typed(code), 'b')).toBe(token);
  });

  it('wants more than the link for an internal issue', async () => {
    await open('internal');
    expect((await reading.byToken(token)).needsIdentity).toBe(true);
    expect(reading.identityProven(token, 'guess')).toBe(false);
    await expect(codes.confirmIdentity(token, '1234567890', 'x')).rejects.toMatchObject({
      code: 'reading.codeWrong',
    });
    const { proof } = await codes.confirmIdentity(token, code, 'x');
    expect(reading.identityProven(token, proof)).toBe(true);
    const other = /\/r\/([\w-]{22})/.exec((email.taken[1]!.content as { html: string }).html)![1]!;
    expect(reading.identityProven(other, proof)).toBe(false);
  });

  it('sends the code again on request, but not without end', async () => {
    await open('internal');
    for (let i = 0; i < 3; i++) expect(await reading.requestIdentityCode(token)).toEqual({ sentTo: '154****0001' });
    await expect(reading.requestIdentityCode(token)).rejects.toMatchObject({ code: 'reading.tooManyTries' });
    await world.get(DeliveryService).sendDue('sms', never);
    expect(sms.taken.slice(all).map(({ address }) => address)).toEqual(['15400000001', '15400000001', '15400000001']);
  });

  it('lets a link die by time and by withdrawal', async () => {
    await open('public');
    await expect(reading.byToken(`${token.slice(0, -1)}_`)).rejects.toMatchObject({ code: 'reading.linkInvalid' });
    await world.get(IssueService).act(issueId, await revisionOf(world, issueId), 'withdraw', people.approver);
    await expect(reading.byToken(token)).rejects.toMatchObject({ code: 'reading.withdrawn' });
    await expect(reading.acknowledge(token)).rejects.toMatchObject({ code: 'reading.withdrawn' });
    await world.query('UPDATE edition SET withdrawn_at = NULL');
    await world.query('UPDATE copy SET link_revoked_at = NULL');
    world.clock.pass(31 * day);
    await expect(reading.byToken(token)).rejects.toMatchObject({ code: 'reading.linkExpired' });
  });

  it('keeps a press once, however often it is written', async () => {
    await open('public');
    const { copyId } = await reading.byToken(token);
    const press = { copyId, at: world.clock.now(), via: 'page', onBehalfBy: null, note: null } as const;
    await world.get(ReadingRepository).acknowledge([press]);
    await world.get(ReadingRepository).acknowledge([press]);
    expect(await evidence()).toEqual(['acknowledged']);
  });

  it('serves a crowd with a handful of questions, each press for itself', async () => {
    await open('public', {});
    const tokens = email.taken.map(({ content }) => /\/r\/([\w-]{22})/.exec((content as { html: string }).html)![1]!);
    const wrong = `${tokens[0]!.slice(0, -1)}_`;
    let settled: PromiseSettledResult<void>[] = [];
    const asked = await queriesOf(world, async () => {
      settled = await Promise.allSettled([...tokens, wrong, ...tokens].map((one) => reading.acknowledge(one)));
    });
    expect(asked).toBeLessThan(12);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(settled[tokens.length]).toMatchObject({ status: 'rejected', reason: { code: 'reading.linkInvalid' } });
    const [row] = await world.query('SELECT count(*)::int AS n FROM copy WHERE reading = $1', ['acknowledged']);
    expect(row).toEqual({ n: tokens.length });
    expect(await world.get(CountRepository).wrong()).toBe(0);
  });

  it('takes back a reminder that has not left when the person acknowledges', async () => {
    await open('public');
    await world.get(DispatchService).remind(editionId, people.editor);
    await reading.acknowledge(token);
    await world.get(DeliveryService).sendDue('sms', never);
    const reminded = sms.taken.slice(all).map(({ address }) => address);
    expect(reminded).toHaveLength(all - 1);
    expect(reminded).not.toContain('15400000001');
  });

  it('never holds a copy while it waits for a message that somebody else is cancelling', async () => {
    await open('public');
    await world.get(DispatchService).remind(editionId, people.editor);
    const other = new pg.Client({ connectionString: world.url });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(`SELECT 1 FROM delivery WHERE purpose = 'reminder' ORDER BY id FOR UPDATE`);
      const pressed = reading.acknowledge(token);
      const waits = 'SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()';
      while ((await world.query(waits)).length === 0);
      expect((await other.query('SELECT 1 FROM copy FOR UPDATE NOWAIT')).rowCount).toBe(all);
      await other.query('ROLLBACK');
      await pressed;
      expect(await stored()).toMatchObject({ reading: 'acknowledged' });
    } finally {
      await other.end();
    }
  });
});
