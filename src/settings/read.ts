import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { accountSettings } from './accounts.js';
import { readRedisAddress } from './redis-address.js';
import { port, words } from './types.js';
import { proxyList } from './trusted-proxies.js';
import { StartError } from './start-error.js';
import type { Settings } from './settings.js';
import { smsSettings } from './sms.js';

/**
 * The only reader of the environment. Every key has a sentence; `npm run config` prints the list, a faulty value stops the
 * start with all faults at once. A key ending in PASSWORD, SECRET or KEY may also be given as a file: NAME_FILE=/path.
 */
const list = z.string().transform(words);

export const settingsTable = {
  ROLE: [
    z.enum(['all', 'web', 'worker']).default('all'),
    'all: console and sending in one process; web: console only; worker: sending only',
  ],
  HOST: [z.string().default('127.0.0.1'), 'address the console listens on'],
  PORT: [port.default(3000), 'port the console listens on'],
  PUBLIC_URL: [
    z.url().optional(),
    'address recipients reach it at, used in every link, e.g. https://kb.example.gov.cn',
  ],
  TRUST_PROXY: [
    proxyList.prefault('false'),
    'addresses or networks of the reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, comma separated, e.g. 127.0.0.1 or 10.8.0.0/24',
  ],
  OFFICE_NAME: [
    z.string().default('县人民政府办公室'),
    'name of the office, shown in the console and as the mail sender',
  ],
  OFFICE_PHONE: [
    z.string().max(60).default(''),
    'telephone number of the office, shown on every page for recipients, e.g. 0373-7690000',
  ],
  DATA_DIR: [z.string().default('data'), 'folder for the embedded database and the master key'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    'an outside PostgreSQL; without it one is started in DATA_DIR',
  ],
  DATABASE_PORT: [port.default(0), 'port of the embedded PostgreSQL on 127.0.0.1; 0 takes a free one'],
  REDIS_URL: [
    z
      .string()
      .refine((url) => readRedisAddress(url) !== null, '不是 Redis 地址')
      .optional(),
    'BullMQ on Redis; without it BullMQ runs on PostgreSQL. redis://host:6379/0; sentinels redis+sentinel://user:password@one:26379,two:26379/mymaster/0; cluster redis://one:6379,two:6379,three:6379',
  ],
  MASTER_KEY: [
    z.string().optional(),
    '32 bytes in base64 that seal contacts and links; without it one is made in DATA_DIR/master.key',
  ],
  UNDO_SECONDS: [
    z.coerce.number().int().min(0).max(3600).default(60),
    'seconds between sign-off and the first message, in which the sign-off can be undone',
  ],
  SWEEP_SECONDS: [
    z.coerce.number().int().min(1).max(600).default(30),
    'how often due, lost and doubtful deliveries are looked for',
  ],
  LINK_DAYS: [z.coerce.number().int().min(1).max(3650).default(180), 'days a reading link works'],
  CONTACT_WIPE_DAYS: [
    z.coerce.number().int().min(1).max(3650).default(180),
    'days after the last post has ended until the addresses of a person are removed',
  ],
  LEASE_SECONDS: [
    z.coerce.number().int().min(3).max(3600).default(120),
    'after this long without a sign of its worker a claimed delivery is in doubt',
  ],
  DOUBT_MINUTES: [
    z.coerce.number().min(0).max(1440).default(10),
    'how long a doubtful delivery waits for a report before its rule applies',
  ],
  EMAIL_DOUBT: [
    z.enum(['hold', 'repeat']).default('repeat'),
    'a doubtful e-mail is held for a person, or repeated once under the same Message-ID and then held',
  ],
  SMTP_HOST: [z.string().optional(), 'mail server; without it the e-mail channel is off'],
  SMTP_PORT: [port.default(465), 'mail server port'],
  SMTP_ENCRYPTION: [
    z.enum(['tls', 'starttls', 'none']).default('tls'),
    'tls: encrypted from the first byte (465); starttls (587); none only for a relay on the same machine',
  ],
  SMTP_USER: [z.string().optional(), 'mail account'],
  SMTP_PASSWORD: [z.string().optional(), 'its password'],
  SMTP_CONNECTIONS: [z.coerce.number().int().min(1).max(50).default(5), 'connections kept open to the mail server'],
  SMTP_CLIENT: [
    z.enum(['pipelined', 'nodemailer']).default('pipelined'),
    'pipelined: several times as fast where the server offers PIPELINING; nodemailer: for a server that has trouble with it',
  ],
  SMTP_PATIENCE_SECONDS: [
    z.coerce.number().int().min(1).max(3600).default(600),
    'how long to wait for the answer to a message, half of it for the greeting and each command; RFC 5321 asks for 600 at least',
  ],
  MAIL_FROM: [z.email().default('kuaibao@localhost.localdomain'), 'address of the office in From'],
  MAIL_OWN_DOMAINS: [
    list.default([]),
    "the office's own mail domains, which may get internal issues in full, comma separated",
  ],
  BOUNCE_DOMAIN: [z.string().optional(), 'domain whose mail comes back to us, for delivery reports and bounces'],
  BOUNCE_HOST: [z.string().default('127.0.0.1'), 'address the bounce receiver listens on'],
  BOUNCE_PORT: [port.default(0), 'port of the bounce receiver; 0 takes a free one (only sensible for the sandbox)'],
  RECONCILE_SECONDS: [
    z.coerce.number().int().min(0).max(3600).default(120),
    'how long after a doubtful SMS the provider is asked about it',
  ],
  ...accountSettings,
  LOG_LEVEL: [z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'), 'how much is logged'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

export type Key = keyof typeof settingsTable;
export const schema = z.object(
  Object.fromEntries(Object.entries(settingsTable).map(([k, [type]]) => [k, type])) as {
    [K in Key]: (typeof settingsTable)[K][0];
  },
);
export type Environment = z.input<typeof schema>;

/** @throws StartError naming every faulty setting */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given: Record<string, string> = {};
  const faults: string[] = [];
  for (const key of Object.keys(settingsTable) as Key[]) {
    const file = environment[`${key}_FILE`];
    if (file && /PASSWORD|SECRET|KEY/.test(key)) {
      if (existsSync(file)) given[key] = readFileSync(file, 'utf8').trim();
      else faults.push(`${key}_FILE：找不到文件 ${file}`);
    } else if (environment[key]) given[key] = environment[key];
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = issue.path[0] as Key;
      faults.push(
        `${key}＝${/PASSWORD|SECRET|KEY|_URL$/.test(key) ? '（已隐去）' : given[key]}：${issue.message}（${settingsTable[key]?.[1]}）`,
      );
    }
  }
  if (parsed.success) faults.push(...halfConfigured(parsed.data));
  if (faults.length || !parsed.success) {
    throw new StartError(
      `设置有误：\n  ${faults.join('\n  ')}`,
      '请改正环境变量后重新启动；npm run config 列出全部设置及说明。',
    );
  }
  return toSettings(parsed.data);
}

type Values = z.output<typeof schema>;
const tencentKeys = [
  'TENCENT_SECRET_KEY',
  'TENCENT_SDK_APP_ID',
  'TENCENT_TEMPLATE_DIGEST',
  'TENCENT_TEMPLATE_NOTICE',
  'TENCENT_TEMPLATE_REMINDER',
  'TENCENT_TEMPLATE_WITHDRAWAL',
  'TENCENT_TEMPLATE_CODE',
  'TENCENT_TEMPLATE_SUBSCRIBER',
] as const;

function halfConfigured(v: Values): string[] {
  const faults: string[] = [];
  const need = (when: unknown, keys: readonly Key[], what: string) => {
    if (when)
      for (const key of keys)
        if (v[key] === undefined) faults.push(`${key}：启用${what}时必须设置（${settingsTable[key][1]}）`);
  };
  need(v.ALIYUN_ACCESS_KEY_ID, ['ALIYUN_ACCESS_KEY_SECRET'], '短信');
  need(v.TENCENT_SECRET_ID, tencentKeys, '腾讯云短信');
  need(v.WECOM_CORP_ID, ['WECOM_AGENT_ID', 'WECOM_SECRET'], '企业微信');
  need(v.SMTP_USER, ['SMTP_PASSWORD'], '邮件登录');
  need(v.SMTP2_USER, ['SMTP2_PASSWORD'], '备用邮件服务器登录');
  need(v.SMTP2_HOST, ['SMTP_HOST'], '备用邮件服务器');
  if (
    (v.SMTP_HOST || v.ALIYUN_ACCESS_KEY_ID || v.TENCENT_SECRET_ID || v.WECOM_CORP_ID) &&
    !v.PUBLIC_URL &&
    v.HOST !== '127.0.0.1'
  ) {
    faults.push(`PUBLIC_URL：启用发送通道时必须设置（${settingsTable.PUBLIC_URL[1]}）`);
  }
  return faults;
}

function toSettings(v: Values): Settings {
  const publicUrl = (v.PUBLIC_URL ?? `http://${v.HOST}:${v.PORT}`).replace(/\/+$/, '');
  return Object.freeze<Settings>({
    mode: 'production',
    role: v.ROLE,
    logLevel: v.LOG_LEVEL,
    officeName: v.OFFICE_NAME,
    officePhone: v.OFFICE_PHONE.trim(),
    sandboxUrl: null,
    http: {
      host: v.HOST,
      port: v.PORT,
      publicUrl,
      proxies: v.TRUST_PROXY,
      secureCookies: publicUrl.startsWith('https:'),
    },
    dataDir: resolve(v.DATA_DIR),
    databaseUrl: v.DATABASE_URL ?? null,
    embeddedPort: v.DATABASE_PORT,
    redisUrl: v.REDIS_URL ?? null,
    masterKey: v.MASTER_KEY ?? null,
    reading: { linkDays: v.LINK_DAYS },
    contactWipeDays: v.CONTACT_WIPE_DAYS,
    delivery: {
      undoSeconds: v.UNDO_SECONDS,
      sweepSeconds: v.SWEEP_SECONDS,
      leaseSeconds: v.LEASE_SECONDS,
      doubtWindowMs: v.DOUBT_MINUTES * 60_000,
      emailDoubt: v.EMAIL_DOUBT,
      digestMinutes: v.DIGEST_TIME,
    },
    limits: {
      accounts: {
        smtp: v.SMTP_LIMITS,
        smtp2: v.SMTP2_LIMITS,
        aliyun: v.ALIYUN_LIMITS,
        tencent: v.TENCENT_LIMITS,
        wecom: v.WECOM_LIMITS,
      },
      mailDomains: v.MAIL_DOMAIN_LIMITS,
      ...{ number: v.SMS_NUMBER_LIMITS, member: v.WECOM_MEMBER_LIMITS },
      dailyCap: v.DAILY_CAP,
    },
    email: v.SMTP_HOST
      ? {
          host: v.SMTP_HOST,
          port: v.SMTP_PORT,
          encryption: v.SMTP_ENCRYPTION,
          user: v.SMTP_USER ?? null,
          password: v.SMTP_PASSWORD ?? null,
          second: v.SMTP2_HOST
            ? {
                host: v.SMTP2_HOST,
                port: v.SMTP2_PORT,
                encryption: v.SMTP2_ENCRYPTION,
                user: v.SMTP2_USER ?? null,
                password: v.SMTP2_PASSWORD ?? null,
              }
            : null,
          connections: v.SMTP_CONNECTIONS,
          client: v.SMTP_CLIENT,
          patienceSeconds: v.SMTP_PATIENCE_SECONDS,
          from: v.MAIL_FROM,
          bounce: v.BOUNCE_DOMAIN ? { domain: v.BOUNCE_DOMAIN, host: v.BOUNCE_HOST, port: v.BOUNCE_PORT } : null,
        }
      : null,
    ownMailDomains: v.MAIL_OWN_DOMAINS.map((d) => d.toLowerCase()),
    sms: v.ALIYUN_ACCESS_KEY_ID || v.TENCENT_SECRET_ID ? smsSettings(v) : null,
    wecom: v.WECOM_CORP_ID
      ? {
          base: v.WECOM_API_BASE,
          corpId: v.WECOM_CORP_ID,
          agentId: v.WECOM_AGENT_ID!,
          secret: v.WECOM_SECRET!,
          concurrency: v.WECOM_CONCURRENCY,
        }
      : null,
  });
}
