import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import nodemailer from 'nodemailer';
import { type BounceReceiver, startBounceReceiver } from '../../src/channels/email/bounce-receiver.js';
import { dkimRecords, makeDkimKeys } from '../../src/channels/email/dkim-keys.js';
import type { ChannelRegistry } from '../../src/channels/channel-registry.js';
import { BounceMailbox } from '../../src/channels/email/bounce-mailbox.js';
import { openChannels, verpSecret } from '../../src/channels/open-channels.js';
import { ReportInbox } from '../../src/channels/report-inbox.js';
import { ReportService } from '../../src/dispatch/after/report.service.js';
import { DeliveryService } from '../../src/dispatch/send/delivery.service.js';
import { Vault } from '../../src/platform/crypto.js';
import { readSettings } from '../../src/programs/settings.js';
import { aPlannedEdition, committee } from '../builders.js';
import { until } from '../e2e/open-service.js';
import { describeWithMailServers } from '../e2e/programs.js';
import { Dovecot } from '../real-mta/dovecot.js';
import { Opendkim } from '../real-mta/opendkim.js';
import { mailboxOwner, Postfix, tlsFixture } from '../real-mta/postfix.js';
import { openWorld, worldKey, FrozenClock, type World } from '../world.js';
import { deliveryStates } from './delivery-states.js';

const { suite, paths } = describeWithMailServers();
const never = new AbortController().signal;
const from = 'office@yanjin.example';
const bounceDomain = 'bounce.yanjin.example';
const unknown = 'r007@yanjin.example';
const all = committee.people;
/** Bounces to it are kept in a mailbox instead of brought to us. */
const keptDomain = 'kept.yanjin.example';

suite('an issue that passes Postfix', () => {
  let folder: string;
  let verifier: Opendkim;
  let postfix: Postfix;
  let receiver: BounceReceiver;
  let channels: ChannelRegistry;
  let otherChannels: ChannelRegistry;
  let clock: FrozenClock;
  let vault: Vault;
  let world: World;
  let arrived: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kuaibao-real-mta-'));
    makeDkimKeys(folder, 'yanjin.example', 'kb1');
    clock = new FrozenClock();
    vault = new Vault(worldKey);
    receiver = await startBounceReceiver({
      ...{ host: '127.0.0.1', port: 0, bounceDomain, verpSecret: verpSecret(vault), messageIdDomain: 'yanjin.example' },
      now: () => clock.now(),
      onReport: (report) => world.get(ReportInbox).take('smtp', [report]),
    });
    verifier = await Opendkim.start(paths.opendkim, dkimRecords(folder, 'yanjin.example'));
    const route = { domain: bounceDomain, port: receiver.port };
    postfix = await Postfix.start(paths.postfix, { milterPort: verifier.port, route, keptDomain, unknown });
    const settings = (bounces: string) =>
      readSettings({
        ...{ DATABASE_URL: 'postgres://unused/', DATA_DIR: folder, PUBLIC_URL: 'https://kb.yanjin.example' },
        ...{ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(postfix.port), SMTP_ENCRYPTION: 'starttls' },
        ...{ SMTP_CA_FILE: tlsFixture('crt'), MAIL_FROM: from, DKIM_SELECTORS: 'kb1r,kb1e', BOUNCE_DOMAIN: bounces },
      });
    channels = openChannels(settings(bounceDomain), vault, clock);
    world = await openWorld({ channels: channels.all() });
    await aPlannedEdition(world, committee);
    await world.get(DeliveryService).sendDue('email', never);
    otherChannels = openChannels(settings(keptDomain), vault, clock);
    const other = await world.another(otherChannels.all());
    await aPlannedEdition(world, { ...committee, number: 15 });
    await other.get(DeliveryService).sendDue('email', never);
    arrived = await until(() => {
      const mails = postfix.arrived();
      return mails.length === 2 * (all - 1) && mails;
    }, 'the mails');
  });
  afterAll(async () => {
    await world?.close();
    await channels?.close();
    await otherChannels?.close();
    await postfix?.close();
    await verifier?.close();
    await receiver?.close();
    rmSync(folder, { recursive: true });
  });

  /** What opendkim wrote of each signature, in the order they stand. */
  const verdicts = (mail: string) => {
    const [, said = ''] = /^Authentication-Results: (.*(?:\r?\n[ \t].*)*)/m.exec(mail) ?? [];
    return [...said.matchAll(/dkim=(\w+)[^;]*? header\.s=(\w+)/g)].map(([, result, key]) => `${key} ${result}`);
  };

  it('has both signatures whole behind it, as opendkim sees them', () => {
    for (const mail of arrived) expect(verdicts(mail)).toEqual(['kb1r pass', 'kb1e pass']);
  });

  it('is the same Chinese to another reader of mail', async () => {
    for (const raw of arrived) {
      const mail = await simpleParser(Buffer.from(raw, 'latin1'));
      expect(mail.from?.text).toContain('人民政府办公室');
      expect(mail.subject).toContain('延津政务快报');
      for (const text of [mail.text, mail.html || '']) {
        expect(text).toContain('县文广旅游局助力非遗“老手艺”变身致富“金钥匙”');
        expect(text).not.toContain('\ufffd');
      }
    }
  });

  /** Once there is news of all but so many. */
  const statesWithout = async (silent: number) => {
    await until(async () => {
      await world.get(ReportService).applyWaiting();
      return ((await deliveryStates(world, 'email')).sent ?? 0) === silent;
    }, 'the notices');
    return deliveryStates(world, 'email');
  };

  it('is delivered where Postfix says so, and its bounce is about the one that came back', async () => {
    expect(await statesWithout(all)).toEqual({ delivered: all - 1, failed: 1, sent: all });
    const failed = await world.query(
      `SELECT c.copy_number AS copy, d.code, k.bad_since IS NOT NULL AS bad FROM delivery d
       JOIN copy c ON c.id = d.copy_id JOIN contact k ON k.id = d.contact_id WHERE d.state = 'failed'`,
    );
    expect(failed).toEqual([{ copy: 7, code: '5.1.1', bad: true }]);
  });

  it('is known just the same where the notices come to a mailbox', async () => {
    await until(() => postfix.arrived('bounces').length === all, 'the notices in the mailbox');
    const dovecot = await Dovecot.start(paths.dovecot, postfix.mailboxes, mailboxOwner);
    const mailbox = new BounceMailbox({
      ...dovecot.account('bounces'),
      doneFolder: '退信',
      ways: { addresses: { domain: keptDomain, secret: verpSecret(vault) }, messageIdDomain: 'yanjin.example' },
      onReport: async (report) => (await world.get(ReportInbox).take('smtp', [report])) > 0,
      now: () => clock.now(),
    });
    try {
      expect(await statesWithout(0)).toEqual({ delivered: 2 * (all - 1), failed: 2 });
      await until(() => dovecot.count('bounces', '退信').then((n) => n === all), 'all to be put away');
      expect(await dovecot.count('bounces', 'INBOX')).toBe(0);
    } finally {
      await mailbox.close();
      await dovecot.close();
    }
  });

  it('is not believed by opendkim once it is changed', async () => {
    const sent = arrived[0]!.slice(arrived[0]!.indexOf('DKIM-Signature:')).replace(/\r?\n/g, '\r\n');
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: postfix.lastHopPort, ignoreTLS: true });
    const envelope = { from, to: ['r001@yanjin.example'] };
    await transport.sendMail({ envelope, raw: sent.replace(/^Date: .*$/m, 'Date: Wed, 2 Apr 2025 10:00:00 +0800') });
    transport.close();
    const mail = await until(() => postfix.arrived().find((one) => one.includes('Date: Wed, 2 Apr')), 'the mail');
    expect(verdicts(mail)).toEqual(['kb1r fail', 'kb1e fail']);
  });
});
