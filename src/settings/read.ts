import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from './start-error.js';
import type { SettingsTable, Values } from './types.js';

/** When the first key is given, the others must be too; `what` is what they open, in Chinese. */
export interface Needed {
  when: string;
  keys: readonly string[];
  what: string;
}

const secret = /PASSWORD|SECRET|KEY|TOKEN/;

/** Whose value is never shown. */
export const isSecretKey = (key: string): boolean => secret.test(key);

/**
 * The only reader of the environment. A faulty value stops the start with all faults at once. A key ending in PASSWORD, SECRET,
 * KEY or TOKEN may also be given as a file: NAME_FILE=/path.
 *
 * @param further what else is wrong with values that are right one by one
 * @throws StartError naming every faulty setting
 */
export function readTable<T extends SettingsTable>(
  table: T,
  needs: readonly Needed[],
  further: (values: Values<T>) => string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Values<T> {
  const given: Record<string, string> = {};
  const faults: string[] = [];
  for (const key of Object.keys(table)) {
    const file = environment[`${key}_FILE`];
    if (file && secret.test(key)) {
      if (existsSync(file)) given[key] = readFileSync(file, 'utf8').trim();
      else faults.push(`${key}_FILE：找不到文件 ${file}`);
    } else if (environment[key]) given[key] = environment[key];
  }
  const parsed = schemaOf(table).safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0]);
      const value = secret.test(key) || key.endsWith('_URL') ? '（已隐去）' : given[key];
      faults.push(`${key}＝${value}：${issue.message}（${table[key]?.[1]}）`);
    }
  } else faults.push(...missing(table, needs, parsed.data), ...further(parsed.data as Values<T>));
  if (faults.length === 0 && parsed.success) return parsed.data as Values<T>;
  throw new StartError(
    `设置有误：\n  ${faults.join('\n  ')}`,
    '请改正环境变量后重新启动；npm run config 列出全部设置及说明。',
  );
}

export const schemaOf = (table: SettingsTable): z.ZodObject =>
  z.object(Object.fromEntries(Object.entries(table).map(([key, [type]]) => [key, type])));

const missing = (table: SettingsTable, needs: readonly Needed[], values: Readonly<Record<string, unknown>>): string[] =>
  needs
    .filter(({ when }) => values[when])
    .flatMap(({ keys, what }) =>
      keys
        .filter((key) => values[key] === undefined)
        .map((key) => `${key}：启用${what}时必须设置（${table[key]?.[1]}）`),
    );
