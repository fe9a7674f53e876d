import type { Actor } from '../../src/accounts/actor.js';
import { hireStaff } from '../../src/programs/demo/staff.js';
import { RosterService } from '../../src/distribution/list-file/roster.service.js';
import { SubscriptionDeskService } from '../../src/distribution/subscriptions/subscription-desk.service.js';
import { SubscriptionRepository } from '../../src/distribution/subscriptions/subscription.repository.js';
import { SubscriptionService } from '../../src/distribution/subscriptions/subscription.service.js';
import { IssueService } from '../../src/issues/issue.service.js';
import { demoRoster, seedBulletin } from '../world.js';
import { apiClient, everyPage, guard } from './api-client.js';
import { openService, type RunningService, until } from './open-service.js';
import type { ApiScope } from '../../src/domain/roles.js';

describe('groups and subscriptions in the interface for programs', () => {
  let running: RunningService;
  let editor: Actor;
  beforeAll(async () => {
    running = await openService();
    ({ editor } = await hireStaff(running.service));
    await running.service.get(RosterService).import(demoRoster(), guard, new Date());
  });
  afterAll(() => running?.stop());

  const client = (...scopes: ApiScope[]) => apiClient(running, ...scopes);

  it('lets a program decide on subscriptions: each once, with masked addresses', async () => {
    await running.service.get(IssueService).importBulletin({ fileName: 'seed.txt', bytes: seedBulletin() }, editor);
    const [publication] = await running.service.get(SubscriptionRepository).publications();
    await running.service.get(SubscriptionDeskService).setOpen(publication!.id, true, editor);
    const ask = (address: string, name: string) =>
      running.service
        .get(SubscriptionService)
        .request(
          { publicationId: publication!.id, name, affiliation: '某村', sections: [], channel: 'email', address },
          '10.0.0.1',
        );
    for (const n of [1, 2, 3]) {
      const address = `cun${n}@village.example`;
      const { ref } = await ask(address, `村民${n}`);
      const code = await until(
        () => /验证码：(\d{6})/.exec(running.sandbox.book.messages().find(({ to }) => to === address)?.text ?? '')?.[1],
        'the code',
      );
      await running.service.get(SubscriptionService).confirmByCode(ref, code);
    }
    const call = await client('subscriptions.read', 'subscriptions.write');
    const waiting = await everyPage<{ id: string; name: string }>(call, 'subscriptions?limit=2');
    expect(waiting.map(({ name }) => name)).toEqual(['村民1', '村民2', '村民3']);
    expect(JSON.stringify(waiting)).not.toContain('cun1@');
    const [first, second, third] = waiting.map(({ id }) => `subscriptions/${id}`) as [string, string, string];
    expect((await call('POST', `${first}/approve`)).body).toMatchObject({
      state: 'active',
      name: '村民1',
      told: true,
    });
    expect((await call('POST', `${first}/approve`)).body).toMatchObject({
      status: 409,
      code: 'subscription.decidedMeanwhile',
    });
    expect((await call('POST', `${second}/reject`, {})).body).toMatchObject({ faults: [{ field: 'reason' }] });
    expect((await call('POST', `${second}/reject`, { reason: '不是本县的' })).body).toMatchObject({
      state: 'rejected',
      reason: '不是本县的',
      told: true,
    });
    // An address that has had its three messages of the hour is sent no other: the program is told that a person must.
    for (const n of [1, 2]) await ask('cun3@village.example', `村民3之${n}`);
    expect((await call('POST', `${third}/reject`, { reason: '不是本县的' })).body).toMatchObject({ told: false });
    expect((await call('POST', `${first}/end`, { reason: '重复订阅' })).body).toMatchObject({
      state: 'ended',
      endedVia: 'office',
    });
    expect((await call('POST', `${first}/end`, { reason: '重复订阅' })).status).toBe(409);
    expect((await call('GET', 'subscriptions?state=ended')).body.items).toMatchObject([{ name: '村民1' }]);
    expect((await call('GET', 'subscriptions?state=requested')).status).toBe(400);
  });
});
