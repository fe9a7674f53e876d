import { CountRepository } from '../../src/dispatch/after/count.repository.js';
import { Audit } from '../../src/platform/audit.js';
import { fillOffice } from '../release/filled-office.js';
import { tablesOf, writeRelease } from '../release/release-data.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, type World } from '../world.js';

/**
 * The office whose rows are kept with a release, to be upgraded by the next (upgrade.spec.ts). With a day in KUAIBAO_RELEASE what
 * it leaves becomes the data of the release of that day.
 */
describe('the office that is kept with a release', () => {
  let world: World;
  afterEach(() => world.close());

  it('leaves something in every table and in every state, with counts and trail intact', async () => {
    const [sms, email] = [new RecordingChannel('sms'), new RecordingChannel('email')];
    [sms.batchSize, email.batchSize] = [5, 5];
    world = await openWorld({ channels: [sms, email], environment: { DOUBT_MINUTES: '10', EMAIL_DOUBT: 'hold' } });
    await fillOffice(world, { sms, email });

    const query = <T extends object>(sql: string) => world.query<T>(sql);
    const empty: string[] = [];
    for (const table of (await tablesOf(query)).keys())
      if ((await world.query(`SELECT 1 FROM "${table}" LIMIT 1`)).length === 0) empty.push(table);
    expect(empty).toEqual([]);
    const words = async (sql: string) => (await world.query<{ w: string }>(`${sql} ORDER BY 1`)).map(({ w }) => w);
    expect(await words('SELECT DISTINCT state AS w FROM issue')).toEqual([
      'archived',
      'awaitingSignOff',
      'dispatched',
      'drafting',
      'reviewing',
      'signedOff',
      'withdrawn',
    ]);
    expect(await words('SELECT DISTINCT state AS w FROM delivery')).toEqual([
      'cancelled',
      'delivered',
      'failed',
      'held',
      'planned',
      'sending',
      'sent',
    ]);
    expect(await words('SELECT DISTINCT purpose AS w FROM delivery')).toEqual(['initial', 'reminder', 'withdrawal']);
    expect(await words('SELECT DISTINCT reading AS w FROM copy')).toEqual(['acknowledged', 'opened', 'unread']);
    expect(await world.get(CountRepository).wrong()).toBe(0);
    expect(await world.get(Audit).verify()).toMatchObject({ brokenAt: null });

    const day = process.env.KUAIBAO_RELEASE;
    if (day) await writeRelease(day, query);
  });
});
