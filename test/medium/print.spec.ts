import { createHash } from 'node:crypto';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { PlanService } from '../../src/dispatch/plan/plan.service.js';
import { Preflight } from '../../src/dispatch/plan/preflight.js';
import { defaultPolicy } from '../../src/domain/sending/channel-policy.js';
import { PublicationService } from '../../src/issues/publication.service.js';
import { SignOffService } from '../../src/issues/sign-off.service.js';
import type { EmailContent } from '../../src/rendering/message.js';
import { anIssue, aPlannedEdition, committee } from '../builders.js';
import { type Console, openConsole, type Visitor } from '../console.js';
import { printedPages } from '../printed-pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, takeDemoList, type World } from '../world.js';

const never = new AbortController().signal;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The second of eleven people reads his mail outside of the office's own domain. */
describe('an issue as PDF', () => {
  let world: World;
  let office: Console;
  let editor: Visitor;
  let email: RecordingChannel;

  beforeAll(async () => {
    email = new RecordingChannel('email');
    world = await openWorld({ channels: [email], environment: { MAIL_OWN_DOMAINS: 'yanjin.example' } });
    await takeDemoList(world);
    await world.query(
      `UPDATE contact SET mail_domain = 'elsewhere.example' WHERE kind = 'email' AND person_id =
       (SELECT t.person_id FROM tenure t JOIN post p ON p.id = t.post_id WHERE p.protocol_order = 2)`,
    );
    office = await openConsole(world, [email]);
    editor = await office.as('editor');
  });
  afterAll(async () => {
    await office.close();
    await world.close();
  });

  const attaches = async (attachesPdf: boolean) => {
    const [row] = await world.query<{ id: string }>('SELECT id FROM publication');
    await world.get(PublicationService).setPolicy(row!.id, { ...defaultPolicy, attachesPdf }, people.editor);
  };
  const file = async (visitor: Visitor, address: string) => {
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${await office.app.getUrl()}${address}`, { headers: { cookie }, redirect: 'manual' });
    const { status, headers } = answer;
    const name = /filename\*=UTF-8''(.*)$/.exec(headers.get('content-disposition') ?? '')?.[1] ?? '';
    return {
      status,
      type: headers.get('content-type'),
      name: decodeURIComponent(name),
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const send = async () => {
    email.taken.length = 0;
    await world.get(DeliveryService).sendDue('email', never);
    return email.taken.map(({ content }) => content as EmailContent);
  };
  const linkOf = ({ html }: EmailContent) => /\/r\/([\w-]{22})/.exec(html)![1]!;
  const kept = (editionId: string) =>
    world.query<{ sha256: string }>('SELECT sha256 FROM edition_print WHERE edition_id = $1', [editionId]);

  it('is a draft before sign-off, and then one file for mail, office, reader and archive', async () => {
    const { issueId, revision } = await anIssue(world, committee);
    await attaches(true);
    const draft = await file(editor, `/issues/${issueId}/print.pdf`);
    expect(draft).toMatchObject({ status: 200, type: 'application/pdf', name: '延津政务快报第14期（草稿）.pdf' });
    expect((await printedPages(draft.bytes)).pages.every(({ text }) => /草\s*稿/.test(text))).toBe(true);
    expect((await world.get(Preflight).check(issueId)).lines.filter(({ text }) => text.includes('PDF'))).toEqual([]);

    const { editionId } = await world.get(SignOffService).signOff(issueId, revision, people.approver);
    await world.get(PlanService).plan(editionId);
    const mails = await send();
    expect(mails).toHaveLength(11);
    expect(new Set(mails.map(({ attachment }) => attachment)).size).toBe(1);
    const { name, bytes } = mails[0]!.attachment!;
    expect(name).toBe('延津政务快报第14期.pdf');
    expect(await kept(editionId)).toEqual([{ sha256: sha256(bytes) }]);
    expect((await printedPages(bytes)).pages[0]!.text).not.toMatch(/草\s*稿/);

    for (const [visitor, address] of [
      [editor, `/issues/${issueId}/print.pdf`],
      [office.anybody(), `/r/${linkOf(mails[0]!)}/issue.pdf`],
    ] as const)
      expect(await file(visitor, address)).toMatchObject({ status: 200, name, bytes: Buffer.from(bytes) });
    expect((await editor.get(`/issues/${issueId}`)).text).toContain(sha256(bytes));
    expect(await world.query(`SELECT 1 FROM reading_evidence WHERE kind <> 'fetched'`)).toEqual([]);

    const [copy] = await world.query<{ id: string }>('SELECT id FROM copy WHERE copy_number = 7');
    const own = await file(editor, `/copies/${copy!.id}/print.pdf`);
    expect((await printedPages(own.bytes)).pages[0]!.text).toContain('000007');
  });

  it('goes by mail only to whom the class lets have the full text, and only where the publication says so', async () => {
    await attaches(true);
    const internal = await aPlannedEdition(world, { ...committee, level: 'internal', number: 15 });
    const [mails, domains] = [
      await send(),
      await world.query<{ carry: string }>('SELECT carry FROM delivery WHERE edition_id = $1', [internal.editionId]),
    ];
    expect(domains.filter(({ carry }) => carry === 'notice')).toHaveLength(1);
    expect(mails.filter(({ attachment }) => attachment === undefined)).toHaveLength(1);
    // The link alone opens no internal issue, and no file of it.
    expect(await file(office.anybody(), `/r/${linkOf(mails[0]!)}/issue.pdf`)).toMatchObject({ status: 303 });

    await attaches(false);
    const { editionId } = await aPlannedEdition(world, { ...committee, number: 16 });
    expect((await send()).map(({ attachment }) => attachment)).toEqual(Array(11).fill(undefined));
    expect(await kept(editionId)).toEqual([]);
  });

  it('goes out on paper with a sheet to sign, which lists whom the page lists', async () => {
    const [issue] = await world.query<{ id: string }>('SELECT id FROM issue WHERE number = 14');
    const sheet = await file(editor, `/issues/${issue!.id}/paper/sheet.pdf?list=all`);
    expect(sheet).toMatchObject({ status: 200, name: '签收单：延津政务快报第14期.pdf' });
    const text = (await printedPages(sheet.bytes)).pages.map((page) => page.text).join('');
    const { text: listed } = await editor.get(`/issues/${issue!.id}/paper?list=all`);
    const numbers = [...text.matchAll(/0000\d\d/g)].map(([number]) => number);
    expect(numbers).toHaveLength(11);
    expect(numbers).toEqual([...listed.matchAll(/>(0000\d\d)</g)].map(([, number]) => number));
    expect(text).toMatch(/份号\s*职务\s*姓名\s*签收人\s*签收时间/);
  });

  it('is kept with what is archived, whoever asked for it before', async () => {
    const [issue] = await world.query<{ id: string; revision: number }>(
      'SELECT id, revision FROM issue WHERE number = 16',
    );
    await editor.post(`/issues/${issue!.id}/archive`, { revision: String(issue!.revision) });
    const [{ id }] = (await world.query<{ id: string }>('SELECT id FROM edition WHERE issue_id = $1', [issue!.id])) as [
      { id: string },
    ];
    expect(await kept(id)).toHaveLength(1);
  });

  it('is asked for before sign-off where mails are to bring it, and what forbids it is said with the way out', async () => {
    await attaches(true);
    const text = (seed: string) => seed.replace('全省前列。', `全省前列。${'很长的一段话，'.repeat(50_000)}`);
    const { issueId } = await anIssue(world, { ...committee, number: 17, text });
    const { lines, blocked } = await world.get(Preflight).check(issueId);
    expect(blocked).toBe(true);
    expect(lines.find(({ text }) => text.includes('PDF'))).toEqual({
      severity: 'block',
      text: expect.stringMatching(/^邮件不能附上PDF：内容太长，/) as string,
      fix: '如不需要附件，请在刊物设置中取消“邮件附上本期的PDF文件”。',
      href: expect.stringMatching(/^\/publications\//) as string,
    });
  });
});
