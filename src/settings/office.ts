import { statSync } from 'node:fs';
import { z } from 'zod';
import type { SettingsTable, Values } from './types.js';

const fontFolder = z
  .string()
  .refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false, '找不到这个文件夹');

/** The process, the office, and how long it keeps what it has. */
export const officeKeys = {
  ROLE: [
    z.enum(['all', 'web', 'worker']).default('all'),
    'all: console and sending in one process; web: console only; worker: sending only',
  ],
  OFFICE_NAME: [
    z.string().default('县人民政府办公室'),
    'name of the office, shown in the console and as the mail sender',
  ],
  OFFICE_PHONE: [
    z.string().max(60).default(''),
    'telephone number of the office, shown on every page for recipients, e.g. 0373-7690000',
  ],
  LOG_LEVEL: [z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'), 'how much is logged'],
  FONT_DIR: [
    fontFolder.optional(),
    'folder with the fonts of the office (仿宋, 小标宋, 楷体, 黑体 as .ttf, .otf or .ttc), in which PDF files are set',
  ],
  LINK_DAYS: [z.coerce.number().int().min(1).max(3650).default(180), 'days a reading link works'],
  CONTACT_WIPE_DAYS: [
    z.coerce.number().int().min(1).max(3650).default(180),
    'days after the last post has ended until the addresses of a person are removed',
  ],
} as const satisfies SettingsTable;

export interface OfficeSettings {
  role: 'all' | 'web' | 'worker';
  logLevel: string;
  officeName: string;
  /** Empty when none was given. */
  officePhone: string;
  /** Null without fonts of its own. */
  fontDir: string | null;
  reading: { linkDays: number };
  /** Days after the last tenure has ended until a person's addresses are removed. */
  contactWipeDays: number;
}

export const officeSettings = (v: Values<typeof officeKeys>): OfficeSettings => ({
  role: v.ROLE,
  logLevel: v.LOG_LEVEL,
  officeName: v.OFFICE_NAME,
  officePhone: v.OFFICE_PHONE.trim(),
  fontDir: v.FONT_DIR ?? null,
  reading: { linkDays: v.LINK_DAYS },
  contactWipeDays: v.CONTACT_WIPE_DAYS,
});
