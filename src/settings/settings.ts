import type { AccountNames } from './accounts.js';
import type { DatabaseSettings } from './database.js';
import type { DeliverySettings } from './delivery.js';
import type { EmailSettings } from './email.js';
import type { HttpSettings } from './http.js';
import type { LimitSettings } from './limits.js';
import type { OfficeSettings } from './office.js';
import type { SmsSettings } from './sms.js';
import type { WechatSettings } from './wechat.js';
import type { WecomRobotSettings, WecomSettings } from './wecom.js';

/**
 * Everything the operator can set, read once and never changed. An abstract class rather than a type, so that Nest can inject
 * it by name.
 */
export abstract class Settings implements OfficeSettings, DatabaseSettings {
  /** `demo`: sandbox providers, invented recipients; the console says so on every page. */
  abstract readonly mode: 'production' | 'demo';
  /** Where the sandbox shows what phones would show; null outside demo and tests. */
  abstract readonly sandboxUrl: string | null;
  abstract readonly role: OfficeSettings['role'];
  abstract readonly logLevel: string;
  abstract readonly officeName: string;
  abstract readonly officePhone: string;
  abstract readonly fontDir: OfficeSettings['fontDir'];
  abstract readonly reading: OfficeSettings['reading'];
  abstract readonly contactWipeDays: number;
  abstract readonly http: HttpSettings;
  abstract readonly dataDir: string;
  abstract readonly databaseUrl: string | null;
  abstract readonly embeddedPort: number;
  abstract readonly redisUrl: string | null;
  abstract readonly masterKey: string | null;
  abstract readonly delivery: DeliverySettings;
  abstract readonly limits: LimitSettings;
  /** What the office calls its accounts, where it calls them anything. */
  abstract readonly accountNames: AccountNames;
  /** A channel that is null is off. */
  abstract readonly email: EmailSettings | null;
  abstract readonly ownMailDomains: readonly string[];
  /** What SMS vendors have in common, whether there is one or not. */
  abstract readonly smsTexts: Omit<SmsSettings, 'vendors'>;
  abstract readonly sms: SmsSettings | null;
  abstract readonly wecom: WecomSettings | null;
  abstract readonly wechat: WechatSettings | null;
  /** Tells the group on duty; null where there is none. */
  abstract readonly wecomRobot: WecomRobotSettings | null;
}
