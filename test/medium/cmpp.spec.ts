import { ReportInbox } from '../../src/channels/report-inbox.js';
import type { SmsChannel } from '../../src/channels/sms/sms-channel.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { startService } from '../../src/programs/service.js';
import { readSettings } from '../../src/programs/settings.js';
import { ReplyService } from '../../src/reading/reply.service.js';
import { aPlannedEdition, aPost } from '../builders.js';
import { afterwards } from '../contracts/afterwards.js';
import { cmppChannel } from '../contracts/channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { FrozenClock, openWorld, people, worldKey, type World } from '../world.js';
import { freshDatabase } from './fresh-database.js';

const never = new AbortController().signal;
const account = {
  ...{ CMPP_HOST: '127.0.0.1', CMPP_SP_ID: office.cmpp.spId, CMPP_SECRET: office.cmpp.secret, CMPP_LIMITS: 'none' },
  ...{ CMPP_SRC_ID: office.cmpp.srcId, CMPP_SERVICE_ID: office.cmpp.serviceId, SMS_SIGN: office.signName },
};

describe('an issue through a carrier’s gateway', () => {
  const closing = afterwards();
  let place: SandboxUnderTest;
  let world: World;
  let channel: SmsChannel;

  beforeEach(async () => {
    place = closing(await startSandboxUnderTest());
  });

  const open = async (numbers: readonly string[]) => {
    channel = closing(cmppChannel(place.sandbox.cmpp!.port, { links: 2, offered: 0x30 }));
    world = closing(await openWorld({ channels: [channel], environment: account }));
    await aPlannedEdition(world);
    for (const [at, number] of numbers.entries()) {
      const { person } = await aPost(world, { order: at + 1 });
      await world.get(ContactService).save(person, 'sms', number, people.editor);
    }
  };
  const states = async () =>
    Object.fromEntries(
      (
        await world.query<{ state: string; n: number }>(
          `SELECT state, count(*)::int AS n FROM delivery WHERE channel = 'sms' GROUP BY 1`,
        )
      ).map(({ state, n }) => [state, n]),
    );
  /** Listens as the service does; resolves when all parts in the book have been reported on. */
  const listen = () => {
    let [heard, look] = [0, () => undefined as void];
    channel.listen!({
      reports: async (rows) => {
        await world.get(ReportInbox).take('cmpp', rows);
        heard += rows.length;
        look();
      },
      replies: (rows) => world.get(ReplyService).take(rows),
    });
    return () =>
      new Promise<void>((resolve) => {
        const owed = place.sandbox.book.all().reduce((sum, { parts }) => sum + parts!, 0);
        look = () => void (heard >= owed && resolve());
        look();
      });
  };

  it('reaches everybody once, and the reports on all parts say that it arrived, or did not', async () => {
    await open(['15400009965', '15400009961']);
    const allReported = listen();
    await world.get(DeliveryService).sendDue('sms', never);
    const messages = place.sandbox.book.all();
    expect(messages).toHaveLength(115);
    expect(new Set(messages.map(({ to }) => to)).size).toBe(115);
    await allReported();
    await world.get(ReportService).applyAll();
    expect(await states()).toEqual({ delivered: 114, failed: 1 });
  });

  it('settles what was in doubt by the reports, and sends nothing twice', async () => {
    await open(['15400009904']);
    const allReported = listen();
    await world.get(DeliveryService).sendDue('sms', never);
    const before = await states();
    expect(before.sending).toBeGreaterThan(0);
    await allReported();
    await world.get(Sweeper).sweep();
    await world.get(DeliveryService).sendDue('sms', never);
    await world.get(ReportService).applyAll();
    world.clock.pass(31 * 60_000);
    await world.get(Sweeper).sweep();
    const after = await states();
    // What else was on the link that was cut had not left whole, or its report proves that it had.
    expect((after.delivered ?? 0) + (after.held ?? 0) + (after.sent ?? 0)).toBe(115);
    const [cut] = await world.query<{ state: string }>(
      `SELECT d.state FROM delivery d WHERE d.address_masked LIKE '154%9904' AND d.channel = 'sms'`,
    );
    expect(cut!.state).not.toBe('held');
    const texts = place.sandbox.book.messages().map(({ to }) => to);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is heard by the service as long as it runs', async () => {
    const database = await freshDatabase();
    const settings = readSettings({
      ...account,
      ...{
        CMPP_PORT: String(place.sandbox.cmpp!.port),
        DATABASE_URL: database.url,
        LOG_LEVEL: 'error',
        ROLE: 'worker',
      },
      ...{ MASTER_KEY: worldKey.toString('base64'), DATA_DIR: place.dir, PUBLIC_URL: 'https://kb.example.cn' },
    });
    const service = await startService(settings, new FrozenClock());
    try {
      expect(await place.sandbox.cmpp!.reply('15400000001', '退订')).toBe(true);
      expect(await database.query('SELECT provider, keyword FROM sms_reply')).toHaveLength(1);
    } finally {
      await service.stop();
      await database.drop();
    }
    expect(place.sandbox.cmpp!.links()).toBe(0);
  });
});
