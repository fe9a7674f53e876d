import { IssueService } from '../../src/issues/issue.service.js';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { type Answer, type Console, openConsole, type Visitor } from '../console.js';
import { openWorld, seedBulletin, type World } from '../world.js';

describe('nothing that is typed is lost', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let issueId: string;
  beforeEach(async () => {
    world = await openWorld();
    office = await openConsole(world);
    editor = await office.as('editor');
    const by = { id: editor.id, name: '编辑甲', roles: ['editor'] } as const;
    const file = { fileName: 'seed.txt', bytes: seedBulletin() };
    ({ issueId } = await world.get(IssueService).importBulletin(file, by));
  });
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  const edit = () => `/issues/${issueId}/edit`;
  /** The fields of the edit form as a browser would send them. */
  const fieldsOf = ({ text }: Answer): URLSearchParams => {
    const fields = new URLSearchParams();
    const plain = (value: string) =>
      value.replace(/&(amp|lt|gt|quot|#x27|#x60|#x3D);/g, (_, name: string) => entities[name]!);
    for (const [tag, name] of text.matchAll(/<(?:input|textarea)\b[^>]*\bname="([^"]+)"[^>]*>/g)) {
      if (/type="radio"/.test(tag) && !/\bchecked\b/.test(tag)) continue;
      const area = tag.startsWith('<textarea') ? text.slice(text.indexOf(tag) + tag.length) : null;
      const value =
        area === null
          ? /\bvalue="([^"]*)"/.exec(tag)?.[1]
          : area.slice(0, area.indexOf('</textarea>')).replace(/^\n/, '');
      fields.append(name!, plain(value ?? ''));
    }
    return fields;
  };
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#x27': "'",
    '#x60': '`',
    '#x3D': '=',
  };
  const typed = async (changes: Record<string, string>, who = editor) => {
    const fields = fieldsOf(await who.get(edit()));
    for (const [name, value] of Object.entries(changes)) fields.set(name, value);
    return fields;
  };
  const stored = async () => (await world.get(IssueRepository).loadIssue(issueId))!;
  const bodyField = 'sections.0.items.0.body';

  it('answers a refused form with a page that can be loaded again and gone back to, with the text in it', async () => {
    const refused = await editor.post(
      edit(),
      await typed({ number: '第十四期', [bodyField]: '写了很久的一段' }),
      edit(),
    );
    expect([refused.status, /^\/shown\/[\w-]+\?at=/.test(refused.location!)]).toEqual([303, true]);
    for (let again = 0; again < 2; again++) {
      const page = await editor.follow(refused);
      expect(page.status).toBe(422);
      expect(page.text).toContain('写了很久的一段');
      expect(page.text).toContain('请填写1到999999之间的整数');
    }
    const another = await office.as('editor');
    expect(await another.follow(refused)).toMatchObject({ status: 303, location: edit() });
    expect((await office.anybody().follow(refused)).location).toMatch(/^\/signin\?next=/);
    world.clock.pass(61 * 60_000);
    await office.signIn(editor);
    expect(await editor.follow(refused)).toMatchObject({ status: 303, location: edit() });
    expect((await editor.get(edit())).text).toContain('写了很久的一段');
  });

  it.each(['addSection', 'itemDown:0:0', 'removeItem:0:1', 'sectionDown:0', 'addItem:0', 'page:1'])(
    'keeps what was typed when %s is pressed, and says that it is not saved',
    async (step) => {
      const before = await stored();
      const answer = await editor.post(edit(), await typed({ step, issuer: '县府办改' }), edit());
      expect([answer.status, /\/edit\?page=1#/.test(answer.location!)]).toEqual([303, true]);
      const { text } = await editor.follow(answer);
      expect(text).toContain('value="县府办改"');
      expect(text).toMatch(/<form[^>]* data-guard[^>]* data-unsaved/);
      expect(await stored()).toEqual(before);
      const saved = await editor.post(edit(), await typed({ step: 'save' }), edit());
      expect(saved.location).toBe(`/issues/${issueId}`);
      expect((await stored()).issuer).toBe('县府办改');
      expect((await editor.get(edit())).text).not.toContain('data-unsaved');
    },
  );

  it('keeps what is typed while one types, which keeps the session open', async () => {
    for (let minutes = 0; minutes < 90; minutes += 20) {
      world.clock.pass(20 * 60_000);
      expect((await editor.post(`${edit()}/draft`, await typed({ [bodyField]: `写到第${minutes}分钟` }))).status).toBe(
        204,
      );
    }
    expect((await editor.get(edit())).text).toContain('写到第80分钟');
    world.clock.pass(29 * 60_000);
    expect((await editor.post('/drafts?form=%2Falive', {})).status).toBe(204);
    world.clock.pass(29 * 60_000);
    expect((await editor.get(edit())).status).toBe(200);
    const { text } = await editor.follow(await editor.post(edit(), { step: 'discard' }, edit()));
    expect(text).not.toContain('写到第80分钟');
  });

  it('keeps a form that comes after its session, for its account alone, and shows it there after signing in', async () => {
    const fields = await typed({ [bodyField]: '离席前写的', step: 'save' });
    world.clock.pass(31 * 60_000);
    const answer = await editor.post(edit(), fields, edit());
    expect(answer.location).toBe(`/signin?next=${encodeURIComponent(edit())}&kept=1`);
    expect((await editor.follow(answer)).text).toContain('您刚才提交的内容没有丢');
    const another = await office.as('editor');
    expect((await another.get(edit())).text).not.toContain('离席前写的');
    await office.signIn(editor);
    expect((await editor.get(edit())).text).toContain('离席前写的');
    const saved = await editor.post(edit(), await typed({ step: 'save' }), edit());
    expect(saved.location).toBe(`/issues/${issueId}`);
    expect((await stored()).sections[0]!.items[0]!.body).toBe('离席前写的');
  });

  it.each<[string, string, string, Record<string, string>, string]>([
    ['a person', '/people/new', '/people', { name: '新来的同志' }, '新来的同志'],
    ['a group', '/groups', '/groups', { name: '防汛成员单位' }, '防汛成员单位'],
    ['a unit', '/units/new', '/units', { name: '新设的局' }, '新设的局'],
  ])('puts %s back into the form after signing in', async (_, page, action, fields, text) => {
    const { text: form } = await editor.get(page);
    const posts = /<form[^>]*method="post"[^>]*action="(\/[^"]*)"/g;
    const target = [...form.matchAll(posts)].map(([, to]) => to!).find((to) => to.startsWith(action))!;
    world.clock.pass(11 * 3_600_000);
    const answer = await editor.post(target, fields, page);
    expect(answer.location).toBe(`/signin?next=${encodeURIComponent(page)}&kept=1`);
    await office.signIn(editor);
    const shown = await editor.get(page);
    expect(shown.text).toContain(`value="${text}"`);
    expect(shown.text).toContain('还没有办成的内容');
    await editor.post('/drafts/discard', { draft: target }, page);
    expect((await editor.get(page)).text).not.toContain(`value="${text}"`);
  });

  it('keeps the pasted text of an import, but not one that the secrecy gate refuses', async () => {
    const pasted = async (text: string) => {
      await office.signIn(editor);
      world.clock.pass(31 * 60_000);
      await editor.postParts('/issues/new', { text }, '/issues/new');
      await office.signIn(editor);
      return (await editor.get('/issues/new')).text;
    };
    expect(await pasted('一段\n还没有成形的简报')).toContain('还没有成形的简报');
    for (const mark of ['机密★5年', '机　密', '绝密', '密级：秘密', '秘密★长期'])
      expect(await pasted(`${mark}\n某某简报\n正文写在这里`)).not.toContain('正文写在这里');
    expect(await world.query('SELECT 1 FROM form_draft')).toEqual([]);
  });

  it('stores nothing in clear', async () => {
    await editor.post('/drafts?form=%2Fissues%2Fnew', { text: '明文不许出现' });
    await editor.post(edit(), await typed({ number: 'x', [bodyField]: '明文不许出现' }), edit());
    const rows = await world.query<{ sealed: Buffer }>(
      'SELECT sealed FROM form_draft UNION ALL SELECT sealed FROM kept_page',
    );
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const { sealed } of rows) expect(sealed.toString('utf8')).not.toMatch(/明文|<html/);
    await editor.post('/signout', {});
    expect(await world.query('SELECT 1 FROM kept_page')).toEqual([]);
  });

  it.each(['机密★5年', '第三段\n绝　密\n第四段'])(
    'keeps no draft and no page of a text with %j, and shows it once',
    async (secret) => {
      const refused = await editor.post(edit(), await typed({ [bodyField]: secret, step: 'addSection' }), edit());
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('标着密级');
      const rows = await world.query('SELECT 1 FROM form_draft UNION ALL SELECT 1 FROM kept_page');
      expect(rows).toEqual([]);
    },
  );

  it('shows both versions side by side when somebody else was faster, and merges as one chooses', async () => {
    const other = await office.as('editor');
    const [mine, theirs] = [await typed({ [bodyField]: '我写的' }), await typed({ issuer: '他改的编发单位' }, other)];
    await editor.post(`${edit()}/draft`, mine);
    expect((await other.post(edit(), theirs, edit())).location).toBe(`/issues/${issueId}`);
    const conflict = await editor.post(edit(), mine, edit());
    expect(conflict.location).toBe(`${edit()}/merge`);
    const { text } = await editor.follow(conflict);
    for (const part of ['我写的', '他改的编发单位', '全部用我的', '全部用对方的', '按所选合并'])
      expect(text).toContain(part);
    const revision = String((await stored()).revision);
    const merged = await editor.post(`${edit()}/merge`, { revision, act: 'pick' }, `${edit()}/merge`);
    expect((await editor.follow(merged)).text).toContain('还没有保存');
    await editor.post(edit(), await typed({ step: 'save' }), edit());
    const now = await stored();
    expect([now.issuer, now.sections[0]!.items[0]!.body]).toEqual(['他改的编发单位', '我写的']);
  });

  it.each([
    ['mine', '我写的'],
    ['theirs', '他写的'],
  ])('takes %s as a whole, also when nothing was kept before', async (act, body) => {
    const other = await office.as('editor');
    const mine = await typed({ [bodyField]: '我写的' });
    await other.post(edit(), await typed({ [bodyField]: '他写的' }, other), edit());
    expect((await editor.post(edit(), mine, edit())).location).toBe(`${edit()}/merge`);
    const revision = String((await stored()).revision);
    await editor.post(`${edit()}/merge`, { revision, act }, `${edit()}/merge`);
    expect((await editor.get(edit())).text).toContain(body);
    expect((await stored()).sections[0]!.items[0]!.body).toBe('他写的');
  });

  it('puts a comment back on the page whose act came too late', async () => {
    await world.query(`UPDATE issue SET state = 'reviewing'`);
    const reviewer = await office.as('reviewer');
    const page = `/issues/${issueId}`;
    const form = { revision: '99', act: 'sendBack', note: '第二条的数字请再核一遍' };
    const answer = await reviewer.post(`${page}/act`, form, page);
    const problem = await reviewer.follow(answer);
    expect(problem.status).toBe(409);
    expect(problem.text).toContain(`href="${page}"`);
    expect((await reviewer.get(page)).text).toMatch(/<textarea[^>]*>\s*第二条的数字请再核一遍<\/textarea>/);
  });
});
