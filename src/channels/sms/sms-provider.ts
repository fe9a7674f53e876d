import type { DeliveryReport, PartReport } from '../../domain/delivery.js';
import type { StatedRate } from '../../domain/rate.js';
import type { SmsSettings, SmsVendorSettings } from '../../settings/sms.js';
import type { SettingsTable, Values } from '../../settings/types.js';
import type { Reply } from '../channel.js';
import type { Push } from './push.js';
import type { SmsVendor } from './sms-channel.js';

/** Everything the rest of the service knows of one SMS vendor; it stands in the vendor's folder. */
export interface SmsProvider<
  Table extends SettingsTable = SettingsTable,
  Own extends SmsVendorSettings = SmsVendorSettings,
> {
  /** As stored on reports, attempts and gates, and as it stands in the address it pushes to. */
  readonly name: string;
  /** As the office calls it. */
  readonly text: string;
  readonly keys: Table;
  /** The key that switches it on, and those that must then be given too. */
  readonly opens: keyof Table & string;
  readonly needs: readonly (keyof Table & string)[];
  /** What is asked for at the console, in Chinese and in this order; everything else has its default there. */
  readonly form: Readonly<Partial<Record<keyof Table & string, string>>>;
  limits(values: Values<Table>): readonly StatedRate[];
  /** Null while it is switched off. */
  settings(values: Values<Table>, shared: Pick<SmsSettings, 'signName' | 'templates'>): Own | null;
  open(own: Own, now: () => Date): SmsVendor;
  /** What is wrong with values that are right one by one, a Chinese sentence each; asked only where the vendor is switched on. */
  faults?(values: Values<Table>): readonly string[];
  /** A push of delivery reports, by our own ids or by the vendor's; null for a body that holds none. Absent where none is pushed. */
  readReports?(body: unknown, now: Date, own: Own): Push<DeliveryReport | PartReport> | null;
  /** A push of what people sent back, at the same address with /up; absent where the vendor pushes none. */
  readReplies?(body: unknown, own: Own): Push<Reply> | null;
  /** What the vendor reads as yes to a push. */
  taken?(body: unknown): object;
}

/** Checks a vendor's own types against each other; behind the list of vendors they are no longer known. */
export const smsProvider = <Table extends SettingsTable, Own extends SmsVendorSettings>(
  provider: SmsProvider<Table, Own>,
): SmsProvider => provider as unknown as SmsProvider;
