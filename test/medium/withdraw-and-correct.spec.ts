import type { INestApplicationContext } from '@nestjs/common';
import { BoardRepository } from '../../src/console/sending/board.repository.js';
import { IssueListRepository } from '../../src/console/issues/issue-list.repository.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { DispatchService } from '../../src/dispatch/acts/dispatch.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { WithdrawalService } from '../../src/dispatch/acts/withdrawal.service.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { TextHolderRepository } from '../../src/issues/text-holders.repository.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { aPlannedEdition } from '../builders.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, revisionOf, type World } from '../world.js';

const never = new AbortController().signal;
const allSettled = <T>(act: () => Promise<T>) => Promise.allSettled([act(), act()]);

describe('withdrawing and correcting', () => {
  let world: World;
  let sms: RecordingChannel;
  let email: RecordingChannel;
  let editionId: string;
  let issueId: string;
  let other: INestApplicationContext;

  beforeEach(async () => {
    [sms, email] = [new RecordingChannel('sms'), new RecordingChannel('email')];
    [sms.batchSize, email.batchSize] = [5, 5];
    world = await openWorld({ channels: [sms, email] });
    other = await world.another();
    ({ editionId, issueId } = await aPlannedEdition(world));
  });
  afterEach(() => world.close());

  const send = (kind: 'sms' | 'email') =>
    [world.app, other].map((app) => app.get(DeliveryService).sendDue(kind, never));
  const act = async (
    name: 'archive' | 'withdraw' | 'correct' | 'submitForReview' | 'review',
    who: 'editor' | 'reviewer' | 'approver',
  ) => world.get(IssueService).act(issueId, await revisionOf(world, issueId), name, people[who], '第2条数字有误');
  const tell = (id = editionId) => world.get(WithdrawalService).tell(id, people.approver);
  const linkIn = (channel: RecordingChannel, address: string, from = 0) => {
    const message = channel.taken.slice(from).find((m) => m.address === address)!;
    return /\/r\/([\w-]{22})/.exec((message.content as { html: string }).html)![1]!;
  };
  const audited = async (action: string) =>
    (await world.query('SELECT 1 FROM audit_entry WHERE action = $1', [action])).length;
  async function signCorrection(): Promise<string> {
    await act('submitForReview', 'editor');
    await act('review', 'reviewer');
    const revision = await revisionOf(world, issueId);
    return (await world.get(SignOffService).signOff(issueId, revision, people.approver)).editionId;
  }

  it('withdraws an issue that was archived, and its links die', async () => {
    await Promise.all(send('email'));
    await act('archive', 'editor');
    await act('withdraw', 'approver');
    const token = linkIn(email, email.taken[0]!.address);
    await expect(world.get(ReadingService).byToken(token)).rejects.toMatchObject({ code: 'reading.withdrawn' });
    expect((await tell()).told).toBe(email.taken.length);
  });

  it('tells exactly those who may have the text, once, and nobody else', async () => {
    // Ten go out, ten are in doubt, ten are refused; the rest has not left.
    let n = 0;
    sms.answer = () => {
      n += 1;
      if (n <= 10) return { kind: 'accepted', reference: 'x' };
      return n <= 20
        ? { kind: 'unknown', code: 'TIMEOUT', reason: '没有应答' }
        : { kind: 'refused', class: 'content', code: 'BLACK', reason: '被拒' };
    };
    await world.query(`UPDATE delivery SET next_attempt_at = next_attempt_at + interval '1 hour' WHERE position > 30`);
    await Promise.all(send('sms'));
    const reached = new Set(sms.taken.slice(0, 20).map(({ address }) => address));
    await act('withdraw', 'approver');
    expect(await world.get(TextHolderRepository).holdersOf(editionId)).toHaveLength(20);

    sms.answer = () => ({ kind: 'accepted', reference: 'y' });
    const told = await allSettled(() => tell());
    expect(told.map((r) => (r.status === 'fulfilled' ? r.value.told : -1)).sort()).toEqual([0, 20]);
    world.clock.pass(2 * 3600_000);
    await Promise.all([...send('sms'), ...send('email')]);
    // The first sweep gives up the doubts, the second what a withdrawal leaves of them.
    await world.get(Sweeper).sweep();
    await world.get(Sweeper).sweep();
    await Promise.all([...send('sms'), ...send('email')]);
    const notices = sms.taken.slice(30);
    expect(new Set(notices.map(({ address }) => address))).toEqual(reached);
    expect(notices).toHaveLength(20);
    expect(email.taken).toHaveLength(0);
    expect((notices[0]!.content as { text: string }).text).toContain('已撤回');
    expect(await audited('dispatch.withdrawalTold')).toBe(1);
    const board = new BoardRepository(world.get(Database));
    // A notice is no evidence of having the text.
    expect(
      (await board.copies(editionId, 'all', { after: 0 }, 200)).filter(({ sentOn }) => sentOn.length > 0),
    ).toHaveLength(10);
    expect(
      await world.query(
        `SELECT DISTINCT state FROM delivery WHERE purpose = 'initial' AND state IN ('planned', 'held')`,
      ),
    ).toEqual([]);
  });

  it('stops two workers in the middle, however often it is pressed', async () => {
    const revision = await revisionOf(world, issueId);
    const withdraw = () => world.get(IssueService).act(issueId, revision, 'withdraw', people.approver, '有误');
    let pressed: Promise<PromiseSettledResult<void>[]> | undefined;
    sms.beforeOutcomes = () => (sms.taken.length >= 30 ? (pressed ??= allSettled(withdraw)) : Promise.resolve());
    await Promise.all(send('sms'));
    const results = await pressed!;
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all([...send('sms'), ...send('email')]);
    // What the two had in hand at that moment is all that still left.
    expect(sms.taken.length).toBeLessThanOrEqual(30 + 2 * 5);
    expect(new Set(sms.taken.map(({ address }) => address)).size).toBe(sms.taken.length);
    expect(await world.get(TextHolderRepository).holdersOf(editionId)).toHaveLength(sms.taken.length);
    await expect(world.get(DispatchService).resume(editionId, people.editor)).rejects.toMatchObject({
      code: 'reading.withdrawn',
    });
  });

  it('sends a correction under the same number through the whole chain, to the scope and to all who had the wrong text', async () => {
    await Promise.all(send('email'));
    const old = linkIn(email, 'r001@yanjin.example');
    const oldOfOther = linkIn(email, 'r002@yanjin.example');
    await world.get(ReadingService).acknowledge(old);
    await act('withdraw', 'approver');
    await tell();
    await Promise.all([...send('sms'), ...send('email')]);
    await expect(world.get(ReadingService).byToken(old)).rejects.toMatchObject({ code: 'reading.withdrawn' });
    const [before] = await world.query('SELECT hash, content, scope FROM edition');

    // The first person leaves the list before the correction is made.
    const [header, , ...rest] = demoRoster().toString('utf8').trim().split('\n');
    await world.get(RosterService).import(Buffer.from([header, ...rest].join('\n')), people.editor, world.clock.now());
    const revision = await revisionOf(world, issueId);
    const begun = await allSettled(() =>
      world.get(IssueService).act(issueId, revision, 'correct', people.editor, '第2条数字有误'),
    );
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(
      world.get(SignOffService).signOff(issueId, await revisionOf(world, issueId), people.approver),
    ).rejects.toMatchObject({ code: 'issue.illegalMove' });
    const corrected = await signCorrection();
    const sent = email.taken.length;
    await world.get(PlanService).plan(corrected);
    await Promise.all([...send('sms'), ...send('email')]);

    const messages = email.taken.slice(sent);
    expect(new Set(messages.map(({ address }) => address)).size).toBe(115);
    expect(messages).toHaveLength(115);
    const { subject, html, text } = messages[0]!.content as { subject: string; html: string; text: string };
    expect(subject).toContain('第14期（更正）');
    for (const body of [html, text.replace(/\s/g, '')]) {
      expect(body).toContain('请以本件为准');
      expect(body).toContain('第2条数字有误');
    }
    const lastSms = (sms.taken.at(-1)!.content as { text: string }).text;
    expect(lastSms).toContain('延津政务快报（更正）第14期');
    expect(await world.query('SELECT number, state, correction FROM issue')).toEqual([
      { number: 14, state: 'dispatched', correction: 1 },
    ]);
    expect(await world.query('SELECT hash, content, scope FROM edition WHERE version = 1')).toEqual([before]);
    expect(
      await world.query(`SELECT reading FROM copy WHERE edition_id = $1 AND copy_number = 1`, [editionId]),
    ).toEqual([{ reading: 'acknowledged' }]);

    const list = new IssueListRepository(world.get(Database));
    expect(
      (await list.page({ year: null, state: null }, 10, 0)).map(({ copies, correction }) => [copies, correction]),
    ).toEqual([[115, 1]]);

    // The old link leads its own reader to the new text, and nobody else's.
    const gone = await world
      .get(ReadingService)
      .byToken(oldOfOther)
      .catch((error: { code: string; details: { href: string } }) => error);
    expect(gone).toMatchObject({ code: 'reading.corrected' });
    const href = (gone as { details: { href: string } }).details.href;
    expect(href).toBe(`/r/${linkIn(email, 'r002@yanjin.example', sent)}`);
    const view = await world.get(ReadingService).byToken(href.slice('/r/'.length));
    expect(view.reading).toBe('unread');
    const shown = await world.get(ReadingService).textOf(view);
    expect(shown).toMatchObject({ correction: { times: 1, note: '第2条数字有误' } });
  });

  it('gives a begun correction up, once for two clicks, and leaves everything as it was withdrawn', async () => {
    await Promise.all(send('email'));
    const old = linkIn(email, 'r002@yanjin.example');
    await act('withdraw', 'approver');
    const stored = () => world.get(IssueRepository).loadIssue(issueId);
    const withdrawn = await stored();
    await act('correct', 'editor');
    const begun = (await stored())!;
    const { sections, ...fields } = begun;
    const edited = { ...fields, sections: sections.slice(1), level: 'internal' as const, levelReason: undefined };
    await world.get(IssueService).edit(issueId, begun.revision, edited, people.editor);
    await act('submitForReview', 'editor');
    const revision = await revisionOf(world, issueId);
    const giveUp = () => world.get(IssueService).giveUpCorrection(issueId, revision, '改为另发一期', people.editor);
    const pressed = await allSettled(giveUp);
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    const after = await stored();
    expect(after).toEqual({
      ...withdrawn,
      revision: after!.revision,
      reviewerId: null,
      updatedAt: expect.anything() as unknown,
    });
    expect(await world.query('SELECT version, corrected_at, withdrawn_at IS NOT NULL AS gone FROM edition')).toEqual([
      { version: 1, corrected_at: null, gone: true },
    ]);
    await expect(world.get(ReadingService).byToken(old)).rejects.toMatchObject({ code: 'reading.withdrawn' });
    expect(
      await world.query(`SELECT detail ->> 'note' AS note FROM audit_entry WHERE action = 'issue.correctionGivenUp'`),
    ).toEqual([{ note: '改为另发一期' }]);

    // It can be begun again, and a second correction that is given up leaves the first one's note.
    await act('correct', 'editor');
    await world.get(PlanService).plan(await signCorrection());
    await act('withdraw', 'approver');
    const first = await stored();
    await act('correct', 'editor');
    await world
      .get(IssueService)
      .giveUpCorrection(issueId, await revisionOf(world, issueId), '不再更正', people.approver);
    expect(await stored()).toMatchObject({ correction: 1, correctionNote: first!.correctionNote, state: 'withdrawn' });
  });

  it('cannot give up what has been signed off', async () => {
    await act('withdraw', 'approver');
    await act('correct', 'editor');
    await signCorrection();
    await expect(
      world.get(IssueService).giveUpCorrection(issueId, await revisionOf(world, issueId), '', people.editor),
    ).rejects.toMatchObject({ code: 'issue.illegalMove' });
  });

  it('can withdraw and correct a correction', async () => {
    await Promise.all(send('email'));
    await act('withdraw', 'approver');
    await act('correct', 'editor');
    const second = await signCorrection();
    await world.get(PlanService).plan(second);
    await act('withdraw', 'approver');
    await act('correct', 'editor');
    const third = await signCorrection();
    await world.get(PlanService).plan(third);
    const [row] = await world.query<{ content: { title: string } }>('SELECT content FROM edition WHERE version = 3');
    expect(row!.content.title).toBe('延津政务快报第14期（再次更正）');
    const states = await world.query(
      `SELECT version, voided_at IS NULL AND corrected_at IS NULL AS valid FROM edition ORDER BY version`,
    );
    expect(states).toEqual([1, 2, 3].map((version) => ({ version, valid: version === 3 })));
  });
});
