import { z } from 'zod';
import { type SettingsTable, type Values, words } from './types.js';

/** What the office calls its provider accounts. */
export const accountKeys = {
  ACCOUNT_NAMES: [
    z
      .string()
      .prefault('')
      .transform((text, context) => {
        const names = new Map<string, string>();
        for (const word of words(text)) {
          const [account = '', name = ''] = word.split('=');
          if (/^[a-z]+[2-9]?$/.test(account) && name !== '' && name.length <= 20) names.set(account, name);
          else
            context.addIssue({
              code: 'custom',
              message: `“${word}”应写作“账号=名称”，名称不超过20个字，例如 smtp2=防汛邮件`,
            });
        }
        return names;
      }),
    'names of accounts on the page 通道, comma separated, e.g. smtp2=防汛邮件',
  ],
} as const satisfies SettingsTable;

/** By account. */
export type AccountNames = ReadonlyMap<string, string>;

export const accountNames = (v: Values<typeof accountKeys>): AccountNames => v.ACCOUNT_NAMES;
