import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which rooms write which table, looked over by a person. Messages and their attempts are written in
 * `dispatch/rows` alone; the list
 * is written by hand in organisation and from files in distribution; `item` only together with its section.
 */
export const reviewedWriters: Readonly<Record<string, string>> = {
  account: 'accounts',
  account_gate: 'dispatch/send',
  account_look: 'channels',
  account_setting: 'channels',
  address_proof: 'organisation',
  amendment_request: 'organisation',
  api_key: 'accounts',
  attempt: 'dispatch/rows',
  audit_entry: 'platform',
  calendar_day: 'dispatch/when',
  callback_call: 'channels',
  callback_count: 'channels',
  callback_odd_row: 'channels',
  callback_wrong_key: 'channels',
  contact: 'distribution organisation',
  copy: 'dispatch/rows reading',
  copy_count: 'dispatch/after',
  decoyed_page: 'reading',
  delivery: 'dispatch/rows',
  delivery_count: 'dispatch/after',
  delivery_report: 'channels',
  delivery_rung: 'dispatch/rows',
  duty_notice: 'dispatch/after',
  edition: 'dispatch/rows issues',
  edition_entry: 'issues',
  edition_print: 'rendering',
  export_count: 'platform',
  form_draft: 'platform',
  former_name: 'organisation',
  group_alias: 'distribution',
  group_exclusion: 'distribution',
  group_member: 'distribution',
  group_part: 'distribution',
  guess_count: 'reading',
  inbox_reply: 'channels',
  issue: 'issues',
  item: '',
  kept_page: 'platform',
  liaison: 'distribution organisation',
  list_change: 'distribution organisation',
  list_columns: 'distribution',
  list_due: 'distribution',
  list_import: 'distribution',
  list_import_change: 'distribution',
  member_lookup: 'organisation',
  message_handle: 'dispatch/rows',
  message_part: 'channels dispatch/rows',
  message_recall: 'dispatch/rows',
  notice_day: 'dispatch/rows',
  one_time_link: 'accounts',
  paper_scan: 'reading',
  paper_sheet: 'reading',
  paper_signature: 'reading',
  person: 'distribution organisation',
  post: 'distribution organisation',
  preference: 'organisation',
  press: 'platform',
  publication: 'distribution issues',
  rate_bucket: 'dispatch/rows',
  reader_device: 'reading',
  reading_evidence: 'reading',
  recall_address: 'dispatch/rows',
  recipient_group: 'distribution',
  rendition: 'rendering',
  scheduled_turn: 'dispatch/when',
  section: 'issues',
  send_back: 'issues',
  session: 'accounts',
  sms_reply: 'channels',
  subscription: 'distribution',
  tenure: 'distribution organisation',
  trial: 'accounts',
  trial_person: 'organisation',
  unit: 'distribution organisation',
};

/** Prisma's names of the tables, `recipientGroup`, with the tables' own. */
export function tablesByModel(folder = join(import.meta.dirname, '..', 'prisma', 'schema')): Map<string, string> {
  const schema = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const models = schema.flatMap((text) => [...text.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)]);
  return new Map(
    models.map(([, name = '', body = '']) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
    ]),
  );
}

/** The tables that a source writes, in SQL or through the client. One whose name is put together at run time is not seen. */
export function tablesWritten(text: string, models: ReadonlyMap<string, string>): string[] {
  const known = new Set(models.values());
  const inSql = [...text.matchAll(/\b(?:INSERT INTO|UPDATE(?: ONLY)?|DELETE FROM|TRUNCATE(?: TABLE)?) "?(\w+)/gi)];
  const byClient = [...text.matchAll(/\b(\w+)\s*\.(?:create|update|delete|upsert)(?:Many)?(?:AndReturn)?\(/g)];
  const named = [...inSql.map(([, name]) => name!), ...byClient.map(([, name]) => models.get(name!) ?? '')];
  return [...new Set(named.filter((name) => known.has(name)))];
}

/** As the reviewed table has it. */
export function writersOf(files: readonly { room: string; text: string }[]): Record<string, string> {
  const models = tablesByModel();
  const rooms = new Map([...models.values()].map((table) => [table, new Set<string>()]));
  for (const { room, text } of files) for (const table of tablesWritten(text, models)) rooms.get(table)!.add(room);
  return Object.fromEntries([...rooms].map(([table, some]) => [table, [...some].sort().join(' ')]));
}
