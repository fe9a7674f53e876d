import { IssueService } from '../../src/issues/issue.service.js';
import { IssueRepository } from '../../src/issues/issue.repository.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { knownPages } from '../known-pages.js';
import { openWorld, people, seedBulletin, type World } from '../world.js';

const largest = 150_000;

/** The pages of a large county: 3,000 posts, a group of 1,000 people, an issue of 200 items. */
describe('a page of a large office', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let [issueId, groupId] = ['', ''];
  const size = async (address: string): Promise<number> => {
    const { status, text } = await editor.get(address);
    expect([address, status]).toEqual([address, 200]);
    return Buffer.byteLength(text);
  };

  beforeAll(async () => {
    world = await openWorld();
    office = await openConsole(world);
    editor = await office.as('editor', 'approver', 'systemAdmin');
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const groups = [i < 1000 ? '各乡镇村' : '', i % 30 === 0 ? '领导小组' : ''].filter(Boolean).join(';') || '其他';
      const phone = i < 200 ? `154${String(i).padStart(8, '0')}` : '';
      return `${i + 1},${groups},某某镇第${Math.floor(i / 3)}村,岗位${i},人员${i},${phone},,township,,`;
    });
    const header = 'order,groups,unit,post,name,mobile,email,kind,proxy,wecom';
    const list = Buffer.from([header, ...rows].join('\n'));
    const imported = await world.get(RosterService).import(list, people.editor, world.clock.now());
    expect(imported.ok ? [] : imported.faults.slice(0, 3)).toEqual([]);
    const by = { id: editor.id, name: '编辑', roles: ['editor'] } as const;
    const file = { fileName: 'seed.txt', bytes: seedBulletin() };
    ({ issueId } = await world.get(IssueService).importBulletin(file, by));
    const issue = (await world.get(IssueRepository).loadIssue(issueId))!;
    const item = (i: number) => ({
      headline: `第${i}条的标题`,
      body: '正文'.repeat(150),
      unitName: `单位${i}`,
      author: null,
    });
    const sections = Array.from({ length: 10 }, (_, s) => ({
      name: `栏目${s}`,
      items: Array.from({ length: 20 }, (_, i) => item(s * 20 + i)),
    }));
    const changes = { ...issue, number: 14, levelReason: '测试', sections, scope: ['各乡镇村', '领导小组', '其他'] };
    await world.get(IssueService).edit(issueId, issue.revision, changes, by);
    const source = Array.from({ length: 2000 }, (_, i) => `第${i}行${'原文'.repeat(30)}`).join('\n');
    const doubts = Array.from({ length: 115 }, (_, i) => ({
      line: i * 9 + 1,
      code: 'x',
      message: '这一行像标题，没有认作标题。',
    }));
    await world.query('UPDATE issue SET source_text = $1, warnings = $2', [source, JSON.stringify(doubts)]);
    const [group] = await world.query<{ id: string }>(`SELECT id FROM recipient_group WHERE name = '各乡镇村'`);
    groupId = group!.id;
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  it('is no larger than 150 KB, whichever it is', async () => {
    const one = async (table: string) => (await world.query<{ id: string }>(`SELECT id FROM ${table} LIMIT 1`))[0]?.id;
    const ids: [RegExp, string | undefined][] = [
      [/^\/issues\/:/, issueId],
      [/^\/groups\/:/, groupId],
      [/^\/units\/:/, await one('unit')],
      [/^\/posts\/:/, await one('post')],
      [/^\/people\/:/, await one('person')],
      [/^\/publications\/:/, await one('publication')],
    ];
    const heavy: [string, number][] = [];
    let looked = 0;
    // The sheet for the office's printer is one whole issue.
    for (const route of knownPages().filter((page) => !page.endsWith('print.html'))) {
      const id = ids.find(([pattern]) => pattern.test(route))?.[1];
      if (route.includes(':') && id === undefined) continue;
      const address = route.replace(/:\w+/g, id ?? '');
      const { status, text } = await editor.get(address);
      if (status === 200) looked += 1;
      if (Buffer.byteLength(text) > largest) heavy.push([route, Buffer.byteLength(text)]);
    }
    expect(looked).toBeGreaterThan(40);
    expect(heavy).toEqual([]);
  });

  it('of an issue and of its form leads to every item, person and line, page by page', async () => {
    const seen = new Set<string>();
    const leaf = async (start: string, next: RegExp, look: (text: string) => void) => {
      let [address, pages]: [string | undefined, number] = [start, 0];
      while (address !== undefined && pages < 100) {
        const { text } = await editor.get(address);
        expect(Buffer.byteLength(text)).toBeLessThan(largest);
        look(text);
        address = next.exec(text)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').split('#')[0];
        pages += 1;
      }
    };
    const collect = (pattern: RegExp) => (text: string) => {
      for (const [found] of text.matchAll(pattern)) seen.add(found);
    };
    const link = (name: string) => new RegExp(`rel="next" href="([^"]*${name}[^"]*)"`);
    await leaf(`/issues/${issueId}`, link('items'), collect(/<h4>第\d+条的标题<\/h4>/g));
    expect(seen.size).toBe(200);
    seen.clear();
    await leaf(`/issues/${issueId}`, link('lines'), collect(/id="line-\d+"/g));
    expect(seen.size).toBe(2000);
    seen.clear();
    await leaf(`/issues/${issueId}`, link('people'), collect(/<th scope="row">人员\d+<\/th>/g));
    expect(seen.size).toBe(3000);
    seen.clear();
    await leaf(`/groups/${groupId}`, link('page'), collect(/<th scope="row">[^<]*岗位\d+<\/th>/g));
    expect(seen.size).toBe(1000);
    seen.clear();
    await leaf('/units', link('page'), collect(/<a href="\/units\/[0-9a-f-]{36}">/g));
    expect(seen.size).toBe(1000);
    seen.clear();
    let page = 1;
    for (; page <= 30; page++) {
      const { text } = await editor.get(`/issues/${issueId}/edit?page=${page}`);
      expect(Buffer.byteLength(text)).toBeLessThan(largest);
      collect(/value="第\d+条的标题"/g)(text);
      if (!text.includes(`value="page:${page + 1}"`)) break;
    }
    expect(seen.size).toBe(200);
  });

  it('has one warning for each reason, with how many it concerns, and all of them folded behind it', async () => {
    const { text } = await editor.get(`/issues/${issueId}`);
    expect(text).toContain('导入时有115处需核对');
    expect(text.split('这一行像标题，没有认作标题。（115处）')).toHaveLength(2);
    const unreachable = [...text.matchAll(/有([\d,]+)人：/g)].map(([, count]) => Number(count));
    expect(unreachable.length).toBeGreaterThan(0);
    expect(unreachable.length).toBeLessThan(5);
  });

  it('takes what is typed on one page of the form along to the others, and moves across their edges', async () => {
    const edit = `/issues/${issueId}/edit`;
    const form = async (page: number) => (await editor.get(`${edit}?page=${page}`)).text;
    const field = (text: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)![1]!;
    const first = await form(1);
    const revision = field(first, 'revision');
    const last = [...first.matchAll(/name="(sections\.\d+\.items\.\d+)\.key"/g)].at(-1)![1]!;
    const fields = { revision, part: '1', number: '99', [`${last}.key`]: field(first, `${last}\\.key`) };
    const text = {
      [`${last}.headline`]: '改过的标题',
      [`${last}.body`]: '改过',
      [`${last}.unitName`]: '',
      [`${last}.author`]: '',
    };
    const [, s, i] = /sections\.(\d+)\.items\.(\d+)/.exec(last)!;
    const answer = await editor.post(edit, { ...fields, ...text, step: `itemDown:${s}:${i}` }, edit);
    expect(answer.location).toBe(`${edit}?page=1#item-1-0`);
    const now = await form(1);
    const key = { 'sections.1.items.0.key': field(now, 'sections\\.1\\.items\\.0\\.key') };
    const again = await editor.post(edit, { revision, part: '1', ...key, step: 'itemDown:1:0' }, edit);
    expect(again.location).toBe(`${edit}?page=2#item-1-1`);
    const second = await form(2);
    expect(second).toContain('value="改过的标题"');
    expect(await form(1)).toContain('value="99"');
    const found = await editor.post(edit, { revision, part: '2', find: '第150条', step: 'find' }, edit);
    const hit = await editor.follow({ ...found, location: found.location!.split('#')[0] });
    expect(hit.text).toContain('value="第150条的标题"');
    const saved = await editor.post(edit, { revision, part: '2', step: 'save' }, edit);
    expect(saved.location).toBe(`/issues/${issueId}`);
    const stored = (await world.get(IssueRepository).loadIssue(issueId))!;
    expect(stored.sections.flatMap(({ items }) => items)).toHaveLength(200);
    expect(stored.proposedNumber).toBe(99);
  });

  it('comes back to the page on which one pressed', async () => {
    const [unit] = await world.query<{ id: string; version: number }>(
      'SELECT id, version FROM unit ORDER BY sort_order OFFSET 150 LIMIT 1',
    );
    const [after] = await world.query<{ id: string }>('SELECT id FROM unit ORDER BY sort_order OFFSET 151 LIMIT 1');
    const moved = await editor.post(
      `/units/${unit!.id}/move`,
      { version: String(unit!.version), after: after!.id },
      '/units?page=2',
    );
    expect(moved.location).toMatch(new RegExp(`/units\\?done=[^&]+&page=2#unit-${unit!.id}`));
    expect(await size('/units?q=第999村')).toBeLessThan(10_000);
    const group = `/groups/${groupId}?page=5`;
    const { text } = await editor.get(group);
    const [, version, postId] = /name="version" value="(\d+)"><input type="hidden" name="postId" value="([^"]+)"/.exec(
      text,
    )!;
    const gone = await editor.post(`/groups/${groupId}`, { version: version!, postId: postId!, act: 'exclude' }, group);
    expect(gone.location).toBe(group);
    expect((await editor.get(`/groups/${groupId}?who=人员777`)).text).toContain('岗位777');
  });
});
