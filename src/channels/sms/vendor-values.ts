import { schemaOf } from '../../settings/read.js';
import type { SmsProvider } from './sms-provider.js';

/** As in the environment: key -> text. */
export type VendorTexts = Readonly<Record<string, string>>;

export interface ValueFault {
  key: string;
  message: string;
}

/** What SmsProvider's `limits`, `settings` and `faults` take. */
export type VendorValues = Parameters<SmsProvider['limits']>[0];

/** Reads a vendor's settings by the same table as the environment's. An empty text is none. */
export function readVendorValues(
  vendor: Pick<SmsProvider, 'keys' | 'opens' | 'needs' | 'faults'>,
  texts: VendorTexts,
): { values: VendorValues } | { faults: ValueFault[] } {
  const given = Object.fromEntries(Object.entries(texts).filter(([key, text]) => key in vendor.keys && text !== ''));
  const faults: ValueFault[] = [vendor.opens, ...vendor.needs]
    .filter((key) => given[key] === undefined)
    .map((key) => ({ key, message: '请填写。' }));
  const parsed = schemaOf(vendor.keys).safeParse(given);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const key = String(path[0]);
      // Zod's own words are English; those of the table are ours.
      faults.push({ key, message: /\p{Script=Han}/u.test(message) ? `${message}。` : '格式不正确，请核对。' });
    }
  } else if (faults.length === 0) {
    const values = parsed.data as VendorValues;
    for (const fault of vendor.faults?.(values) ?? []) {
      const [key = ''] = fault.split('：');
      faults.push({ key: key in vendor.keys ? key : vendor.opens, message: `${fault}。` });
    }
    if (faults.length === 0) return { values };
  }
  return { faults };
}
