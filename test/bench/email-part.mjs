// 5,000 personalised mails: the product against what one would write by hand.
import { start } from './children.mjs';
import { openOffice } from './office.mjs';

const connections = 20;

export async function measureEmail(server, { count, runs, say }) {
  const office = await openOffice(server, 'email', count);
  const sink = await start('sink.mjs');
  const mail = {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sink.facts.port),
    SMTP_ENCRYPTION: 'none',
    MAIL_FROM: 'office@example.cn',
  };
  const environment = { ...office.environment, ...mail, SMTP_CONNECTIONS: String(connections) };
  const web = await start('product.mjs', { ...environment, ROLE: 'web', PORT: '38471' });
  const worker = await start('product.mjs', { ...environment, ROLE: 'worker' });
  const peers = await start('peers.mjs');
  const rates = { product: [], nodemailer: [], pgBoss: [] };
  const cpuMs = [];
  const checked = async (way, ms) => {
    const seen = await sink.ask('look');
    if (seen.mails !== count || seen.links !== count)
      throw new Error(`${way}: ${seen.mails} mails with ${seen.links} links instead of ${count}`);
    rates[way].push(Math.round((count / ms) * 1000));
    say(`${way}: ${rates[way].at(-1)} mails/s (${seen.meanBytes} bytes each)`);
  };
  try {
    for (let run = 1; run <= runs; run++) {
      const before = worker.cpuMs();
      await checked('product', await productRun(office, web, run));
      cpuMs.push(Number(((worker.cpuMs() - before) / count).toFixed(3)));
      const job = { port: sink.facts.port, content: await contentOf(office), people: peopleOf(count) };
      await checked('nodemailer', await peers.ask('loop', job));
      const url = await server.empty(`pgboss${run}`);
      await checked('pgBoss', await peers.ask('withPgBoss', { ...job, url }));
    }
  } finally {
    for (const child of [worker, web, peers, sink]) await child.stop();
    await office.close();
  }
  return { rates, cpuMs };
}

/** From the first claim to the last stored outcome, by the rows' own times. */
export async function productRun(office, web, number) {
  const { editionId } = await web.ask('signOff', await web.ask('review', number));
  for (;;) {
    const [{ planned, open }] = await office.query(
      `SELECT e.planned_at IS NOT NULL AS planned,
              EXISTS (SELECT 1 FROM delivery d WHERE d.edition_id = e.id AND d.state IN ('planned', 'sending')) AS open
       FROM edition e WHERE e.id = $1`,
      [editionId],
    );
    if (planned && !open) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const [{ ms, sent }] = await office.query(
    `SELECT extract(epoch FROM max(a.ended_at) - min(a.started_at)) * 1000 AS ms, count(*) FILTER (WHERE d.state = 'sent')::int AS sent
     FROM delivery d JOIN attempt a ON a.delivery_id = d.id WHERE d.edition_id = $1`,
    [editionId],
  );
  if (sent !== office.people) throw new Error(`only ${sent} of ${office.people} deliveries are sent`);
  return Number(ms);
}

/** The very texts the product sent, with its slots. */
async function contentOf(office) {
  const [{ content }] = await office.query('SELECT content FROM rendition LIMIT 1');
  return content;
}

function peopleOf(count) {
  return Array.from({ length: count }, (_, n) => ({
    to: `r${n}@yanjin.example`,
    name: `单位${n}负责人${n}某某${n}同志`,
    link: `http://kb.example.cn/r/${String(n).padStart(22, 'A')}`,
  }));
}
