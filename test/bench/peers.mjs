// What an office would write without this product: nodemailer's pool in a bare loop, and one pg-boss job for each mail.
import nodemailer from 'nodemailer';
import { PgBoss } from 'pg-boss';
import { serve } from './children.mjs';

const connections = 20;
const queue = 'mail';
const transportTo = (port) =>
  nodemailer.createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Infinity,
  });

const mailFor = ({ subject, text, html }, { link, name, to }) => {
  const fill = (part) => part.replaceAll('\uE002', link).replaceAll('\uE000', name).replaceAll('\uE001', '000001');
  return { from: 'kuaibao@localhost.localdomain', to, subject, text: fill(text), html: fill(html) };
};

async function loop({ port, content, people }) {
  const transport = transportTo(port);
  const from = performance.now();
  let next = 0;
  const lane = async () => {
    for (let person = people[next++]; person; person = people[next++]) {
      await transport.sendMail(mailFor(content, person));
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const ms = performance.now() - from;
  transport.close();
  return ms;
}

/** Jobs are there before the clock starts, as the product's deliveries are. Fetched and completed in batches, to its favour. */
async function withPgBoss({ port, content, people, url }) {
  const boss = new PgBoss(url);
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(queue);
  for (let from = 0; from < people.length; from += 1000) {
    await boss.insert(
      queue,
      people.slice(from, from + 1000).map((data) => ({ data, retryLimit: 5 })),
    );
  }
  const transport = transportTo(port);
  const from = performance.now();
  const worker = async () => {
    for (;;) {
      const jobs = await boss.fetch(queue, { batchSize: 100 });
      if (!jobs?.length) return;
      await Promise.all(jobs.map(({ data }) => transport.sendMail(mailFor(content, data))));
      await boss.complete(
        queue,
        jobs.map(({ id }) => id),
      );
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  const ms = performance.now() - from;
  transport.close();
  await boss.stop({ graceful: false });
  return ms;
}

serve({}, { loop, withPgBoss });
