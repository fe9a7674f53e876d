import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { Sweeper } from '../../src/dispatch/after/sweeper.js';
import type { Channel } from '../../src/channels/channel.js';
import { ContactService } from '../../src/organisation/contact.service.js';
import { aPlannedEdition, aPost } from '../builders.js';
import { afterwards } from '../contracts/afterwards.js';
import { yunmasChannel } from '../contracts/channels-under-test.js';
import { startReportCallback } from '../contracts/report-callback.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from '../contracts/sandbox-under-test.js';
import { RecordingChannel } from '../recording-channel.js';
import { openWorld, people, type World } from '../world.js';

const never = new AbortController().signal;
const key = 'a-report-key-for-the-test';
const environment = {
  ...{ SMS_SIGN: office.signName, SMS_PREFERRED: 'yunmas', YUNMAS_LIMITS: 'none' },
  ...{ YUNMAS_BASE: 'http://127.0.0.1:1', YUNMAS_EC_NAME: office.yunmas.ecName, YUNMAS_AP_ID: office.yunmas.apId },
  ...{ YUNMAS_SECRET_KEY: office.yunmas.secretKey, YUNMAS_SIGN: office.yunmas.sign, YUNMAS_REPORT_KEY: key },
};

describe('an issue through China Mobile', () => {
  const closing = afterwards();
  let place: SandboxUnderTest;
  let world: World;

  const open = async (channels: readonly Channel[], firstNumber?: string) => {
    world = closing(await openWorld({ channels, environment }));
    await aPlannedEdition(world);
    if (firstNumber === undefined) return;
    const { person } = await aPost(world, { order: 1 });
    await world.get(ContactService).save(person, 'sms', firstNumber, people.editor);
  };
  const send = () => world.get(DeliveryService).sendDue('sms', never);
  const states = async () =>
    Object.fromEntries(
      (
        await world.query<{ state: string; n: number }>(
          `SELECT state, count(*)::int AS n FROM delivery WHERE channel = 'sms' GROUP BY 1`,
        )
      ).map(({ state, n }) => [state, n]),
    );

  beforeEach(async () => {
    place = closing(await startSandboxUnderTest());
  });

  it('reaches everybody, many in one call, and what is pushed back says of each that it arrived', async () => {
    await open([yunmasChannel(place.sandbox, { perCall: 50 })]);
    await send();
    expect(await states()).toEqual({ sent: 115 });
    expect(place.sandbox.book.duplicates()).toEqual([]);
    const url = `${await (await world.web()).getUrl()}/callbacks/yunmas/${key}`;
    const answers: { reportStatus?: string }[] = [];
    let arrived: () => void;
    const all = new Promise<void>((resolve) => (arrived = resolve));
    // In between, so that the test knows when the last was taken.
    const callback = await startReportCallback((body) => {
      const headers = { 'content-type': 'application/json' };
      // A connection kept open may end just as it is taken again; the platform, too, then pushes once more.
      const push = (): Promise<Response> =>
        fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(push);
      void push()
        .then((answer) => answer.json())
        .then((answer) => answers.push(answer as object) === 115 && arrived());
      return true;
    });
    place.sandbox.setYunmasReportUrl(closing(callback).url);
    await all;
    await world.get(ReportService).applyAll();
    expect(await states()).toEqual({ delivered: 115 });
    // As public receivers answer: with what they were given.
    expect(answers.every(({ reportStatus }) => reportStatus === 'CM:0000')).toBe(true);
    expect(JSON.stringify(await world.query('SELECT reference FROM attempt'))).not.toMatch(/154000000\d\d/);
  });

  it('goes out through another vendor while the account is refused', async () => {
    const second = new RecordingChannel('sms', 'aliyun');
    await open([yunmasChannel(place.sandbox, { secretKey: 'wrong' }), second]);
    await send();
    expect(second.taken).toHaveLength(115);
    expect(place.sandbox.book.messages()).toEqual([]);
  });

  it('stays in doubt where an answer was lost, and waits for a person: the platform cannot be asked', async () => {
    await open([yunmasChannel(place.sandbox)], '15400009904');
    await send();
    expect(await states()).toEqual({ sent: 114, sending: 1 });
    world.clock.pass(31 * 60_000);
    await world.get(Sweeper).sweep();
    await send();
    expect(await states()).toEqual({ sent: 114, held: 1 });
    expect(place.sandbox.book.all()).toHaveLength(115);
  });
});
