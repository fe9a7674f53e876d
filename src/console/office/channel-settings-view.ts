import type { StoredAccount } from '../../channels/stored-accounts.js';
import { chineseDateTime } from '../../domain/calendar.js';
import { isSecretKey } from '../../settings/read.js';

export interface SettingField {
  /** Its id on the page. */
  key: string;
  /** As it is sent: what begins with an underscore is kept nowhere while the form is under way. */
  name: string;
  label: string;
  type: 'text' | 'password';
  value: string;
  hint: string | null;
  required: boolean;
  error: string | null;
}

export const inputName = (key: string): string => (isSecretKey(key) ? `_${key}` : key);

/** @param shown what is typed or stored and no secret, and which secrets are stored */
export function settingFields(
  { form, opens, needs }: Pick<StoredAccount['provider'], 'form' | 'opens' | 'needs'>,
  shown: { texts: Readonly<Record<string, string>>; secrets: ReadonlySet<string> },
  faults: readonly { field: string; message: string }[],
): SettingField[] {
  return Object.entries(form).map(([key, label]) => {
    const secret = isSecretKey(key);
    const stored = shown.secrets.has(key);
    return {
      key,
      name: inputName(key),
      label,
      type: secret ? 'password' : 'text',
      value: secret ? '' : (shown.texts[key] ?? ''),
      hint: stored ? '已保存（•••），不再显示；留空则不改。' : null,
      required: !stored && (key === opens || needs.includes(key)),
      error: faults.find(({ field }) => field === key)?.message ?? null,
    };
  });
}

/** “2026年11月23日 09:00由管理员甲修改”; null where nothing was ever entered. */
export function changedText(row: StoredAccount['row']): string | null {
  if (row === null) return null;
  return `${chineseDateTime(row.changedAt)}由${row.changedBy}${row.sealed === null ? '删除' : '修改'}`;
}
