import { randomUUID } from 'node:crypto';
import { SessionService } from '../../src/accounts/session.service.js';
import { aPlannedEdition } from '../builders.js';
import { RawHttp } from '../raw-http.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

describe('the progress stream', () => {
  let world: World;
  let http: RawHttp;
  let base: string;
  let path: string;
  let account: string;
  let token: string;

  beforeAll(async () => {
    world = await openWorld({ channels: [new RecordingChannel('sms')] });
    const { issueId } = await aPlannedEdition(world);
    path = `/issues/${issueId}/progress/stream`;
    base = await (await world.web()).getUrl();
    http = new RawHttp(base);
  });
  beforeEach(async () => {
    account = randomUUID();
    await world.query(`INSERT INTO account (id, login, name, roles) VALUES ($1, $2, '李', '{editor}')`, [
      account,
      account,
    ]);
    token = await world.get(SessionService).start(account);
  });
  afterAll(async () => {
    http?.close();
    await world?.close();
  });
  const again = () =>
    http.send({ method: 'GET', path, headers: { cookie: `kb_session=${token}`, accept: 'text/event-stream' } });

  it.each([
    ['the session', 401, () => world.get(SessionService).end(token)],
    ['the account', 401, () => world.query('UPDATE account SET disabled_at = now() WHERE id = $1', [account])],
    ['the role', 403, () => world.query(`UPDATE account SET roles = '{securityAdmin}' WHERE id = $1`, [account])],
  ])('ends with %s that opened it, and is not opened again', async (_, status, take) => {
    const response = await fetch(base + path, { headers: { cookie: `kb_session=${token}` } });
    const reader = response.body!.getReader();
    let first = '';
    while (!/data: [\s\S]*\n\n$/.test(first)) first += new TextDecoder().decode((await reader.read()).value);
    await take();
    let heard = '';
    for (let part = await reader.read(); !part.done; part = await reader.read())
      heard += new TextDecoder().decode(part.value);
    expect(heard).not.toContain('data: ');
    expect((await again()).status).toBe(status);
  });
});
