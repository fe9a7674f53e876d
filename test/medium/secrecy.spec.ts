import type { Actor } from '../../src/accounts/actor.js';
import { draftOf, toChanges } from '../../src/console/issues/issue-form.js';
import { IssueListRepository } from '../../src/console/issues/issue-list.repository.js';
import { LateCopiesService } from '../../src/dispatch/plan/late-copies.service.js';
import { Preflight } from '../../src/dispatch/plan/preflight.js';
import { SubscriptionDeskService } from '../../src/distribution/subscriptions/subscription-desk.service.js';
import type { SecrecyLevel } from '../../src/domain/issue/secrecy.js';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { AmendmentService } from '../../src/organisation/amendment.service.js';
import { Database } from '../../src/platform/database.js';
import { ReadingService } from '../../src/reading/reading.service.js';
import { anIssue } from '../builders.js';
import { openWorld, people, type World } from '../world.js';

describe('the class of an issue', () => {
  let world: World;
  const issues = () => world.get(IssueService);
  const signOff = () => world.get(SignOffService);
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it('stores nothing of a secret mark that is typed, in whichever field, and nothing of it in the trail', async () => {
    const { issueId, revision } = await anIssue(world);
    await issues().act(issueId, revision, 'sendBack', people.approver);
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    const [first, ...rest] = issue.sections;
    const base = { ...issue, number: 14, levelReason: undefined };
    const withItem = (item: object) => ({
      ...base,
      sections: [{ ...first!, items: [{ ...first!.items[0]!, ...item }, ...first!.items.slice(1)] }, ...rest],
    });
    const typed = [
      withItem({ body: `${first!.items[0]!.body}\n机\u200b 密 ★ ５ 年` }),
      withItem({ headline: '绝密' }),
      withItem({ unitName: '密级：秘密' }),
      { ...base, sections: [{ ...first!, name: '机密★' }, ...rest] },
      { ...base, issuer: '秘密★10年' },
    ];
    for (const changes of typed)
      await expect(issues().edit(issueId, issue.revision, changes, people.editor)).rejects.toMatchObject({
        code: 'issue.classifiedText',
      });
    await expect(issues().act(issueId, issue.revision, 'submitForReview', people.editor, '机密★5年')).rejects.toThrow(
      '国家秘密',
    );
    expect(await world.get(IssueRepository).loadIssue(issueId)).toEqual(issue);
    const trail = await world.query("SELECT detail FROM audit_entry WHERE action = 'issue.refusedClassified'");
    expect(trail).toHaveLength(6);
    expect(JSON.stringify(await world.query('SELECT * FROM audit_entry'))).not.toMatch(/[绝机秘]\s*密/u);
    await issues().edit(
      issueId,
      issue.revision,
      withItem({ body: '机密文件管理进一步规范，秘密载体全部清退。' }),
      people.editor,
    );
  });

  it('needs the approver’s word where the class was lowered', async () => {
    const { issueId, revision } = await anIssue(world);
    await issues().act(issueId, revision, 'sendBack', people.approver);
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    const [raised, lowered] = (['internal', 'public'] as const).map((level) => ({ ...issue, number: 14, level }));
    await issues().edit(issueId, issue.revision, { ...raised!, levelReason: '' }, people.editor);
    await issues().edit(issueId, issue.revision + 1, { ...lowered!, levelReason: '已主动公开' }, people.editor);
    await issues().act(issueId, issue.revision + 2, 'submitForReview', people.editor);
    await issues().act(issueId, issue.revision + 3, 'review', people.reviewer);
    const sign = (agrees: boolean) =>
      signOff().signOff(issueId, issue.revision + 4, people.approver, undefined, '', agrees);
    await expect(sign(false)).rejects.toMatchObject({ code: 'issue.levelUnconfirmed' });
    await sign(true);
    const [entry] = await world.query("SELECT detail FROM audit_entry WHERE action = 'issue.signedOff'");
    expect(entry).toMatchObject({
      detail: { level: 'public', loweredFrom: 'internal', loweredFor: '已主动公开' },
    });
  });

  it('lets a lowered class wait for the approver, and counts the stricter one until then', async () => {
    const { issueId, revision } = await anIssue(world, { level: 'internal' });
    await issues().act(issueId, revision, 'sendBack', people.approver);
    const stored = async () => (await world.get(IssueRepository).loadIssue(issueId))!;
    const shown = async () => {
      const [row] = await new IssueListRepository(world.get(Database)).page({ year: null, state: null }, 1, 0);
      return [(await stored()).level, row!.level];
    };
    const edit = async (level: SecrecyLevel, levelReason: string) => {
      const issue = await stored();
      await issues().edit(issueId, issue.revision, { ...issue, number: 14, level, levelReason }, people.editor);
    };
    await expect(edit('public', ' ')).rejects.toMatchObject({ code: 'issue.levelNeedsReason' });
    await edit('public', '已主动公开');
    expect(await shown()).toEqual(['internal', 'internal']);
    // Saved again as the form has it now, the reason stays; choosing the stricter one takes the proposal back.
    expect(toChanges(draftOf(await stored()), await stored())).toMatchObject({ ok: true });
    await edit('public', '');
    expect(await stored()).toMatchObject({ loweredTo: 'public', levelReason: '已主动公开' });
    await edit('internal', '');
    expect(await stored()).toMatchObject({ level: 'internal', loweredTo: null, levelReason: null });
    await edit('public', '已主动公开');
    await world.query(`UPDATE publication SET subscribable = true`);
    const { lines } = await world.get(Preflight).check(issueId);
    expect(lines.map(({ text, fix }) => text + fix).join()).toContain('拟将密级由“内部”降为“公开”，理由：已主动公开');

    const next = async (act: 'submitForReview' | 'review', actor: Actor) =>
      issues().act(issueId, (await stored()).revision, act, actor);
    await next('submitForReview', people.editor);
    await next('review', people.reviewer);
    const sign = async () =>
      signOff().signOff(issueId, (await stored()).revision, people.approver, undefined, '', true);
    const { editionId } = await sign();
    const levels = async () =>
      (await world.query('SELECT level, lowered_from, lowered_for FROM edition WHERE id = $1', [editionId]))[0];
    expect(await levels()).toEqual({ level: 'public', lowered_from: 'internal', lowered_for: '已主动公开' });
    expect(await shown()).toEqual(['public', 'public']);

    // Whoever takes it back to his desk has the stricter one again, and the approver is asked anew.
    await edit('public', '');
    expect(await shown()).toEqual(['internal', 'internal']);
    await next('submitForReview', people.editor);
    await next('review', people.reviewer);
    await expect(signOff().signOff(issueId, (await stored()).revision, people.approver)).rejects.toMatchObject({
      code: 'issue.levelUnconfirmed',
    });
  });

  it('asks the same of every reason, note and answer', async () => {
    const { issueId, revision } = await anIssue(world);
    const mark = '情况紧急\n机\u200b密 ★ 5年';
    const { editionId } = { editionId: issueId };
    const acts = [
      () => signOff().signOff(issueId, revision, people.approver, undefined, mark),
      () => issues().giveUpCorrection(issueId, revision, mark, people.editor),
      () => world.get(LateCopiesService).addLateCopies(editionId, [], mark, people.approver),
      () => world.get(AmendmentService).ask(issueId, mark),
      () => world.get(AmendmentService).answer(issueId, 'done', mark, people.editor),
      () => world.get(SubscriptionDeskService).reject([issueId], mark, people.editor),
      () => world.get(ReadingService).acknowledgeOnBehalf(issueId, 'phone', '张三', mark, people.editor),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'issue.classifiedText' });
    expect(JSON.stringify(await world.query('SELECT * FROM audit_entry'))).not.toMatch(/[绝机秘]\s*密/u);
  });
});
