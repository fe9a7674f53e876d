import type { Rate } from '../domain/rate.js';
import type { DoubtRule } from '../domain/sending/retry.js';

/**
 * Everything the operator can set, read once by config.ts and never changed. An abstract class rather than a type, so that
 * Nest can inject it by name.
 */
export abstract class Settings {
  /** `demo`: sandbox providers, invented recipients; the console says so on every page. */
  abstract readonly mode: 'production' | 'demo';
  abstract readonly role: 'all' | 'web' | 'worker';
  abstract readonly logLevel: string;
  abstract readonly officeName: string;
  /** Empty when none was given. */
  abstract readonly officePhone: string;
  /** Where the sandbox shows what phones would show; null outside demo and tests. */
  abstract readonly sandboxUrl: string | null;
  abstract readonly http: {
    host: string;
    port: number;
    /** Without a slash at the end. */
    publicUrl: string;
    /** Addresses and networks of the reverse proxies that are believed; see trustedProxies. */
    proxies: readonly string[];
    secureCookies: boolean;
  };
  abstract readonly dataDir: string;
  /** Null starts the embedded PostgreSQL. */
  abstract readonly databaseUrl: string | null;
  abstract readonly embeddedPort: number;
  /** Null runs BullMQ on PostgreSQL. */
  abstract readonly redisUrl: string | null;
  /** 32 bytes in base64; null reads or makes DATA_DIR/master.key. */
  abstract readonly masterKey: string | null;
  abstract readonly reading: { linkDays: number };
  /** Days after the last tenure has ended until a person's addresses are removed. */
  abstract readonly contactWipeDays: number;
  abstract readonly delivery: {
    undoSeconds: number;
    sweepSeconds: number;
    leaseSeconds: number;
    doubtWindowMs: number;
    emailDoubt: DoubtRule;
    /** When the daily digest leaves, in minutes of Beijing's day. */
    digestMinutes: number;
  };
  abstract readonly limits: LimitSettings;
  /** A channel that is null is off. */
  abstract readonly email: EmailSettings | null;
  abstract readonly ownMailDomains: readonly string[];
  abstract readonly sms: SmsSettings | null;
  abstract readonly wecom: WecomSettings | null;
}

/** An empty list limits nothing. */
export interface LimitSettings {
  accounts: Readonly<Record<string, readonly Rate[]>>;
  /** `*` stands for every other domain. */
  mailDomains: ReadonlyMap<string, readonly Rate[]>;
  number: readonly Rate[];
  member: readonly Rate[];
  /** Notices a person gets in a day; 0 for no cap. */
  dailyCap: number;
}

export interface RelaySettings {
  host: string;
  port: number;
  encryption: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
}

export interface EmailSettings extends RelaySettings {
  /** Takes over while the first fails. */
  second: RelaySettings | null;
  connections: number;
  client: 'pipelined' | 'nodemailer';
  patienceSeconds: number;
  from: string;
  bounce: { domain: string; host: string; port: number } | null;
}

export interface SmsSettings {
  signName: string;
  templates: SmsTemplateCodes;
  concurrency: number;
  reconcileAfterMs: number;
  /** In order of preference; at least one of the two is configured. */
  order: readonly ('aliyun' | 'tencent')[];
  aliyun: { base: string; accessKeyId: string; accessKeySecret: string; reportKey: string | null } | null;
  tencent: TencentSettings | null;
}

export interface SmsTemplateCodes {
  digest: string;
  notice: string;
  reminder: string;
  withdrawal: string;
  code: string;
  subscriber: string;
  /** Empty where it is not filed: who applied by SMS is not told by SMS then. */
  decision: string;
}

export interface TencentSettings {
  base: string;
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  signName: string;
  templates: SmsTemplateCodes;
  reportKey: string | null;
}

export interface WecomSettings {
  base: string;
  corpId: string;
  agentId: number;
  secret: string;
  concurrency: number;
}
