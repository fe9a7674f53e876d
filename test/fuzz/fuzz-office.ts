import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeyService } from '../../src/accounts/api-key.service.js';
import { OneTimeLinkService } from '../../src/accounts/one-time-link.service.js';
import { SessionService } from '../../src/accounts/session.service.js';
import { linkToken } from '../../src/dispatch/plan/link.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { endToken } from '../../src/distribution/subscriptions/subscription.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { AmendmentService } from '../../src/organisation/amendment.service.js';
import { PreferenceService } from '../../src/organisation/preference.service.js';
import { subscriptionOffice } from '../medium/subscription-office.js';
import { RawHttp } from '../raw-http.js';
import { RecordingChannel } from '../recording-channel.js';
import { demoRoster, openWorld, people, type World } from '../world.js';
import type { Route } from './routes.js';
import { apiScopeNames, rolesWith } from '../../src/domain/roles.js';

const never = new AbortController().signal;
export const reportKey = 'a-report-key-for-the-test';

const environment = {
  TRUST_PROXY: '127.0.0.1',
  ALIYUN_ACCESS_KEY_ID: 'id',
  ALIYUN_ACCESS_KEY_SECRET: 'secret',
  ALIYUN_SIGN_NAME: '县府办',
  ALIYUN_REPORT_KEY: reportKey,
  ...{ YUNMAS_BASE: 'http://127.0.0.1:1', YUNMAS_EC_NAME: '县府办', YUNMAS_AP_ID: 'id', YUNMAS_SECRET_KEY: 'secret' },
  ...{ YUNMAS_SIGN: 'code', YUNMAS_REPORT_KEY: reportKey },
};

/** An office with one of everything, before its HTTP door. */
export class FuzzOffice {
  private readonly accounts = new Map<string, string>();
  private readonly cookies = new Map<string, string>();
  private apiKey = '';
  private places: Readonly<Record<string, readonly string[]>> = {};

  private constructor(
    readonly world: World,
    readonly http: RawHttp,
  ) {}

  static async open(before: (app: NestFastifyApplication) => void): Promise<FuzzOffice> {
    const [email, sms] = [new RecordingChannel('email'), new RecordingChannel('sms')];
    const world = await openWorld({ channels: [email, sms], environment });
    const desk = subscriptionOffice(() => ({ world, email, sms }));
    await desk.start();
    await desk.subscribe();
    await desk.publish();
    await world.get(DeliveryService).sendDue('email', never);
    const app = await world.web({ requestsPerMinute: 1e9 }, before);
    const office = new FuzzOffice(world, new RawHttp(await app.getUrl()));
    await office.furnish();
    return office;
  }

  close(): Promise<void> {
    this.http.close();
    return this.world.close();
  }

  private async furnish(): Promise<void> {
    const { world } = this;
    const get = world.get;
    const draft = readFileSync(join(import.meta.dirname, '../fixtures/bulletins/syn11_mixed_items.txt'));
    await get(IssueService).importBulletin({ fileName: 'b.txt', bytes: draft }, people.editor);
    await get(ListImportService).upload({ name: 'a.csv', bytes: demoRoster() }, 'whole', people.editor);
    const first = async (table: string): Promise<string[]> =>
      (await world.query<{ id: string }>(`SELECT id::text FROM ${table} ORDER BY 1 LIMIT 2`)).map(({ id }) => id);
    const [person] = await first('person');
    await get(AmendmentService).ask(person!, '手机号已换');
    for (const role of ['editor', 'reviewer', 'approver', 'systemAdmin', 'securityAdmin', 'auditor']) {
      const id = randomUUID();
      const login = role.toLowerCase();
      await world.query(`INSERT INTO account (id, login, name, roles) VALUES ($1, $2, $2, $3)`, [id, login, [role]]);
      this.accounts.set(role, id);
    }
    this.apiKey = await get(ApiKeyService).create(
      { name: '测试', scopes: [...apiScopeNames], days: 300 },
      { id: 'security', name: '安管', roles: ['securityAdmin'] },
    );
    const [subscription] = await first('subscription');
    const [copy] = await world.query<{ id: string; nonce: string }>('SELECT id, link_nonce AS nonce FROM copy LIMIT 1');
    const token = linkToken(world.vault, copy!.id, copy!.nonce);
    const link = await get(OneTimeLinkService).issue(this.accounts.get('auditor')!, 'signIn', 'test');
    this.places = {
      issues: (await first('issue')).reverse(),
      groups: await first('recipient_group'),
      units: await first('unit'),
      posts: await first('post'),
      people: await first('person'),
      tenures: await first('tenure'),
      liaisons: await first('liaison'),
      import: await first('list_import'),
      imports: await first('list_import'),
      copies: await first('copy'),
      deliveries: await first('delivery'),
      publications: await first('publication'),
      accounts: await first('account'),
      'api-keys': await first('api_key'),
      amendments: await first('amendment_request'),
      changes: await first('list_change'),
      subscriptions: [subscription!],
      contacts: [...(await first('contact')), 'sms', 'email'],
      members: await first('post'),
      'excluded-posts': await first('post'),
      calendar: ['2025-04-04'],
      channels: ['yunmas'],
      r: [token],
      u: [endToken(world.vault, subscription!)],
      p: [(await get(PreferenceService).issueLink(person!, people.editor)).split('/').at(-1)!],
      once: [link.split('/').at(-1)!],
      code: ['x'.repeat(22)],
      confirm: ['x'.repeat(22)],
      aliyun: [reportKey],
      tencent: [reportKey],
      yunmas: [reportKey],
    };
  }

  /** Real ids in place of the route's parameters. */
  addressOf({ path }: Route, turn: number): string {
    const parts = path.split('/');
    return parts
      .map((part, at) => {
        if (!part.startsWith(':')) return part;
        const known = (part === ':kind' ? ['sms', 'email'] : this.places[parts[at - 1]!]) ?? [randomUUID()];
        return known[turn % known.length] ?? randomUUID();
      })
      .join('/');
  }

  anyId(of: string): string {
    return this.places[of]?.[0] ?? randomUUID();
  }

  /** Signed in as somebody who may use the route. */
  async headersFor({ needs, scope }: Route): Promise<Record<string, string>> {
    if (scope !== null) return { authorization: `Bearer ${this.apiKey}` };
    if (needs.length === 0) return {};
    const role = rolesWith(...needs)[0]!;
    const session = this.cookies.get(role) ?? (await this.world.get(SessionService).start(this.accounts.get(role)!));
    this.cookies.set(role, session);
    return { cookie: `kb_session=${session}` };
  }

  /** What was sent may have ended them. */
  forgetSessions(): void {
    this.cookies.clear();
  }
}
