import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { ReadingRepository } from '../../src/issues/reading.repository.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { openWorld, type World } from '../world.js';

const text = `青陵快报
第7期
青陵县人民政府办公室
2025年4月3日至5日
【要情】
县水利局完成春季清淤 清淤12公里，投入机具30台，惠及3个村。
节水灌溉面积扩大
全县新增节水灌溉面积2000亩，覆盖5个乡镇。（水利局）
柳河镇启动夏收准备 检修机具300台，备足麦种，晾晒场地已经平整。（柳河镇）
本期发：县委常委。
责任编辑：李勉  审核：王守  签发：周五洲`;

describe('the original beside the form', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let issueId: string;
  const importText = async (bytes: Buffer, fileName = 'a.txt') => {
    const by = { id: editor.id, name: '编辑甲', roles: ['editor'] } as const;
    ({ issueId } = await world.get(IssueService).importBulletin({ fileName, bytes }, by));
  };
  beforeEach(async () => {
    world = await openWorld();
    office = await openConsole(world);
    editor = await office.as('editor');
    await importText(Buffer.from(text));
  });
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  const stored = async () => (await world.get(IssueRepository).loadIssue(issueId))!;
  const form = async () => (await editor.get(`/issues/${issueId}/edit`)).text;
  const press = async (step: string, more: Record<string, string> = {}) => {
    const { revision } = await stored();
    const fields = { revision: String(revision), step, ...more };
    return editor.post(`/issues/${issueId}/reading`, fields, `/issues/${issueId}/edit`);
  };
  const say = (line: number, kind: string, more: Record<string, string> = {}) =>
    press(`line:${line}`, { [`line.${line}`]: kind, ...more });
  const headlines = async () => (await stored()).sections.flatMap(({ items }) => items.map((item) => item.headline));

  it('shows each line with what it was read as, and links it with its part of the form both ways', async () => {
    const html = await form();
    expect(html).toMatch(/id="line-5"[^>]*>.*?<a href="#sections\.0\.name">栏目名<\/a>.*?【要情】/);
    expect(html).toMatch(/id="line-9"[^>]*>.*?<a href="#sections\.0\.items\.1\.headline">稿件开头<\/a>/);
    expect(html).toMatch(/id="item-0-1"[\s\S]*?<a href="#line-9">原文第9行<\/a>/);
    expect(html).toMatch(/id="item-0-0"[\s\S]*?<a href="#line-6">原文第6—8行<\/a>/);
    expect(html).toMatch(/id="line-10"[^>]*>.*?<a href="#scope">发送范围<\/a>/);
  });

  it('takes a second reading at one press, and the first one again', async () => {
    const html = await form();
    expect(html).toMatch(/id="line-4"[^>]*class="is-warned"/);
    expect(html).toMatch(/value="take:0"[^>]*>改为“2025-04-03”/);
    const before = await stored();
    expect(before.issuedOn).toBe('2025-04-05');
    const answer = await press('take:0');
    expect([answer.status, answer.location]).toEqual([303, `/issues/${issueId}/edit?line=4#line-4`]);
    const after = await stored();
    expect([after.issuedOn, after.revision]).toEqual(['2025-04-03', before.revision + 1]);
    expect(after.warnings.filter(({ line }) => line === 4)).toEqual([]);
    const now = (await editor.follow(answer)).text;
    expect(now).toMatch(
      /id="line-4"[^>]*>.*?已按您说的取日期“2025-04-03”。 <button[^>]*value="undo:0"[^>]*>改回“2025-04-05”/,
    );
    await press('undo:0');
    expect((await stored()).issuedOn).toBe('2025-04-05');
    expect(await form()).toContain('value="take:0"');
  });

  it('is one press away on the page that an import leads to', async () => {
    const { text: html } = await editor.get(`/issues/${issueId}`);
    expect(html).toMatch(/id="line-4".*?action="\/issues\/[^"]+\/reading".*?value="take:0">改为“2025-04-03”/);
    const reviewer = await office.as('reviewer');
    expect((await reviewer.get(`/issues/${issueId}`)).text).not.toContain('take:0');
  });

  it('reads all anew around what a person says of a line, and keeps what was said before', async () => {
    expect(await headlines()).toEqual(['县水利局完成春季清淤', '柳河镇启动夏收准备']);
    await press('take:0');
    await say(7, '标题');
    expect(await headlines()).toEqual(['县水利局完成春季清淤', '节水灌溉面积扩大', '柳河镇启动夏收准备']);
    await say(7, '栏目名');
    const after = await stored();
    expect(after.sections.map(({ name, items }) => [name, items.length])).toEqual([
      ['要情', 1],
      ['节水灌溉面积扩大', 2],
    ]);
    expect(after.issuedOn).toBe('2025-04-03');
    expect((await form()).match(/已按您说的/g)).toHaveLength(2);
  });

  it('lets a person say what a line is without a script: first a press for the choices, then the choice', async () => {
    const asked = await press('say:7');
    expect(asked.location).toBe(`/issues/${issueId}/edit?line=7&say=1#line-7`);
    const html = (await editor.follow(asked)).text;
    expect(html).toMatch(/<select id="say" form="edit" name="line\.7">.*<option selected>正文另一段<\/option>/);
    expect(html.match(/<select id="say"/g)).toHaveLength(1);
  });

  it('asks before it reads anew what somebody has edited, and says what stays and what does not', async () => {
    const issue = await stored();
    const sections = issue.sections.map((section) => ({
      ...section,
      items: section.items.map((item, i) =>
        i === 1 ? { ...item, unitName: '柳河镇政府' } : { ...item, body: '改过的正文' },
      ),
    }));
    const by = { id: editor.id, name: '编辑甲', roles: ['editor'] } as const;
    await world
      .get(IssueService)
      .edit(issueId, issue.revision, { ...issue, number: 7, editorName: '李二', sections, levelReason: '' }, by);
    const asked = await say(7, '标题');
    const page = asked.status === 303 ? await editor.follow(asked) : asked;
    expect(page.text).toContain('本期内容已有人改过');
    expect(page.text).toMatch(/保留：.*责任编辑.*柳河镇启动夏收准备.*报送单位/);
    expect(page.text).toMatch(/会被替换：.*县水利局完成春季清淤/);
    expect((await stored()).sections).toEqual(sections);
    await say(7, '标题', { confirmed: 'yes' });
    const after = await stored();
    expect(after.editorName).toBe('李二');
    expect(after.sections[0]?.items.map(({ unitName }) => unitName)).toEqual([null, '水利局', '柳河镇政府']);
  });

  it('refuses what was pressed on an older page, and changes nothing', async () => {
    const { revision } = await stored();
    await press('take:0');
    const again = await editor.post(
      `/issues/${issueId}/reading`,
      { revision: String(revision), step: 'line:7', 'line.7': '标题' },
      `/issues/${issueId}/edit`,
    );
    expect((again.status === 303 ? await editor.follow(again) : again).status).toBe(409);
    expect(await headlines()).toHaveLength(2);
  });

  it('keeps what is typed and not saved, and asks first', async () => {
    const { revision } = await stored();
    const typed = { part: '1', issuer: '县府办改', revision: String(revision) };
    const asked = await say(7, '标题', typed);
    const page = asked.status === 303 ? await editor.follow(asked) : asked;
    expect(page.text).toContain('您还有没保存的改动');
    await say(7, '标题', { confirmed: 'yes' });
    const edit = await editor.get(`/issues/${issueId}/edit`);
    expect(edit.location).toBe(`/issues/${issueId}/edit/merge`);
    expect((await editor.follow(edit)).text).toContain('县府办改');
  });

  it('refuses a reading in which the text is no bulletin any more, and what no button says; nothing is stored', async () => {
    for (const line of [5, 6, 7, 8]) await say(line, '不收入');
    const before = await stored();
    const refused = await say(9, '不收入');
    const page = refused.status === 303 ? await editor.follow(refused) : refused;
    expect([page.status, page.text.includes('全文就不像一期简报了')]).toEqual([422, true]);
    for (const step of ['take:99', 'undo:-1', 'second:1', 'line:400', '']) await press(step, { 'line.400': '标题' });
    await say(2, '不是什么');
    expect(await stored()).toEqual(before);
  });

  it('moves the issue to the publication that the line names', async () => {
    await importText(Buffer.from(text.replace('青陵快报', '一线风采录\n二线风采录')));
    const line = (await stored()).publicationName === '一线风采录' ? 2 : 1;
    await say(line, '刊名');
    expect((await stored()).publicationName).toBe(line === 1 ? '一线风采录' : '二线风采录');
  });

  it('reads a document anew with the looks that its file had', async () => {
    const folder = join(import.meta.dirname, '../fixtures/pdf');
    await importText(readFileSync(join(folder, 'd22_zhuanbao_signer_head.cols.pdf')), 'a.pdf');
    const kept = (await world.get(ReadingRepository).sourceAndReading(issueId))!;
    const before = await stored();
    const [first] = kept.reading!.original.lines;
    expect(kept.looks.size).toBeGreaterThan(0);
    await press(`line:${first!.number}`, { [`line.${first!.number}`]: '文首' });
    expect((await stored()).sections).toEqual(before.sections);
  });

  it('shows an issue that was imported before readings were kept', async () => {
    await world.query('UPDATE issue SET reading = NULL, source_looks = NULL');
    expect(await form()).toContain('改为“2025-04-03”');
    await press('take:0');
    expect((await stored()).issuedOn).toBe('2025-04-03');
    await world.query(`UPDATE issue SET reading = NULL, pins = '[]', source_text = '什么也不是'`);
    expect((await editor.get(`/issues/${issueId}/edit`)).status).toBe(200);
  });
});
