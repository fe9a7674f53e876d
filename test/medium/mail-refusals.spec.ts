import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { GateRepository } from '../../src/dispatch/send/gate.repository.js';
import { aPlannedEdition, committee } from '../builders.js';
import { type Answers, serveMail, takingEveryMail } from '../scripted-mail-server.js';
import { openWorld, type World } from '../world.js';
import { deliveryStates } from './delivery-states.js';

const never = new AbortController().signal;
const minute = 60_000;
const connections = 4;
const all = committee.people;
const takes = takingEveryMail(() => '250-mail.example.cn\r\n250 PIPELINING');

describe('what a mail server refuses', () => {
  let world: World;
  let mail: Awaited<ReturnType<typeof serveMail>>;
  let answers: Answers;

  beforeEach(async () => {
    answers = takes;
    mail = await serveMail((line, inMessage) => answers(line, inMessage), { concurrency: connections });
    world = await openWorld({ channels: [mail.channel] });
  });
  afterEach(async () => {
    await world.close();
    await mail.close();
  });

  const send = () => world.get(DeliveryService).sendDue('email', never);
  const states = () => deliveryStates(world, 'email');
  const account = () => world.get(GateRepository).gateOf('smtp');
  const badContacts = async () => (await world.query('SELECT 1 FROM contact WHERE bad_since IS NOT NULL')).length;
  const refusing = (recipient: string, answer: string): Answers => {
    return (line, inMessage) =>
      !inMessage && line.startsWith(`RCPT TO:<${recipient}`) ? answer : takes(line, inMessage);
  };
  const row = async (address: string) => {
    const [found] = await world.query<{ state: string; attempts: number; reason: string; waits: boolean }>(
      `SELECT d.state, d.attempts, d.reason, d.next_attempt_at > $2::timestamptz AS waits
       FROM delivery d JOIN copy c ON c.id = d.copy_id WHERE d.channel = 'email' AND c.copy_number = $1`,
      [Number(address.slice(1)), world.clock.now()],
    );
    return found;
  };

  it.each([
    '450 4.2.1 This user receives mail at too high a rate',
    '452 4.2.2 Mailbox full',
    '552 5.2.2 Mailbox full',
    '451 Temporary local problem - please try later',
  ])('%s of one recipient: it alone waits, and the try counts', async (answer) => {
    await aPlannedEdition(world, committee);
    answers = refusing('r007@', answer);
    await send();
    expect(await states()).toEqual({ sent: all - 1, planned: 1 });
    expect(await row('r007')).toMatchObject({ state: 'planned', attempts: 1, waits: true });
    expect((await account()).closedUntil).toBeNull();
    answers = takes;
    world.clock.pass(40 * minute);
    await send();
    expect(await states()).toEqual({ sent: all });
  });

  it.each(['554 5.4.6 Too many hops', '554 5.6.1 Media not supported', '550 SPF check failed'])(
    '%s of one recipient ends it alone, and its address stays good',
    async (answer) => {
      await aPlannedEdition(world, committee);
      answers = refusing('r007@', answer);
      await send();
      expect(await states()).toEqual({ sent: all - 1, failed: 1 });
      expect(await badContacts()).toBe(0);
    },
  );

  it('a row that closed the gate is not the first to be tried again', async () => {
    await aPlannedEdition(world);
    answers = refusing('r003@', '450 4.7.1 Error: too much mail');
    await send();
    expect((await account()).reason).toMatch(/限制发送频率/);
    const [kept] = await world.query<{ reason: string }>(
      `SELECT DISTINCT reason FROM delivery WHERE channel = 'email' AND code = 'NOT_STARTED'`,
    );
    expect(kept?.reason).toMatch(/^本条尚未发出：发送账户暂停使用.*限制发送频率/);
    world.clock.pass(minute);
    await send();
    // Refused again it closes the gate again, which keeps back at most what the other connections had not begun.
    expect(await row('r003')).toMatchObject({ state: 'planned' });
    expect((await states()).planned).toBeLessThanOrEqual(connections);
    answers = takes;
    world.clock.pass(minute);
    await send();
    expect(await states()).toEqual({ sent: 115 });
  });

  it.each(['550 relay not permitted', '554 5.7.1 <x@y.cn>: Relay access denied', '550 relaying prohibited'])(
    '%s stops the account at the first recipient and costs no row',
    async (answer) => {
      await aPlannedEdition(world, committee);
      answers = refusing('', answer);
      await send();
      expect(await states()).toEqual({ planned: all });
      expect(await badContacts()).toBe(0);
      expect(await account()).toMatchObject({
        circuitOpen: true,
        reason: expect.stringMatching(/不允许本系统向外转发/) as string,
      });
      const reasons = await world.query<{ reason: string }>(
        `SELECT reason FROM delivery WHERE channel = 'email' AND reason IS NOT NULL`,
      );
      expect(reasons.filter(({ reason }) => /系统正在停止/.test(reason))).toEqual([]);
      answers = takes;
      await world.get(GateRepository).reopen('smtp', world.clock.now());
      await send();
      expect(await states()).toEqual({ sent: all });
    },
  );

  it('a refusal that may be about us stops the account once it is all that is heard', async () => {
    await aPlannedEdition(world);
    answers = refusing('', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org');
    await send();
    const { planned = 0, failed = 0 } = await states();
    expect([planned + failed, failed]).toEqual([115, 9]);
    expect(await badContacts()).toBe(0);
    expect(await account()).toMatchObject({ circuitOpen: true, reason: expect.stringMatching(/发信 IP/) as string });
  });

  it('only a mailbox that is not there makes an address bad', async () => {
    await aPlannedEdition(world);
    const said = [
      '550 5.1.1 User unknown',
      '550 Mail content denied',
      '550 5.7.1 blocked using zen.spamhaus.org',
      '550 RP:TRC',
      '550 DMARC check failed',
      '553 sorry',
    ];
    let count = 0;
    answers = (line, inMessage) =>
      !inMessage && line.startsWith('RCPT TO:') ? (said[count++ % 8] ?? '250 ok') : takes(line, inMessage);
    await send();
    const failed = await world.query<{ code: string }>(
      `SELECT d.code FROM delivery d JOIN contact c ON c.id = d.contact_id WHERE c.bad_since IS NOT NULL`,
    );
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['5.1.1']));
  });
});
