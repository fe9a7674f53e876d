import { IssueRepository, type StoredIssue } from '../../src/issues/issue.repository.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { asPdfFile, words } from '../pdf-file.js';
import { asWordFile, para, run, textBox } from '../word-file.js';
import { openWorld, people, seedBulletin, type World } from '../world.js';

const text = seedBulletin().toString('utf8');

describe('a bulletin as a Word file', () => {
  let world: World;
  beforeAll(async () => (world = await openWorld()));
  afterAll(() => world.close());
  const take = async (bytes: Buffer) => {
    const { issueId } = await world.get(IssueService).importBulletin({ fileName: '第14期.docx', bytes }, people.editor);
    return (await world.get(IssueRepository).loadIssue(issueId))!;
  };
  const stored = async () => {
    const [row] = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM issue');
    return row!.n;
  };

  it('has the structure of its text', async () => {
    const content = (issue: StoredIssue) => ({
      ...issue,
      ...{ id: '', sourceHash: '', createdAt: null, updatedAt: null },
    });
    const word = await take(asWordFile(text));
    expect(content(word)).toEqual(content(await take(Buffer.from(text))));
    expect(word.sections.flatMap(({ items }) => items)).toHaveLength(8);
  });

  it.each([
    ['in a header', { header: para('机密★5年') }],
    ['in a footer', { footer: para('秘密') }],
    ['in a property', { custom: { 密级: '机密' } }],
    ['as the title of the file', { title: '【绝密】' }],
    ['in a text box', { body: para(textBox(para('机密★'))) + para('青陵政务快报') }],
    ['in hidden text', { body: para(run('青陵政务快报') + run('机密★3年', '<w:vanish/>')) }],
    ['on its first page', { body: ['机密★5年', ...text.split('\n')].map((line) => para(line || '<w:r/>')).join('') }],
    ['beside a text that is no bulletin', { body: para('通知'), header: para('秘密★1年') }],
  ])('marked secret %s is refused; nothing is stored, and the trail says so', async (_, more) => {
    const before = await stored();
    await expect(take(asWordFile(text, more))).rejects.toMatchObject({ code: 'issue.classified' });
    expect(await stored()).toBe(before);
    const [entry] = await world.query('SELECT action, detail FROM audit_entry ORDER BY at DESC, id DESC LIMIT 1');
    expect(entry).toEqual({ action: 'issue.refusedClassified', detail: {} });
  });

  it.each([
    ['a running text about secrecy', { header: para('县保密局：机密文件管理通知') }],
    ['商业秘密 in the title', { title: '商业秘密保护工作简报' }],
  ])('with %s is imported', async (_, more) => {
    const other = text.replace('第 14 期', `第 ${20 + Object.keys(more)[0]!.length} 期`);
    await expect(take(asWordFile(other, more))).resolves.toHaveProperty('number');
  });

  it('has the structure of its text as a PDF too', async () => {
    const own = text.replace('第 14 期', '第 31 期');
    const content = ({ number, issuer, sections, scope }: StoredIssue) => ({
      ...{ number, issuer, scope },
      sections: sections.map(({ name, items }) => ({
        name,
        items: items.map(({ headline, body }) => ({ headline, body })),
      })),
    });
    const ofText = await take(Buffer.from(own));
    const ofPdf = await take(asPdfFile(own.replaceAll('\n', '\n\n')));
    expect(content(ofPdf)).toEqual(content(ofText));
  });

  it.each([
    ['in its title', { more: [`<< /Title ${words('机密')} >>`], trailer: '/Info 100 0 R' }],
    ['and scanned', { pages: [[]], more: [`<< /Title ${words('机密')} >>`], trailer: '/Info 100 0 R' }],
    ['in text that nobody sees', { pages: [[{ text: '机密★5年', x: 90, y: 90, state: '3 Tr' }]] }],
  ])('marked secret as a PDF %s is refused; nothing is stored, and the trail says so', async (_, more) => {
    const before = await stored();
    await expect(take(asPdfFile(text, more))).rejects.toMatchObject({ code: 'issue.classified' });
    expect(await stored()).toBe(before);
    const [entry] = await world.query('SELECT action FROM audit_entry ORDER BY at DESC, id DESC LIMIT 1');
    expect(entry).toEqual({ action: 'issue.refusedClassified' });
  });

  it('that is damaged or no document is refused in words', async () => {
    const refusal = { code: 'issue.notBulletin', details: { reason: expect.stringMatching(/损坏.*另存为/) as string } };
    await expect(take(asWordFile(text).subarray(0, 900))).rejects.toMatchObject(refusal);
  });
});
