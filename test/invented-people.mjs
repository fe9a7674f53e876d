// As many invented recipients as a benchmark or a chaos run asks for.
import { randomUUID } from 'node:crypto';

/** Groups that the demo issue names. */
export const groups = ['县委常委', '县直各单位负责人', '各乡（镇）政府、街道办事处主要领导'];

/** The addresses of the n-th of them. */
export const invented = (n) => ({
  email: `r${n}@yanjin.example`,
  sms: `154${String(n).padStart(8, '0')}`,
  wecom: `r${n}`,
});

const headings = ['order', 'groups', 'unit', 'post', 'name', 'mobile', 'email', 'kind', 'proxy', 'wecom'];

/**
 * The same people as the rows of a list file, headings first; eight to a unit.
 *
 * @param changed so many of them, spread over the list, have a new number, a new name or another group
 */
export function listRows(count, changed = 0) {
  const step = changed === 0 ? Infinity : Math.floor(count / changed);
  const rows = Array.from({ length: count }, (_, i) => {
    const n = i + 1;
    const { email, sms, wecom } = invented(n);
    const row = [`${n}`, groups[n % 3], `单位${n >> 3}`, `职务${n % 8}`, `某某${n}`, sms, email, 'unit', '', wecom];
    if (n % step === 0) change(row, n, (n / step) % 3);
    return row;
  });
  return [headings, ...rows];
}

function change(row, n, what) {
  if (what === 0) row[5] = `155${row[5].slice(3)}`;
  else if (what === 1) row[4] = `新任${n}`;
  else row[1] = groups[(n + 1) % 3];
}

/**
 * Posts with a holder each, in the groups that the demo issue names, straight into the database.
 *
 * @param contactsOf gives the addresses of the n-th person by kind
 */
export async function addPeople(database, vault, count, contactsOf) {
  const unitIds = Array.from({ length: Math.ceil(count / 100) }, () => randomUUID());
  const groupIds = groups.map(() => randomUUID());
  const insert = (sql, ...columns) => database.query(sql, columns);
  await insert(
    `INSERT INTO unit (id, name, sort_order) SELECT id, '单位' || n, n FROM unnest($1::uuid[]) WITH ORDINALITY AS r(id, n)`,
    unitIds,
  );
  await insert(
    `INSERT INTO recipient_group (id, name, sort_order) SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[])`,
    groupIds,
    groups,
    groups.map((_, i) => i),
  );
  for (let from = 0; from < count; from += 10_000) {
    const rows = Array.from({ length: Math.min(10_000, count - from) }, (_, i) => rowOf(from + i));
    const column = (of) => rows.map(of);
    const [posts, persons] = [column((r) => r.post), column((r) => r.person)];
    await insert(
      `INSERT INTO post (id, unit_id, title, kind, protocol_order)
       SELECT a, b, c, 'unit', d FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) AS r(a, b, c, d)`,
      posts,
      column((r) => unitIds[r.n % unitIds.length]),
      column((r) => `负责人${r.n}`),
      column((r) => r.n),
    );
    await insert(
      `INSERT INTO person (id, name) SELECT * FROM unnest($1::uuid[], $2::text[])`,
      persons,
      column((r) => `某某${r.n}`),
    );
    await insert(
      `INSERT INTO tenure (post_id, person_id, starts_on) SELECT a, b, '2024-01-01' FROM unnest($1::uuid[], $2::uuid[]) AS r(a, b)`,
      posts,
      persons,
    );
    await insert(
      `INSERT INTO group_member (post_id, group_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])`,
      posts,
      column((r) => groupIds[r.n % groupIds.length]),
    );
    const contacts = rows.flatMap((row) =>
      Object.entries(contactsOf(row.n)).map(([kind, address]) => ({ person: row.person, kind, address })),
    );
    const of = (read) => contacts.map(read);
    await insert(
      `INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, mail_domain, masked)
       SELECT a, k, b, $5, c, CASE WHEN k = 'email' THEN 'yanjin.example' END, '***'
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS r(a, k, b, c)`,
      of(({ person }) => person),
      of(({ kind }) => kind),
      of(({ address }) => vault.seal(address)),
      of(({ kind, address }) => vault.lookupHash(kind, address)),
      vault.keyId,
    );
  }
  await database.query('ANALYZE');
}

function rowOf(n) {
  return { n, post: randomUUID(), person: randomUUID() };
}
