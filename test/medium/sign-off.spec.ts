import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { draftOf, toChanges } from '../../src/console/issues/issue-form.js';
import type { EditionContent } from '../../src/domain/issue/edition.js';
import { editionView } from '../../src/rendering/edition-view.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { contentOf } from '../../src/issues/content-of.js';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import { Audit } from '../../src/platform/audit.js';
import { anIssue, aPlannedEdition, aSignedEdition, reviewed } from '../builders.js';
import { openWorld, people, queriesOf, seedBulletin, takeDemoList, type World } from '../world.js';

describe('from file to signed edition', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.close());
  const signOff = () => world.get(SignOffService);
  const issues = () => world.get(IssueService);

  it('freezes content and the 115 people of the scope under one hash', async () => {
    const { editionId } = await aSignedEdition(world);
    const [edition] = await world.query<{
      hash: string;
      content: { number: number };
    }>('SELECT hash, content FROM edition WHERE id = $1', [editionId]);
    const entries = await world.query<{ position: number; entry: { groups: string[] } }>(
      'SELECT position, entry FROM edition_entry WHERE edition_id = $1 ORDER BY position',
      [editionId],
    );
    expect(edition!.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(edition!.content.number).toBe(14);
    expect(edition!.content).not.toHaveProperty('addressing');
    expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 115 }, (_, i) => i + 1));
    expect(entries.filter(({ entry: { groups } }) => groups.length === 2)).toHaveLength(2);
  });

  it('keeps 报, 送 and 发 as printed: on the issue, in what is signed, through an edit, and in no issue without them', async () => {
    await takeDemoList(world);
    const printed = seedBulletin()
      .toString('utf8')
      .replace(/本期发：.*/u, '报：县委常委，县人大正副主任。\n送：法院院长。\n发：县直各单位负责人。');
    const file = { fileName: '报送发.txt', bytes: Buffer.from(printed) };
    const { issueId } = await issues().importBulletin(file, people.editor);
    const stored = (await world.get(IssueRepository).loadIssue(issueId))!;
    expect(stored.scope.map((label, at) => [label, stored.addressing?.[at]])).toEqual([
      ['县委常委', 'up'],
      ['县人大正副主任', 'up'],
      ['法院院长', 'across'],
      ['县直各单位负责人', 'down'],
    ]);
    const reading = toChanges(draftOf(stored), stored);
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
    await issues().edit(issueId, reading.revision, reading.changes, people.editor);
    const { editionId } = await signOff().signOff(issueId, await reviewed(world, issueId), people.approver);
    const content = async (id: string) =>
      (await world.query<{ content: EditionContent }>('SELECT content FROM edition WHERE id = $1', [id]))[0]!.content;
    expect((await content(editionId)).addressing).toEqual(['up', 'up', 'across', 'down']);
    expect(editionView(await content(editionId)).distribution).toEqual([
      { label: '报', groups: '县委常委，县人大正副主任' },
      { label: '送', groups: '法院院长' },
      { label: '发', groups: '县直各单位负责人' },
    ]);
  });

  it('plans the 115 copies with some twenty questions to the database', async () => {
    const { editionId } = await aSignedEdition(world);
    expect(await queriesOf(world, () => world.get(PlanService).plan(editionId))).toBeLessThan(30);
    expect(await world.query('SELECT count(*)::int AS n FROM copy')).toEqual([{ n: 115 }]);
  });

  it('refuses the editor as approver, and anybody without the role', async () => {
    const { issueId, revision } = await anIssue(world);
    const both = { ...people.editor, roles: ['editor', 'approver'] as const };
    await expect(signOff().signOff(issueId, revision, both)).rejects.toMatchObject({
      code: 'issue.sameEditorAndApprover',
    });
    await expect(signOff().signOff(issueId, revision, people.reviewer)).rejects.toMatchObject({
      code: 'account.needsRole',
    });
  });

  it('refuses whoever has ever written in the issue, whatever name stands as editor now', async () => {
    await takeDemoList(world);
    const author = { ...people.approver, roles: ['editor', 'approver'] as const };
    const { issueId } = await issues().importBulletin({ fileName: 'x.txt', bytes: seedBulletin() }, author);
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    await issues().edit(issueId, 1, { ...issue, number: 14, levelReason: undefined }, people.editor);
    const signing = signOff().signOff(issueId, await reviewed(world, issueId), author);
    await expect(signing).rejects.toMatchObject({ code: 'issue.sameEditorAndApprover' });
  });

  it('refuses an edit of an issue whose messages are planned, and changes nothing', async () => {
    const { issueId } = await aPlannedEdition(world);
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    // As an editor's page would send it that was opened before the plan was made.
    await world.query(`UPDATE issue SET state = 'signedOff' WHERE id = $1`, [issueId]);
    const edit = issues().edit(
      issueId,
      issue.revision,
      { ...issue, number: 14, levelReason: undefined },
      people.editor,
    );
    await expect(edit).rejects.toMatchObject({ code: 'issue.frozen' });
    expect(await world.query('SELECT voided_at FROM edition')).toEqual([{ voided_at: null }]);
  });

  it('refuses a page that is older than the issue', async () => {
    const { issueId, revision } = await anIssue(world);
    await expect(signOff().signOff(issueId, revision - 1, people.approver)).rejects.toMatchObject({
      code: 'issue.changedMeanwhile',
    });
  });

  it('signs off once when two approvers press at the same moment', async () => {
    const { issueId, revision } = await anIssue(world);
    const results = await Promise.allSettled([1, 2].map(() => signOff().signOff(issueId, revision, people.approver)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.query('SELECT 1 FROM edition')).toHaveLength(1);
  });

  it('is blocked by an unknown group until it is mapped, and remembers the mapping', async () => {
    const text = (seed: string) => seed.replace('县委常委，县人大', '县委领导班子成员，县人大');
    const { issueId, revision } = await anIssue(world, { text });
    const sign = () => signOff().signOff(issueId, revision, people.approver);
    await expect(sign()).rejects.toMatchObject({ code: 'issue.scopeUnresolved' });

    const groups = await world.get(DistributionService).groups(world.clock.now());
    const leaders = groups.find(({ name }) => name === '县委常委')!;
    await world
      .get(DistributionService)
      .rememberAlias('县委领导班子成员', { kind: 'group', id: leaders.id }, people.editor);
    await expect(sign()).resolves.toHaveProperty('editionId');
  });

  it('voids the sign-off when the issue is changed, keeps the number, and wants the whole chain again', async () => {
    const { issueId, editionId } = await aSignedEdition(world);
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    const changes = {
      ...contentOf(issue),
      issuedOn: issue.issuedOn,
      level: issue.level,
      urgency: issue.urgency,
      scope: issue.scope,
    };
    await issues().edit(issueId, issue.revision, { ...changes, number: 14, sections: issue.sections }, people.editor);

    const [edition] = await world.query('SELECT voided_at FROM edition WHERE id = $1', [editionId]);
    expect(edition!.voided_at).not.toBeNull();
    const [after] = await world.query('SELECT state, number FROM issue WHERE id = $1', [issueId]);
    expect(after).toMatchObject({ state: 'drafting', number: 14 });
    await signOff().signOff(issueId, await reviewed(world, issueId), people.approver);
    expect(await world.query('SELECT version FROM edition ORDER BY version')).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('never gives a number twice', async () => {
    await aSignedEdition(world);
    const { issueId, revision } = await anIssue(world, { text: (seed) => seed.replace('330%', '331%') });
    const sign = signOff().signOff(issueId, revision, people.approver);
    await expect(sign).rejects.toMatchObject({ code: 'issue.numberTaken' });
  });

  it('stores nothing of a classified file but its hash', async () => {
    const secret = Buffer.from(`机密\n\n${seedBulletin().toString('utf8')}`);
    await expect(issues().importBulletin({ fileName: 's.txt', bytes: secret }, people.editor)).rejects.toMatchObject({
      code: 'issue.classified',
    });
    expect(await world.query('SELECT 1 FROM issue')).toHaveLength(0);
    const [entry] = await world.query('SELECT action, detail FROM audit_entry');
    expect(entry).toEqual({ action: 'issue.refusedClassified', detail: {} });
  });

  it('finds a changed audit row', async () => {
    await aSignedEdition(world);
    const audit = world.get(Audit);
    expect((await audit.verify()).brokenAt).toBeNull();
    await expect(world.query(`UPDATE audit_entry SET actor = 'x' WHERE id = 2`)).rejects.toThrow('append-only');
    await world.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only');
    await world.query(`UPDATE audit_entry SET actor = 'x' WHERE id = 2`);
    expect((await audit.verify()).brokenAt).toBe(2n);
  });
});
