import { IssueRepository } from '../../src/issues/issue.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { openWorld, type World } from '../world.js';

/** An issue that is corrected shows how its paper is set; the next one is read so. */

const issue = (series: string, number: number, checker: string, deed: string): string => `${series}
第${number}期
青陵县人民政府办公室
2025年4月3日
【要情】
上下联动，县水利局${deed}
已完成12处。（水利局）
上下联动，柳河镇启动夏收准备
检修机具300台，备足麦种。（柳河镇）
本期发：县委常委。
责任编辑：李勉  把关：${checker}  签发：周五洲`;

describe('the layout of a publication', () => {
  let world: World;
  let office: Console;
  let [editor, admin]: Visitor[] = [];
  beforeAll(async () => {
    world = await openWorld();
    office = await openConsole(world);
    editor = await office.as('editor');
    admin = await office.as('systemAdmin');
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  const take = async (text: string): Promise<string> => {
    const by = { id: editor!.id, name: '编辑甲', roles: ['editor'] } as const;
    const { issueId } = await world
      .get(IssueService)
      .importBulletin({ fileName: 'a.txt', bytes: Buffer.from(text) }, by);
    return issueId;
  };
  const stored = async (id: string) => (await world.get(IssueRepository).loadIssue(id))!;
  const codes = async (id: string) => (await stored(id)).warnings.map(({ code }) => code);
  const publicationOf = async (id: string) => (await stored(id)).publicationId;
  const correct = async (id: string, reviewerName: string) => {
    const { revision, ...now } = await stored(id);
    const by = { id: editor!.id, name: '编辑甲', roles: ['editor'] } as const;
    const { serialNumber, issuedOn, issuer, urgency, scope, editorName, approverName, sections } = now;
    const head = { number: now.proposedNumber, serialNumber, issuedOn, issuer, level: now.markedLevel, urgency, scope };
    const changes = { ...head, editorName, reviewerName, approverName, sections };
    await world.get(IssueService).edit(id, revision, changes, by);
  };
  const layoutPage = (id: string) => `/publications/${id}/layout`;

  it('is learned when somebody corrects an issue, and the next one needs no correction', async () => {
    const first = await take(issue('青陵快报', 7, '王守', '完成春季清淤'));
    const publication = await publicationOf(first);
    expect((await admin!.get(`/publications/${publication}`)).text).toContain('还没有记下这个刊物的版式');
    expect(await codes(first)).toContain('no_sign_off');
    await correct(first, '王守');
    const next = await take(issue('青陵快报', 8, '孙立', '修复水毁工程'));
    expect(await codes(next)).toEqual([]);
    expect((await stored(next)).reviewerName).toBe('孙立');
    const words = (await admin!.get(`/publications/${publication}`)).text;
    expect(words).toContain('刊头：青陵快报');
    expect(words).toContain('期号写作：第N期');
    expect(words).toContain('栏目写作：【栏目名】');
    expect(words).toContain('审核人前的字样：“把关”');
  });

  it('is that of no other publication', async () => {
    const other = await take(issue('青陵快报增刊版简报', 1, '赵立', '加固病险水库'));
    expect((await stored(other)).reviewerName).toBeNull();
    expect((await admin!.get(`/publications/${await publicationOf(other)}`)).text).toContain(
      '还没有记下这个刊物的版式',
    );
  });

  it('learns anew when the same issue is corrected again, so that a slip of the hand stays nowhere', async () => {
    const first = await take(issue('青陵信息', 3, '王守', '开展巡查'));
    const publication = await publicationOf(first);
    await correct(first, '李勉');
    await correct(first, '王守');
    const { text } = await admin!.get(`/publications/${publication}`);
    expect(text).toContain('审核人前的字样：“把关”');
    expect(text).not.toContain('审核人前的字样：“责任编辑”');
  });

  it('is changed, removed and emptied by whoever may set up publications, and the trail says so', async () => {
    const [row] = await world.query<{ id: string }>(`SELECT id FROM publication WHERE name = '青陵快报'`);
    const { id } = row!;
    expect((await editor!.get(layoutPage(id))).status).toBe(403);
    const html = (await admin!.get(layoutPage(id))).text;
    const seen = /name="seen" value="([^"]*)"/.exec(html)![1]!;
    const fields = (more: Record<string, string>) => ({ ...formOf(html), seen, ...more });
    const wrong = await admin!.post(layoutPage(id), fields({ section: '【】', mark: '很多字' }), layoutPage(id));
    const shown = await admin!.follow(wrong);
    expect(shown.status).toBe(422);
    expect(shown.text).toContain('请用一个{名}代表名称');
    const saved = await admin!.post(
      layoutPage(id),
      fields({ section: '〖{名}〗', reviewerLabels: '' }),
      layoutPage(id),
    );
    expect([saved.status, saved.location]).toEqual([303, `/publications/${id}?layout=saved#layout-title`]);
    const words = (await admin!.get(`/publications/${id}?layout=saved`)).text;
    expect(words).toContain('栏目写作：〖栏目名〗（手工填写）');
    expect(words).toContain('审核人前的字样：不使用（手工填写）');
    const late = await admin!.post(layoutPage(id), fields({ section: '《{名}》' }), layoutPage(id));
    const refused = late.location === undefined ? late : await admin!.follow(late);
    expect([refused.status, refused.text.includes('版式刚刚有了变化')]).toEqual([409, true]);
    const next = await take(issue('青陵快报', 9, '钱一', '疏浚河道'));
    expect((await stored(next)).reviewerName).toBeNull();
    await correct(next, '钱一');
    expect((await admin!.get(`/publications/${id}`)).text).toContain('栏目写作：〖栏目名〗（手工填写）');
    const answer = await admin!.post(`${layoutPage(id)}/reset`, {}, layoutPage(id));
    const asked = answer.location === undefined ? answer : await admin!.follow(answer);
    expect(asked.text).toContain('清空“青陵快报”的版式');
    const now = /name="seen" value="([^"]*)"/.exec(asked.text)![1]!;
    await admin!.post(`${layoutPage(id)}/reset`, { seen: now, confirmed: 'yes' }, layoutPage(id));
    expect((await admin!.get(`/publications/${id}`)).text).toContain('还没有记下这个刊物的版式');
    const trail = await world.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE action LIKE 'publication.layout%' ORDER BY id`,
    );
    expect(trail.map(({ action }) => action)).toEqual(['publication.layoutSet', 'publication.layoutReset']);
  });
});

/** What the fields of a page hold. */
function formOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of html.matchAll(
    /<input id="[^"]*" name="([^"]+)" type="text" value="([^"]*)"/g,
  ))
    fields[name] = unescaped(value);
  for (const [, name = '', value = ''] of html.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)<\/textarea>/g))
    fields[name] = unescaped(value);
  for (const [, name = '', options = ''] of html.matchAll(/<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs))
    fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? '';
  return fields;
}

const unescaped = (text: string): string =>
  text
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
