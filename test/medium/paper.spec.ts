import { IssueService } from '../../src/issues/issue.service.js';
import { PreferenceService } from '../../src/organisation/preference.service.js';
import { Audit } from '../../src/platform/audit.js';
import { PaperService } from '../../src/reading/paper.service.js';
import { ReadingRepository } from '../../src/reading/reading.repository.js';
import { aPlannedEdition, aPost, committee } from '../builders.js';
import { type Answer, type Console, openConsole, type Visitor } from '../console.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, revisionOf, takeDemoList, type World } from '../world.js';

const pdf = { name: '签收单.pdf', text: '%PDF-1.7\n签字' };

/** Of eleven people the third and the seventh have no address, and the second wants paper beside his mail. */
describe('an issue on paper', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let issue: string;
  let editionId: string;
  let copies: { id: string; number: number; name: string }[];

  let number = 13;

  beforeAll(async () => {
    world = await openWorld({ channels: [new RecordingChannel('email')] });
    await takeDemoList(world);
    for (const order of [3, 7])
      await world.query('DELETE FROM contact WHERE person_id = $1', [(await aPost(world, { order })).person]);
    await world.get(PreferenceService).bringOnPaper((await aPost(world, { order: 2 })).person, true, people.editor);
    office = await openConsole(world);
  });
  /** A further issue, sent on 3 April; now it is the afternoon of the 4th. */
  beforeEach(async () => {
    world.clock.setTo('2025-04-03T10:00');
    const planned = await aPlannedEdition(world, { ...committee, number: (number += 1) });
    [issue, editionId] = [`/issues/${planned.issueId}`, planned.editionId];
    copies = await world.query(
      'SELECT id, copy_number AS number, person_name AS name FROM copy WHERE edition_id = $1 ORDER BY copy_number',
      [editionId],
    );
    world.clock.setTo('2025-04-04T16:00');
    editor = await office.as('editor');
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  const copy = (number: number) => copies.find((one) => one.number === number)!;
  const signed = `/paper/signed`;
  const enter = (numbers: number[], more: Record<string, string> = {}, file?: typeof pdf) =>
    editor.postParts(
      issue + signed,
      { copy: numbers.map((number) => copy(number).id), signedOn: '2025-04-03', note: '', ...more },
      issue + signed,
      file,
    );
  const acknowledged = () =>
    world.query<{ number: number; via: string; by: string | null }>(
      `SELECT copy_number AS number, acknowledged_via AS via, on_behalf_by AS by FROM copy WHERE reading = 'acknowledged' AND edition_id = $1 ORDER BY 1`,
      [editionId],
    );
  const tables = {
    sheets: 'paper_sheet x WHERE x.edition_id = $1',
    scans: 'paper_scan x JOIN paper_sheet s ON s.id = x.sheet_id WHERE s.edition_id = $1',
    counted: 'paper_signature x JOIN paper_sheet s ON s.id = x.sheet_id WHERE s.edition_id = $1 AND x.counted',
    acknowledgements: `reading_evidence x JOIN copy c ON c.id = x.copy_id WHERE c.edition_id = $1 AND x.kind = 'acknowledged'`,
  };
  const count = async (table: keyof typeof tables) =>
    (await world.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${tables[table]}`, [editionId]))[0]!.n;
  const shown = async (answer: Answer): Promise<string> =>
    (answer.location === undefined ? answer : await editor.follow(answer)).text;
  const numbersOn = (html: string): string[] => [...html.matchAll(/>(0\d{5})</g)].map(([, number]) => number!);
  const open = (copyId: string) =>
    world
      .get(ReadingRepository)
      .acknowledge([{ copyId, at: world.clock.now(), via: 'page', onBehalfBy: null, note: null }]);

  it('has a sheet of those whom nothing reaches and those who want paper, and their copies by number', async () => {
    const sheet = (await editor.get(`${issue}/paper`)).text;
    expect(numbersOn(sheet)).toEqual(['000002', '000003', '000007']);
    for (const number of [2, 3, 7]) expect(sheet).toContain(copy(number).name);
    expect(numbersOn((await editor.get(`${issue}/paper?list=all`)).text)).toHaveLength(11);
    const text = (await editor.get(`/copies/${copy(7).id}/print.html`)).text;
    expect(text).toContain('<span>000007</span>');
    // Who has signed on the page is not waited for.
    await open(copy(3).id);
    expect(numbersOn((await editor.get(`${issue}/paper`)).text)).toEqual(['000002', '000007']);
    expect(numbersOn((await editor.get(`${issue}/paper?list=unacknowledged`)).text)).not.toContain('000003');
  });

  it('takes the signatures of many at once, and says everywhere that the office entered them', async () => {
    await open(copy(7).id);
    const answer = await enter([2, 3, 7], { note: '机要员送达' }, pdf);
    expect(answer.status).toBe(303);
    const page = await shown(answer);
    expect(page).toContain('登记2人，签收日期2025年4月3日。');
    expect(page).toContain(`跳过1人，登记前已经签收：第7份${copy(7).name}。`);
    const by = '责任编辑甲';
    expect(await acknowledged()).toEqual([
      { number: 2, via: 'paper', by },
      { number: 3, via: 'paper', by },
      { number: 7, via: 'page', by: null },
    ]);
    const words = `纸质签收（由${by}登记），签收日期2025年4月3日`;
    expect((await editor.get(`${issue}/board?show=acknowledged`)).text.split(words)).toHaveLength(3);
    expect((await editor.get(`${issue}/board.csv`)).text.split(words)).toHaveLength(3);
    const own = (await editor.get(`/copies/${copy(2).id}`)).text;
    expect(own).toContain(
      `<time>2025年4月3日</time><p><strong>纸质签收</strong><br>${words}；2025年4月4日 16:00登记；机要员送达`,
    );
    expect(own).toContain('签收单.pdf');
    const [row] = await world.query<{ actor: string; detail: Record<string, unknown> }>(
      `SELECT actor, detail FROM audit_entry WHERE action = 'reading.paperEntered' ORDER BY id DESC LIMIT 1`,
    );
    expect(row).toMatchObject({ actor: editor.id, detail: { copies: 2, numbers: '2、3', on: '2025-04-03' } });
    expect((await world.get(Audit).verify()).brokenAt).toBeNull();
    // They stay on the sheet, as done.
    expect(numbersOn((await editor.get(`${issue}/paper`)).text)).toEqual(['000002', '000003']);
  });

  it('takes the same entry once, sent twice or by two at once', async () => {
    const answers = await Promise.all([enter([2, 3], {}, pdf), enter([2, 3], {}, pdf)]);
    answers.push(await enter([3, 2], {}, pdf));
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1);
    expect([await count('sheets'), await count('scans'), await count('acknowledgements')]).toEqual([1, 1, 2]);
    // Two entries that overlap: nobody is counted twice.
    await Promise.all([enter([4, 5]), enter([5, 6])]);
    expect((await acknowledged()).map(({ number }) => number)).toEqual([2, 3, 4, 5, 6]);
    expect([await count('counted'), await count('acknowledgements')]).toEqual([5, 5]);
  });

  it('changes nothing where something is wrong, says what, and keeps the ticks', async () => {
    await open(copy(2).id);
    const wrong: [Promise<Answer>, string][] = [
      [enter([]), '请勾选已经签字的人。'],
      [enter([3], { signedOn: '2025-04-05' }), '签收日期不能晚于今天。'],
      [enter([3], { signedOn: '2025-04-02' }), '签收日期不能早于发送的日期'],
      [enter([3], { signedOn: '2025-02-30' }), '日期'],
      [enter([3], {}, { name: '签收单.pdf', text: '<script>alert(1)</script>' }), '扫描件应为PDF、JPEG或PNG文件'],
      [enter([2]), `所选的人都已签收，没有再登记：${copy(2).name}。`],
      [enter([3], { note: '秘密★10年' }), '国家秘密标志'],
    ];
    for (const [answer, words] of wrong) {
      const page = await shown(await answer);
      expect(page).toContain(words);
    }
    const again = await shown(await enter([3, 7], { signedOn: '2025-04-05' }));
    expect(again.match(/type="checkbox"[^>]*name="copy"[^>]* checked/g)).toHaveLength(2);
    const large = await enter([3], {}, { name: 'a.pdf', text: `%PDF-${'0'.repeat(10 * 1024 * 1024)}` });
    expect(await shown(large)).toContain('上限为10 MB');
    expect((await acknowledged()).map(({ number }) => number)).toEqual([2]);
    expect(await count('sheets')).toBe(0);
    // A copy of another issue is nobody's here.
    const other = await aPlannedEdition(world, { ...committee, number: (number += 1) });
    const entry = { copyIds: [copy(3).id], signedOn: '2025-04-04', note: '', scan: null };
    await expect(world.get(PaperService).enter(other.editionId, entry, people.editor)).rejects.toMatchObject({
      code: 'dispatch.notFound',
    });
    const administrator = { ...people.editor, roles: ['systemAdmin'] as const };
    await expect(world.get(PaperService).enter(editionId, entry, administrator)).rejects.toMatchObject({
      code: 'reading.mayNotActOnBehalf',
    });
  });

  it('keeps scans sealed, for those who may see the board, and lets go of one that belongs elsewhere', async () => {
    const entered = await shown(await enter([2], {}, pdf));
    const address = /\/paper-scans\/[0-9a-f-]{36}/.exec(entered)![0];
    const [stored] = await world.query<{ sealed: Buffer }>(
      'SELECT sealed FROM paper_scan ORDER BY added_at DESC, sheet_id LIMIT 1',
    );
    expect(stored!.sealed.includes('签字')).toBe(false);
    const [cookie] = [...editor.cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
      .split('\n');
    const file = await fetch(new URL(address, await office.app.getUrl()), { headers: { cookie: cookie! } });
    expect(await file.text()).toBe(pdf.text);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; .*%E7%AD%BE/) as string,
    });
    expect((await (await office.as('systemAdmin')).get(address)).status).toBe(403);
    expect((await office.anybody().get(address)).status).not.toBe(200);

    const sheet = /\/paper-sheets\/[0-9a-f-]{36}\/scans/.exec(entered)![0];
    const add = (text: string) => editor.postParts(sheet, {}, issue + signed, { name: '第2页.png', text });
    const png = 'JPEG is told by bytes above 127, which a text of a test does not hold: %PDF-';
    expect(await shown(await add(png))).toContain('扫描件应为PDF');
    expect(await shown(await add('%PDF-2.0'))).toContain('第2页.png');
    await add('%PDF-2.0');
    expect(await count('scans')).toBe(2);

    expect((await editor.get(`${address}/remove`)).text).toContain('删除“签收单.pdf”');
    expect(await shown(await editor.post(`${address}/remove`, { confirmed: 'yes' }))).not.toContain('签收单.pdf</a>');
    expect((await editor.get(address)).status).toBe(404);
    expect((await acknowledged()).map(({ number }) => number)).toEqual([2]);
  });

  it('that was taken back is brought to nobody; who had signed before can still be entered', async () => {
    const revision = await revisionOf(world, issue.split('/')[2]!);
    await world.get(IssueService).act(issue.split('/')[2]!, revision, 'withdraw', people.approver, '数字有误');
    world.clock.setTo('2025-04-05T09:00');
    await office.signIn(editor);
    expect((await editor.get(`${issue}/paper`)).text).toContain('请不要再送纸质件');
    expect((await editor.get(`/copies/${copy(3).id}/print.html`)).status).toBe(410);
    expect(await shown(await enter([3], { signedOn: '2025-04-05' }))).toContain('本期已于2025年4月4日撤回');
    expect((await enter([3], { signedOn: '2025-04-04' })).status).toBe(303);
  });

  it('is empty where everybody is reached and nobody wants paper', async () => {
    await world.query(`UPDATE copy SET no_channel_left = false WHERE edition_id = $1`, [editionId]);
    const { person: second } = await aPost(world, { order: 2 });
    await editor.post(`/people/${second}/on-paper`, { onPaper: 'no' });
    expect((await editor.get(`${issue}/paper`)).text).toContain('各通道都能送到');
    expect((await editor.get(`${issue}/paper/signed`)).text).toContain('没有人');
    const { person } = await aPost(world, { order: 5 });
    expect((await editor.post(`/people/${person}/on-paper`, { onPaper: 'yes' })).status).toBe(303);
    expect((await editor.get(`/people/${person}`)).text).toContain('不再送纸质件');
    expect(numbersOn((await editor.get(`${issue}/paper`)).text)).toEqual(['000005']);
  });
});
