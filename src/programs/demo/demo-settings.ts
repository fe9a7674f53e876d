import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readSettings } from '../settings.js';
import type { Settings } from '../../settings/settings.js';
import type { Sandbox } from '../../sandbox/sandbox.js';

/** What a demo must find again after it was killed: links in messages name its port, providers know its secrets. */
export interface DemoState {
  port: number;
  /** The demo's own issue, once it was sent, read and reminded of. */
  finished: { id: string; issueId: string; title: string; seconds: number } | null;
  /** Whether the other issues were made that a visitor finds. */
  furnished: boolean;
  smtpPassword: string;
  smsSecret: string;
  wecomSecret: string;
  reportKey: string;
}

export const smtpUser = 'kuaibao@yanjin.example';
export const smsSign = '延津县政府办';
export const wecomCorpId = 'ww0123456789abcdef';
export const wecomAgentId = 1000002;
export const mas = { ecName: '延津县人民政府办公室', apId: 'kuaibao', sign: 'YJZFB' } as const;

/** By which WeCom's calls are signed and encrypted: 43 characters of base64 are the vendor's form of 32 bytes. */
export const wecomCallback = ({ wecomSecret }: DemoState): { token: string; aesKey: string } => ({
  token: wecomSecret,
  aesKey: createHash('sha256').update(wecomSecret).digest('base64').slice(0, 43),
});

const stateFile = (folder: string) => join(folder, 'demo.json');

export function loadState(folder: string): DemoState | null {
  return existsSync(stateFile(folder)) ? (JSON.parse(readFileSync(stateFile(folder), 'utf8')) as DemoState) : null;
}

export function saveState(folder: string, state: DemoState): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(stateFile(folder), JSON.stringify(state), { mode: 0o600 });
}

/** @param wanted the console's port; when it is taken, any free one */
export async function newState(wanted: number): Promise<DemoState> {
  const secret = () => randomBytes(16).toString('hex');
  const port = (await freePort(wanted)) ?? (await freePort(0))!;
  return {
    port,
    finished: null,
    furnished: false,
    smtpPassword: secret(),
    smsSecret: secret(),
    wecomSecret: secret(),
    reportKey: secret(),
  };
}

function freePort(port: number): Promise<number | null> {
  return new Promise((done) => {
    const probe = createServer().once('error', () => done(null));
    probe.listen(port, '127.0.0.1', () => {
      const { port: taken } = probe.address() as { port: number };
      probe.close(() => done(taken));
    });
  });
}

/** The ordinary settings, pointed at the sandbox, with short waits so that a killed demo recovers while one watches. */
export function demoSettings(
  folder: string,
  state: DemoState,
  sandbox: Sandbox,
  outside: Pick<Settings, 'databaseUrl' | 'redisUrl'>,
): Settings {
  const settings = readSettings({
    DATA_DIR: folder,
    PORT: String(state.port),
    OFFICE_NAME: '延津县人民政府办公室',
    OFFICE_PHONE: '0373-0000000',
    LOG_LEVEL: 'warn',
    DATABASE_URL: outside.databaseUrl ?? undefined,
    REDIS_URL: outside.redisUrl ?? undefined,
    UNDO_SECONDS: '0',
    SWEEP_SECONDS: '2',
    LEASE_SECONDS: '8',
    DOUBT_MINUTES: '0.35',
    RECONCILE_SECONDS: '3',
    SMTP_PATIENCE_SECONDS: '60',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sandbox.smtpPort),
    SMTP_ENCRYPTION: 'none',
    SMTP_USER: smtpUser,
    SMTP_PASSWORD: state.smtpPassword,
    MAIL_FROM: smtpUser,
    MAIL_OWN_DOMAINS: 'yanjin.example',
    BOUNCE_DOMAIN: 'bounce.yanjin.example',
    YUNMAS_BASE: sandbox.yunmasBase,
    YUNMAS_EC_NAME: mas.ecName,
    YUNMAS_AP_ID: mas.apId,
    YUNMAS_SECRET_KEY: state.smsSecret,
    YUNMAS_SIGN: mas.sign,
    YUNMAS_REPORT_KEY: state.reportKey,
    SMS_SIGN: smsSign,
    SMS_CONCURRENCY: '5',
    // A demo reminds within minutes of sending.
    SMS_NUMBER_LIMITS: '20/m,40/d',
    DAILY_CAP: '20',
    WECOM_API_BASE: sandbox.wecomBase,
    WECOM_CORP_ID: wecomCorpId,
    WECOM_AGENT_ID: String(wecomAgentId),
    WECOM_SECRET: state.wecomSecret,
    WECOM_CONCURRENCY: '5',
    WECOM_CALLBACK_TOKEN: wecomCallback(state).token,
    WECOM_CALLBACK_AES_KEY: wecomCallback(state).aesKey,
  });
  return Object.freeze({ ...settings, mode: 'demo' as const, sandboxUrl: sandbox.httpUrl });
}
