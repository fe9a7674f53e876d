// 100,000 copies of one issue: plan, reminders, acknowledgements, board and progress.
import { linkSecrets } from '../../dist/dispatch/plan/link.js';
import { PageMarks } from '../../dist/reading/page-mark.js';
import { start } from './children.mjs';
import { post } from './load.mjs';
import { openOffice } from './office.mjs';

const port = 38472;
const sockets = 50;

export async function measureLarge(server, { copies, runs, wants, say }) {
  const office = await openOffice(server, 'large', copies);
  // Nobody listens there: the channel is on, and nothing is sent.
  const mail = { SMTP_HOST: '127.0.0.1', SMTP_PORT: '9', SMTP_ENCRYPTION: 'none', MAIL_FROM: 'office@example.cn' };
  const environment = { ...office.environment, ...mail, TRUST_PROXY: '127.0.0.1', PORT: String(port), ROLE: 'web' };
  const found = { plan: { copies } };
  const { issueId, editionId } = await measureSignOff(environment, found.plan, say);
  const web = await start('product.mjs', environment);
  try {
    const cpuBefore = web.cpuMs();
    found.plan.seconds = seconds(await web.ask('plan', editionId));
    Object.assign(found.plan, { cpuSeconds: seconds(web.cpuMs() - cpuBefore), peakMb: web.memory().peak });
    const { plan } = found;
    say(`plan: ${plan.seconds} s, ${plan.cpuSeconds} s of one core beside the database, peak ${plan.peakMb} MB`);
    await office.query('ANALYZE');
    if (wants('acknowledge')) found.acknowledge = await measureAcknowledge(office, environment, editionId, runs, say);
    if (wants('board')) found.board = await measureBoard(web, issueId, editionId, { copies, runs, say });
    if (wants('memory')) found.memory = await measureMemory(office, environment, editionId, { copies, say });
    const reminded = await web.ask('remind', editionId);
    found.plan.reminders = reminded.value.reminded;
    found.plan.remindSeconds = seconds(reminded.ms);
    say(`reminders for ${found.plan.reminders}: ${found.plan.remindSeconds} s`);
    found.growth = await measureGrowth(office);
    say(`bytes a row, indexes and all: ${JSON.stringify(found.growth)}`);
  } finally {
    await web.stop();
    await office.close();
  }
  return found;
}

/** In a process of its own: a web process shows the page of checks and signs off, a worker plans. */
async function measureSignOff(environment, plan, say) {
  const signer = await start('product.mjs', environment);
  try {
    const issueId = await signer.ask('review', 1);
    const idleMb = signer.memory().peak;
    const cookie = `kb_session=${await signer.ask('session')}`;
    const from = performance.now();
    await read(`issues/${issueId}/sign-off`, cookie);
    const pageSeconds = seconds(performance.now() - from);
    const { ms, editionId } = await signer.ask('signOff', issueId);
    const peakMb = signer.memory().peak;
    Object.assign(plan, { signOffPageSeconds: pageSeconds, signOffSeconds: seconds(ms) });
    Object.assign(plan, { signOffIdleMb: idleMb, signOffPeakMb: peakMb });
    say(
      `sign-off of ${plan.copies} people: page ${pageSeconds} s, ${plan.signOffSeconds} s, ${idleMb} to ${peakMb} MB`,
    );
    return { issueId, editionId };
  } finally {
    await signer.stop();
  }
}

async function read(path, cookie) {
  const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { headers: { cookie }, redirect: 'manual' });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
}

/** What one row of each table that grows with the dispatches costs on disk. */
async function measureGrowth(office) {
  const tables = ['copy', 'delivery', 'attempt', 'edition_entry', 'reading_evidence'];
  const growth = {};
  for (const table of tables) {
    const [{ bytes, rows }] = await office.query(
      `SELECT pg_total_relation_size('${table}')::float8 AS bytes, (SELECT count(*)::int FROM ${table}) AS rows`,
    );
    if (rows > 0) growth[table] = { rows, bytesPerRow: Math.round(bytes / rows) };
  }
  return growth;
}

/** Without a mail for this long, the worker has stopped and nothing will be measured any more. */
const silentMs = 60_000;

/** A worker sends all of it: its resident memory, idle and at the most. */
async function measureMemory(office, environment, editionId, { copies, say }) {
  const sink = await start('sink.mjs');
  const mail = { SMTP_PORT: String(sink.facts.port), SMTP_CONNECTIONS: '20' };
  const worker = await start('product.mjs', { ...environment, ...mail, ROLE: 'worker' });
  try {
    const workerIdleMb = worker.memory().now;
    const from = performance.now();
    let [seen, at] = [0, from];
    for (;;) {
      const { mails } = await sink.ask('count');
      if (mails >= copies) break;
      if (mails > seen) [seen, at] = [mails, performance.now()];
      if (performance.now() - at > silentMs) throw new Error(`only ${mails} of ${copies} mails arrived`);
      await new Promise((done) => setTimeout(done, 500));
    }
    const { now, peak } = worker.memory();
    const perSecond = Math.round((copies / (performance.now() - from)) * 1000);
    say(
      `${copies} mails sent: worker ${workerIdleMb} MB idle, ${now} MB at the end, ${peak} MB at most (${perSecond}/s)`,
    );
    return { copies, workerIdleMb, workerEndMb: now, workerPeakMb: peak };
  } finally {
    await worker.stop();
    await sink.stop();
  }
}

const seconds = (ms) => Number((ms / 1000).toFixed(2));

async function measureAcknowledge(office, environment, editionId, runs, say) {
  const each = 5000;
  const rows = await office.query(
    'SELECT id, link_nonce FROM copy WHERE edition_id = $1 ORDER BY copy_number LIMIT $2',
    [editionId, each * runs],
  );
  // Everybody has had the page before him for a minute.
  const marks = new PageMarks(office.vault, { now: () => new Date(Date.now() - 60_000) });
  const forms = rows.map(({ id, link_nonce }) => {
    const { token } = linkSecrets(office.vault, id, link_nonce);
    return { path: `/r/${token}/acknowledge`, body: `page=${marks.make('issue', token)}` };
  });
  const bare = await start('bare-http.mjs', environment);
  const results = { product: [], bare: [] };
  try {
    for (let run = 0; run < runs; run++) {
      const part = forms.slice(run * each, (run + 1) * each);
      results.product.push(await post(port, part, sockets, 303));
      results.bare.push(await post(bare.facts.port, part, sockets, 303));
      say(`acknowledge: ${results.product.at(-1).perSecond}/s, bare ${results.bare.at(-1).perSecond}/s`);
    }
  } finally {
    await bare.stop();
  }
  const [{ n }] = await office.query(`SELECT count(*)::int AS n FROM copy WHERE reading = 'acknowledged'`);
  if (n !== forms.length) throw new Error(`${n} of ${forms.length} acknowledgements are stored`);
  return results;
}

async function measureBoard(web, issueId, editionId, { copies, runs, say }) {
  const cookie = `kb_session=${await web.ask('session')}`;
  const [page, lastPage, progress] = [[], [], []];
  const get = async (path) => {
    const from = performance.now();
    await read(`issues/${issueId}/${path}`, cookie);
    return Math.round(performance.now() - from);
  };
  // The first makes caches warm, as they are when an office works with the board.
  await get('board');
  for (let run = 0; run < Math.max(3, runs); run++) {
    page.push(await get('board'));
    lastPage.push(await get(`board?show=all&page=900&after=${Math.floor(copies * 0.9)}`));
    progress.push(Math.round(await web.ask('progress', editionId)));
  }
  say(`board: ${page.join(', ')} ms; page 900: ${lastPage.join(', ')} ms; progress: ${progress.join(', ')} ms`);
  return { page, lastPage, progress };
}
