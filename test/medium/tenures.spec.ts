import { BoardRepository } from '../../src/console/sending/board.repository.js';
import { DistributionService } from '../../src/distribution/groups/distribution.service.js';
import { LiaisonService } from '../../src/organisation/liaison.service.js';
import { ListChangeService } from '../../src/organisation/list-change.service.js';
import { type TenureAct, TenureService } from '../../src/organisation/tenure.service.js';
import { UnitService } from '../../src/organisation/unit.service.js';
import { Audit } from '../../src/platform/audit.js';
import { Database } from '../../src/platform/database.js';
import { aPlannedEdition, aPost } from '../builders.js';
import { openWorld, people, type World } from '../world.js';

const dayMs = 86_400_000;
const scope = ['县委常委', '县人大正副主任', '副县长', '检察院检察长'];

describe('tenures', () => {
  let world: World;
  let tenures: TenureService;
  let changes: ListChangeService;
  let editionId: string;

  beforeAll(async () => {
    world = await openWorld();
    tenures = world.get(TenureService);
    changes = world.get(ListChangeService);
    world.clock.pass(-50 * dayMs); // 12 February 2025
    ({ editionId } = await aPlannedEdition(world));
  });
  afterAll(() => world.close());

  const seat = (holder: string) => aPost(world, { holder });
  const receivers = async (at: string) =>
    (await world.get(DistributionService).resolve(scope, new Date(`${at}T02:00:00Z`))).entries.map(({ name }) => name);
  const act = (change: Partial<TenureAct>): TenureAct => ({
    act: 'tenure.appointed',
    on: '2025-04-03',
    reason: '',
    wishes: [],
    leaves: [],
    leavesOthers: false,
    backTo: '/list',
    ...change,
  });
  const perform = async (wanted: TenureAct) =>
    tenures.perform(wanted, (await tenures.draft(wanted)).stamp, people.editor);

  it('keeps who left in March on the board of February under the old post, and sends nothing in April', async () => {
    const { tenure, person } = await seat('秦甲');
    world.clock.pass(40 * dayMs); // 24 March: the paper came late
    const leaving = act({ act: 'tenure.ended', on: '2025-03-15', leaves: [tenure], reason: '任免文件3月20日收到' });
    await expect(tenures.draft({ ...leaving, reason: '' })).rejects.toMatchObject({ code: 'list.lateNeedsReason' });
    const { lines, warnings } = await tenures.draft(leaving);
    expect(lines).toEqual(['县政府 副县长：秦甲自2025年3月15日起不再任职。']);
    expect(warnings).toContain('秦甲此后不任任何岗位，不再收到简报；已发各期仍记在其名下。');
    await perform(leaving);

    const board = new BoardRepository(world.get(Database));
    const copies = await board.copies(editionId, 'all', { after: 0 }, 10_000);
    expect(copies.find((copy) => copy.personName === '秦甲')).toMatchObject({
      postTitle: '副县长',
      unitName: '县政府',
    });
    expect(await receivers('2025-02-12')).toContain('秦甲');
    expect(await receivers('2025-03-14')).toContain('秦甲');
    expect(await receivers('2025-03-15')).not.toContain('秦甲');
    world.clock.pass(10 * dayMs); // 3 April
    const { editionId: next } = await aPlannedEdition(world, { number: 15 });
    const sent = await world.query<{ person_id: string }>('SELECT person_id FROM copy WHERE edition_id = $1', [next]);
    expect([sent.length, sent.some((copy) => copy.person_id === person)]).toEqual([114, false]);
  });

  it('appoints for a day to come: until then the old one receives, from then on the new one', async () => {
    const before = await seat('魏甲');
    const wish = { postId: before.post, person: { newName: '新乙' }, actingKind: null, endsHolder: false };
    const wanted = act({ on: '2025-05-01', wishes: [wish] });
    const { lines } = await tenures.draft(wanted);
    expect(lines).toHaveLength(2);
    const change = await perform(wanted);
    expect(await receivers('2025-04-30')).toEqual(expect.arrayContaining(['魏甲']));
    expect(await receivers('2025-05-01')).toEqual(expect.arrayContaining(['新乙']));
    expect(await receivers('2025-05-01')).not.toContain('魏甲');

    await changes.undo(change, people.editor);
    expect(await receivers('2025-05-01')).toContain('魏甲');
    expect(await seat('魏甲')).toEqual(before);
    await expect(changes.undo(change, people.editor)).rejects.toMatchObject({ code: 'list.undone' });
  });

  it('lets somebody act beside the holder without sending to him, and instead of one', async () => {
    const { post } = await seat('蒋甲');
    const acting = { postId: post, person: { newName: '代甲' }, actingKind: 'presiding' as const, endsHolder: false };
    const beside = await perform(act({ wishes: [acting] }));
    expect(await receivers('2025-04-03')).toContain('蒋甲');
    expect(await receivers('2025-04-03')).not.toContain('代甲');
    await changes.undo(beside, people.editor);
    await perform(act({ wishes: [{ ...acting, endsHolder: true }] }));
    const now = await receivers('2025-04-03');
    expect([now.includes('蒋甲'), now.includes('代甲')]).toEqual([false, true]);
  });

  it('refuses an act that was prepared before somebody else changed the post', async () => {
    const { post } = await seat('韩甲');
    const wish = (newName: string) =>
      act({ wishes: [{ postId: post, person: { newName }, actingKind: null, endsHolder: false }] });
    const { stamp } = await tenures.draft(wish('甲方'));
    await tenures.perform(wish('乙方'), stamp, people.editor);
    await expect(tenures.perform(wish('甲方'), stamp, people.reviewer)).rejects.toMatchObject({
      code: 'list.changedMeanwhile',
      status: 409,
    });
  });

  it('undoes nothing that others have built upon', async () => {
    const { post } = await seat('杨甲');
    const wish = (newName: string, on: string) =>
      act({ on, wishes: [{ postId: post, person: { newName }, actingKind: null, endsHolder: false }] });
    const first = await perform(wish('先来', '2025-04-03'));
    await perform(wish('后来', '2025-04-04'));
    await expect(changes.undo(first, people.editor)).rejects.toMatchObject({ code: 'list.undoTooLate' });
  });

  it('swaps two holders in one act, and brings both back', async () => {
    const [a, b] = [await seat('何甲'), await seat('吕甲')];
    const wishes = [
      { postId: a.post, person: { id: b.person }, actingKind: null, endsHolder: false },
      { postId: b.post, person: { id: a.person }, actingKind: null, endsHolder: false },
    ];
    const change = await perform(act({ act: 'tenure.turnover', wishes }));
    expect([(await seat('何甲')).post, (await seat('吕甲')).post]).toEqual([b.post, a.post]);
    await changes.undo(change, people.editor);
    expect([await seat('何甲'), await seat('吕甲')]).toEqual([a, b]);
  });

  it('is all or nothing for many posts: one line that cannot be refuses all', async () => {
    const [a, b] = [await seat('何甲'), await seat('吕甲')];
    const wishes = [
      { postId: a.post, person: { newName: '换一' }, actingKind: null, endsHolder: false },
      { postId: b.post, person: { id: b.person }, actingKind: null, endsHolder: false },
    ];
    await expect(tenures.draft(act({ wishes }))).rejects.toMatchObject({ code: 'list.alreadyHolds' });
    expect(await seat('何甲')).toEqual(a);
  });

  it('corrects a mistaken entry only with a reason, and says so in the trail', async () => {
    const { tenure } = await seat('何甲');
    const { stamp, tenure: entry } = await tenures.forCorrection(tenure);
    const to = { personId: entry.personId, startsOn: '2020-01-01', endsOn: null, actingKind: null };
    const refusal = tenures.correct(tenure, to, '', stamp, people.editor);
    await expect(refusal).rejects.toMatchObject({ code: 'list.correctionNeedsReason' });
    await tenures.correct(tenure, to, '任职文件是2020年1月1日', stamp, people.editor);
    const [trail] = await world.query(`SELECT detail FROM audit_entry WHERE action = 'tenure.corrected'`);
    expect(trail).toMatchObject({
      detail: { was: { startsOn: '2025-02-12' }, becomes: to, reason: '任职文件是2020年1月1日' },
    });
    expect(await world.get(Audit).verify()).toMatchObject({ brokenAt: null });
  });

  it('takes the liaison officer of a post before its unit’s, by date', async () => {
    const { post } = await seat('何甲');
    const [{ unit_id: unitId } = { unit_id: '' }] = await world.query<{ unit_id: string }>(
      'SELECT unit_id FROM post WHERE id = $1',
      [post],
    );
    const liaisons = world.get(LiaisonService);
    const officer = async (at: string) =>
      (await world.get(DistributionService).resolve(scope, new Date(`${at}T02:00:00Z`))).entries.find(
        ({ name }) => name === '何甲',
      )?.liaison;
    await liaisons.addLiaison({ unitId }, { newName: '联甲' }, '2025-04-10', people.editor);
    const own = await liaisons.addLiaison({ postId: post }, { newName: '联乙' }, '2025-04-20', people.editor);
    expect([await officer('2025-04-09'), await officer('2025-04-10'), await officer('2025-04-20')]).toEqual([
      null,
      '联甲',
      '联乙',
    ]);
    await changes.undo(own, people.editor);
    expect(await officer('2025-04-20')).toBe('联甲');
  });

  it('closes a unit with its posts, and opens all of it again', async () => {
    const [{ unit_id: unitId } = { unit_id: '' }] = await world.query<{ unit_id: string }>(
      `SELECT unit_id FROM post WHERE id = $1`,
      [(await seat('潘乙')).post],
    );
    const units = world.get(UnitService);
    await world.get(LiaisonService).addLiaison({ unitId }, { newName: '联丙' }, '2025-04-01', people.editor);
    const { version } = await units.get(unitId);
    const serving = () =>
      world.query('SELECT ends_on::text AS until FROM liaison l JOIN person p ON p.id = l.person_id WHERE name = $1', [
        '联丙',
      ]);
    const { lines } = await units.closingDraft(unitId, '2025-04-03', '');
    expect(lines.join('\n')).toMatch(/联丙自2025年4月3日起不再任.*联络员/);
    const change = await units.close(unitId, version, '2025-04-03', '', people.editor);
    const all = ['各乡（镇）政府、街道办事处主要领导'];
    const scoped = async () =>
      (await world.get(DistributionService).resolve(all, world.clock.now())).entries.map(({ name }) => name);
    expect(await scoped()).not.toContain('潘乙');
    expect(await serving()).toEqual([{ until: '2025-04-03' }]);
    await changes.undo(change, people.editor);
    expect(await scoped()).toContain('潘乙');
    expect(await serving()).toEqual([{ until: null }]);
    await expect(units.close(unitId, version, '2025-04-03', '', people.editor)).rejects.toMatchObject({
      code: 'list.changedMeanwhile',
    });
  });
});
