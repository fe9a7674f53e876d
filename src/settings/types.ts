import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { rateOf, readLimit, type StatedRate } from '../domain/rate.js';

/** A key, its type with a default, and the sentence that `npm run config` prints. */
export type SettingsTable = Readonly<Record<string, readonly [z.ZodType, string]>>;
export type Values<T extends SettingsTable> = { [K in keyof T]: z.output<T[K][0]> };

/** Shapes of settings. */
export const port = z.coerce.number().int().min(0).max(65_535);
export const words = (v: string): string[] => v.split(/[,，;；\s]+/).filter(Boolean);

/** `1/m,5/h,10/d`; `none` for no limit. */
export const limits = z
  .string()
  .transform((v, context) => (v === 'none' ? [] : words(v)).map((word) => rateIn(word, context)));
/** `17:00`, as minutes of the day. */
export const timeOfDay = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, '应写作24小时制的“时:分”，例如 17:00')
  .transform((text) => {
    const [hours, minutes] = text.split(':').map(Number);
    return hours! * 60 + minutes!;
  });
/** The path of a file of certificates; its text. */
export const pemFile = z.string().transform((path, context) => {
  const refuse = (message: string) => (context.addIssue({ code: 'custom', message }), z.NEVER);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(`读不到这个文件（${(error as NodeJS.ErrnoException).code}）`);
  }
  if (text.includes('PRIVATE KEY-----')) return refuse('文件里有私钥；这里只要证书');
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return refuse('文件里没有PEM格式的证书（以-----BEGIN CERTIFICATE-----开头）');
  for (const [place, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      return refuse(`文件里的第${place + 1}个证书已损坏`);
    }
  }
  return text;
});
/** `qq.com=20/m`, `*=60/m` for all others. */
export const domainLimits = z.string().transform((v, context) => {
  const byDomain = new Map<string, StatedRate[]>();
  for (const word of v === 'none' ? [] : words(v)) {
    const [domain = '', limit = ''] = word.toLowerCase().split('=');
    byDomain.set(domain, [...(byDomain.get(domain) ?? []), rateIn(limit, context)]);
  }
  return byDomain;
});

function rateIn(text: string, context: z.RefinementCtx): StatedRate {
  const limit = readLimit(text);
  if (limit) return rateOf(limit);
  context.addIssue({ code: 'custom', message: `“${text}”不是限额，应写作“次数/单位”，单位为 s、m、h 或 d，例如 20/m` });
  return z.NEVER;
}
