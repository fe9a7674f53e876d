import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { readSettings } from '../../dist/programs/settings.js';
import { smsSign, smtpUser, wecomAgentId, wecomCorpId } from '../../dist/programs/demo/demo-settings.js';
import { smsTemplateTexts } from '../../dist/rendering/sms.js';
import { startService } from '../../dist/programs/service.js';
import { serialDigits } from './judge.mjs';
import { signOffDispatch } from './office.mjs';
import { OutsidePostgres } from './outside-postgres.mjs';
import { answers, Program, until } from './program.mjs';

// A vendor that can be asked what it took: after a kill nothing waits for a person. A gateway cannot: what was under way then waits.
const accessKeyId = 'LTAI-chaos';
const gateway = { spId: '900001', serviceId: 'GOVBULL', srcId: '1065000017' };

const root = join(import.meta.dirname, '..', '..');
const latencyMs = [20, 180];
const secret = () => randomBytes(16).toString('hex');

/** Every process of an office with two workers, each apart and each with its log in `folder`. */
export class Stage {
  programs = {};
  taken = 0;

  constructor(folder, options) {
    this.folder = folder;
    this.options = options;
    this.sandboxDir = join(folder, 'sandbox');
  }

  async open() {
    mkdirSync(join(this.folder, 'data'), { recursive: true });
    const [database, redis, web, smtp, http, bounce, cmpp] = await freePorts(7);
    this.postgres = new OutsidePostgres(join(this.folder, 'postgres'), database);
    await this.postgres.start();
    if (this.options.queue === 'redis') await this.openRedis(redis);
    const cardKey = randomBytes(32).toString('base64').slice(0, 43);
    const secrets = { smtp: secret(), sms: secret(), wecom: secret(), report: secret(), card: secret(), cardKey };
    this.env = this.environment({ web, smtp, http, bounce, redis, cmpp }, secrets);
    await this.openSandbox({ web, smtp, http, bounce, cmpp }, secrets);
  }

  /** The office's part, in this process and before anything else runs. */
  async prepare() {
    const service = await startService(readSettings({ ...this.env, ROLE: 'web', LOG_LEVEL: 'warn' }));
    try {
      await signOffDispatch(service, this.postgres.url, this.options.copies);
    } finally {
      await service.stop();
    }
  }

  startService() {
    for (const [name, role] of Object.entries({ web: 'web', worker1: 'worker', worker2: 'worker' })) {
      const program = this.add(name, process.execPath, [join(root, 'dist', 'programs', 'main.js')], {
        ...this.env,
        ROLE: role,
      });
      program.start();
    }
  }

  /** Rows of one query, or null while the database is down. */
  async query(sql) {
    const client = new pg.Client({ connectionString: this.postgres.url, connectionTimeoutMillis: 20_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } catch {
      return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async close() {
    for (const name of Object.keys(this.programs)) await this.programs[name].stop(5000);
    await this.postgres?.stop();
  }

  add(name, command, args, env, onMessage) {
    const log = join(this.folder, `${name}.log`);
    return (this.programs[name] = new Program({ name, command, args, env, log, onMessage }));
  }

  async openRedis(port) {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', this.folder, '--appendonly', 'yes'];
    this.add('redis', 'redis-server', [...args, '--maxmemory-policy', 'noeviction']).start();
    await until(() => answers(port), 'Redis');
  }

  async openSandbox({ web, smtp, http, bounce, cmpp }, secrets) {
    const texts = smsTemplateTexts(this.env.PUBLIC_URL);
    const options = {
      dir: this.sandboxDir,
      smtpPort: smtp,
      httpPort: http,
      latencyMs,
      reportDelayMs: [0, 3000],
      faults: {
        seed: String(this.options.seed),
        share: this.options.share,
        silenceMs: 9000,
        throttle: !this.options.calm,
      },
      smtp: { user: smtpUser, password: secrets.smtp },
      aliyun: {
        accessKeyId,
        accessKeySecret: secrets.sms,
        signName: smsSign,
        templates: {
          SMS_KB_DIGEST: texts.digest,
          SMS_KB_NOTICE: texts.notice,
          SMS_KB_REMINDER: texts.reminder,
          SMS_KB_WITHDRAWAL: texts.withdrawal,
        },
      },
      ...(this.options.sms === 'cmpp'
        ? { cmpp: { ...gateway, secret: secrets.sms, signName: smsSign, port: cmpp } }
        : {}),
      wecom: {
        ...{ corpId: wecomCorpId, secret: secrets.wecom, agentId: wecomAgentId, users: 'any' },
        callback: { token: secrets.card, aesKey: secrets.cardKey },
      },
      reportUrl: `http://127.0.0.1:${web}/callbacks/aliyun/${secrets.report}`,
      bounce: { host: '127.0.0.1', port: bounce },
    };
    let ready = false;
    const file = join(import.meta.dirname, 'sandbox-process.mjs');
    const env = { CHAOS_SANDBOX: JSON.stringify(options) };
    this.add('sandbox', process.execPath, [file], env, (message) => {
      ready ||= message.ready;
      this.taken = message.taken ?? this.taken;
    }).start();
    await until(() => ready, 'the providers');
  }

  vendorAccount(http, secrets) {
    return {
      ALIYUN_SMS_BASE: `http://127.0.0.1:${http}/aliyun/`,
      ALIYUN_ACCESS_KEY_ID: accessKeyId,
      ALIYUN_ACCESS_KEY_SECRET: secrets.sms,
      ALIYUN_REPORT_KEY: secrets.report,
    };
  }

  gatewayAccount(port, secrets) {
    return {
      CMPP_HOST: '127.0.0.1',
      CMPP_PORT: String(port),
      CMPP_SP_ID: gateway.spId,
      CMPP_SECRET: secrets.sms,
      CMPP_SRC_ID: gateway.srcId,
      CMPP_SERVICE_ID: gateway.serviceId,
      CMPP_SERIAL_DIGITS: String(serialDigits),
      CMPP_ANSWER_SECONDS: '3',
      CMPP_HEARTBEAT_SECONDS: '5',
      CMPP_LIMITS: 'none',
    };
  }

  environment({ web, smtp, http, bounce, redis, cmpp }, secrets) {
    return {
      DATA_DIR: join(this.folder, 'data'),
      DATABASE_URL: this.postgres.url,
      ...(this.options.queue === 'redis' ? { REDIS_URL: `redis://127.0.0.1:${redis}/0` } : {}),
      PORT: String(web),
      PUBLIC_URL: `http://127.0.0.1:${web}`,
      LOG_LEVEL: 'info',
      UNDO_SECONDS: '0',
      SWEEP_SECONDS: '2',
      // Long enough for a worker that has to wait for a busy machine: one that is slow is not dead.
      LEASE_SECONDS: '9',
      // A number that has had its tries for this hour would wait longer than any run.
      SMS_NUMBER_LIMITS: 'none',
      WECOM_MEMBER_LIMITS: 'none',
      DOUBT_MINUTES: '0.35',
      EMAIL_DOUBT: this.options.doubt,
      RECONCILE_SECONDS: '3',
      // Shorter than the mail server that answers late: what it took in that time is in doubt.
      SMTP_PATIENCE_SECONDS: '6',
      SMTP_CLIENT: this.options.client,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp),
      SMTP_ENCRYPTION: 'none',
      SMTP_USER: smtpUser,
      SMTP_PASSWORD: secrets.smtp,
      MAIL_FROM: smtpUser,
      MAIL_OWN_DOMAINS: 'yanjin.example',
      BOUNCE_DOMAIN: 'bounce.yanjin.example',
      BOUNCE_PORT: String(bounce),
      ...(this.options.sms === 'cmpp' ? this.gatewayAccount(cmpp, secrets) : this.vendorAccount(http, secrets)),
      SMS_SIGN: smsSign,
      WECOM_API_BASE: `http://127.0.0.1:${http}/wecom`,
      WECOM_CORP_ID: wecomCorpId,
      WECOM_AGENT_ID: String(wecomAgentId),
      WECOM_SECRET: secrets.wecom,
      WECOM_CALLBACK_TOKEN: secrets.card,
      WECOM_CALLBACK_AES_KEY: secrets.cardKey,
    };
  }
}

/**
 * For the whole run, in which their owners die and come back: below the ports that the system gives to whoever asks for any
 * (net.ipv4.ip_local_port_range), so that nobody takes one meanwhile.
 */
async function freePorts(count) {
  const ports = [];
  for (let port = 26_000 + randomInt(6000); ports.length < count; port += 1) if (await isFree(port)) ports.push(port);
  return ports;
}

const isFree = (port) =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
