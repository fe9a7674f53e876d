// The list of a large office: 20,000 posts with 100,000 tenures; list, search and single pages over HTTP.
import { start } from './children.mjs';
import { openOffice } from './office.mjs';

const port = 38473;
const posts = 20_000;
const formerHolders = 4;

export async function measureList(server, { runs, say }) {
  const office = await openOffice(server, 'list', posts);
  await addHistory(office);
  const web = await start('product.mjs', { ...office.environment, PORT: String(port), ROLE: 'web' });
  await initialsWritten(office);
  const found = {};
  try {
    const [{ post, person, unit }] = await office.query(
      `SELECT p.id AS post, t.person_id AS person, p.unit_id AS unit FROM post p JOIN tenure t ON t.post_id = p.id
       WHERE t.ends_on IS NULL ORDER BY p.protocol_order OFFSET 12345 LIMIT 1`,
    );
    const cookie = `kb_session=${await web.ask('session')}`;
    const pages = {
      list: '/list',
      lastPage: '/list?page=400',
      pastDay: '/list?at=2021-06-01',
      name: `/list?q=${encodeURIComponent('欧阳123')}`,
      initials: '/list?q=oy12',
      unit: `/list?q=${encodeURIComponent('单位7')}`,
      title: `/list?q=${encodeURIComponent('负责人123')}`,
      lastDigits: '/list?q=1234',
      nothing: `/list?q=${encodeURIComponent('没有这个人')}`,
      post: `/posts/${post}`,
      person: `/people/${person}`,
      unitPage: `/units/${unit}`,
      units: '/units',
      people: '/people?page=900',
      groups: '/groups',
    };
    for (const [name, path] of Object.entries(pages)) found[name] = await times(path, cookie, Math.max(5, runs));
    const scopes = {
      scopeOfGroups: '测试组，没有这个组',
      scopeNested: '测试组（除单位7、单位9外），单位12，单位15负责人',
    };
    for (const [name, scope] of Object.entries(scopes))
      found[name] = await times('/scope', cookie, Math.max(5, runs), new URLSearchParams({ scope }));
    for (const [name, ms] of Object.entries(found)) say(`${name}: ${ms.join(', ')} ms`);
  } finally {
    await web.stop();
    await office.close();
  }
  return found;
}

/** Four who held each post before, and names and numbers to search by. */
async function addHistory(office) {
  await office.query(`UPDATE person SET name = '欧阳' || substr(name, 3)`);
  for (let year = 0; year < formerHolders; year++)
    await office.query(
      `WITH held AS (SELECT p.id AS post_id, gen_random_uuid() AS person_id, row_number() OVER () AS n FROM post p),
            people AS (INSERT INTO person (id, name) SELECT person_id, '单某' || n || '甲' FROM held)
       INSERT INTO tenure (post_id, person_id, starts_on, ends_on)
       SELECT post_id, person_id, make_date($1::int, 1, 1), make_date($1::int + 1, 1, 1) FROM held`,
      [2020 + year],
    );
  await office.query(
    `INSERT INTO contact (person_id, kind, sealed, key_id, lookup_hash, masked)
     SELECT id, 'sms', 'x', 'x', 'sms' || id, '154****' || lpad((row_number() OVER () % 10000)::text, 4, '0') FROM person`,
  );
  await office.query('ANALYZE');
}

/** They are filled in beside the start, once. */
async function initialsWritten(office) {
  for (;;) {
    const [{ n }] = await office.query(`SELECT count(*)::int AS n FROM person WHERE initials = ''`);
    if (n === 0) return office.query('ANALYZE person');
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** @param form posted when given */
async function times(path, cookie, runs, form) {
  const all = [];
  for (let run = 0; run <= runs; run++) {
    const from = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { cookie },
      redirect: 'manual',
      ...(form ? { method: 'POST', body: form } : {}),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    all.push(Math.round(performance.now() - from));
  }
  // The first makes caches warm, as they are when an office works with the list.
  return all.slice(1);
}
