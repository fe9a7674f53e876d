import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { PaperService } from '../../src/reading/paper.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { ReplyService } from '../../src/reading/reply.service.js';
import { type Console, everyRole, openConsole, type Visitor } from '../console.js';
import { knownAddresses, knownPages } from '../known-pages.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, type World } from '../world.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subscriptionOffice } from './subscription-office.js';
import type { Role } from '../../src/domain/roles.js';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'bulletins', name));

/** Whose id stands at the parameter of an address; a new page needs a line here, else its test fails by its name. */
const tables: readonly (readonly [RegExp, string])[] = [
  [/^\/issues\/:/, 'issue'],
  [/^\/copies\/:/, 'copy'],
  [/^\/deliveries\/:/, 'delivery'],
  [/^\/paper-scans\/:/, 'paper_scan'],
  [/^\/units\/:/, 'unit'],
  [/^\/posts\/:/, 'post'],
  [/^\/people\/:/, 'person'],
  [/^\/tenures\/:/, 'tenure'],
  [/^\/liaisons\/:/, 'liaison'],
  [/^\/groups\/:/, 'recipient_group'],
  [/^\/publications\/:/, 'publication'],
  [/^\/list\/imports?\/:/, 'list_import'],
  [/^\/subscriptions\/:/, 'subscription'],
  [/^\/replies\/:/, 'inbox_reply'],
  [/^\/accounts\/:/, 'account'],
  [/^\/api-keys\/:/, 'api_key'],
  [/^\/api\/v1\/.*:/, 'person'],
];
/** Addresses that only their bearer knows: here nobody has one. */
const byToken = /^\/(?:WW_verify_|(?:r|u|p|once|shown|subscribe\/(?:code|confirm))\/):/;
/** What only a moment of its own has; the browser of the end-to-end test sees these. */
const notNow: readonly string[] = ['edit/merge', 'withdrawal', 'correct', 'give-up-correction', 'send-now'].map(
  (page) => `/issues/:id/${page}`,
);
const several = ['issue', 'list_import'];
const nobody = '00000000-0000-4000-8000-000000000000';

describe('every page that the router knows', () => {
  let world: World;
  let office: Console;
  let visitors: [Role | 'anybody', Visitor][];
  const open = async (options: Parameters<typeof openWorld>[0] = {}) => {
    world = await openWorld(options);
    office = await openConsole(world);
    visitors = [['anybody', office.anybody()]];
    for (const role of everyRole) visitors.push([role, await office.as(role)]);
  };
  afterEach(async () => {
    await office.close();
    await world.close();
  });

  const idsFor = async (route: string): Promise<string[]> => {
    if (!route.includes(':') || byToken.test(route)) return ['x'.repeat(22)];
    if (route.startsWith('/channels/:')) return ['yunmas'];
    const table = tables.find(([pattern]) => pattern.test(route))?.[1];
    if (table === undefined) throw new Error(`${route}: which table has its id?`);
    return (await world.query<{ id: string }>(`SELECT id FROM ${table} LIMIT ${several.includes(table) ? 4 : 1}`)).map(
      ({ id }) => id,
    );
  };
  /** Every address with every id there is, opened by everybody. */
  const openAll = async (under = '/'): Promise<{ faults: string[]; seen: Set<string>; without: string[] }> => {
    const [faults, seen, without]: [string[], Set<string>, string[]] = [[], new Set(), []];
    for (const route of knownAddresses().filter((address) => address.startsWith(under))) {
      const ids = await idsFor(route);
      if (ids.length === 0) without.push(route);
      for (const id of ids.length === 0 ? [nobody] : ids) {
        const address = route.replace(/:\w+/g, id);
        const look = async ([role, visitor]: (typeof visitors)[number]) => {
          const { status } = await visitor.get(address);
          if (status === 200) seen.add(route);
          if (status >= 500 || status === 400) faults.push(`${role} ${address}: ${status}`);
        };
        await Promise.all(visitors.map(look));
      }
    }
    return { faults, seen, without };
  };
  const as = (role: Role) => visitors.find(([who]) => who === role)![1];

  it('answers in a fresh installation, with an issue imported before any list', async () => {
    await open();
    expect((await openAll()).faults).toEqual([]);
    for (const name of ['seed.txt', 'syn03_internal_urgent_crlf.txt', 'syn11_mixed_items.txt'])
      await world.get(IssueService).importBulletin({ fileName: name, bytes: fixture(name) }, people.editor);
    expect((await openAll('/issues')).faults).toEqual([]);
  });

  it('says in an office without a list what to do first, with the link to it', async () => {
    await open();
    const file = { fileName: 'seed.txt', bytes: fixture('seed.txt') };
    const { issueId } = await world.get(IssueService).importBulletin(file, people.editor);
    for (const address of [
      `/issues/${issueId}`,
      '/list',
      '/units',
      '/people',
      '/groups',
      '/scope',
      '/contacts',
      '/turnover',
      '/list/export',
    ]) {
      const { text } = await as('editor').get(address);
      expect([address, /<main.*先导入名单.*<\/main>/s.test(text), /<main.*href="\/list\/import"/s.test(text)]).toEqual([
        address,
        true,
        true,
      ]);
    }
    const { text } = await as('reviewer').get(`/issues/${issueId}`);
    expect(text).toContain('导入由责任编辑或系统管理员办理');
    expect(text).not.toContain('href="/list/import"');
  });

  it('shows something in an office that has one of everything', async () => {
    const [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
    await open({ channels: [email, sms], environment: { MAIL_OWN_DOMAINS: 'yanjin.example' } });
    const subscriptions = subscriptionOffice(() => ({ world, email, sms }));
    await subscriptions.start();
    await subscriptions.subscribe();
    const editionId = await subscriptions.publish();
    const upload = { name: '名单.csv', bytes: demoRoster() };
    await world.get(ListImportService).upload(upload, 'whole', { ...people.editor, id: as('editor').id });
    await world
      .get(IssueService)
      .importBulletin({ fileName: 'x.txt', bytes: fixture('syn11_mixed_items.txt') }, people.editor);
    await world.get(ApiKeyService).create({ name: '人事系统', scopes: ['groups.read'], days: 30 }, people.editor);
    const [copy] = await world.query<{ id: string }>(`SELECT id FROM copy WHERE subscription_id IS NULL LIMIT 1`);
    const scan = { name: '签收单.pdf', bytes: Buffer.from('%PDF-1.7') };
    const entry = { copyIds: [copy!.id], signedOn: '2025-04-03', note: '', scan };
    await world.get(PaperService).enter(editionId, entry, people.editor);
    const reply = { provider: 'aliyun', sequenceId: '1', mobile: '13900000001', content: '请来电' };
    await world.get(ReplyService).take([{ ...reply, sentTo: '', writtenAt: null }]);
    const { faults, without, seen } = await openAll();
    expect({ faults, without }).toEqual({ faults: [], without: [] });
    expect(knownPages().filter((route) => !seen.has(route) && !byToken.test(route))).toEqual(notNow);
  });
});
