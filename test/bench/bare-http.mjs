// The least a handler can do that stores something: one row, then an answer.
import Fastify from 'fastify';
import pg from 'pg';
import { serve } from './children.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, token text, at timestamptz DEFAULT now())',
);
const app = Fastify();
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, body),
);
app.post('/r/:token/acknowledge', async (request, reply) => {
  await pool.query({ name: 'add', text: 'INSERT INTO bare (token) VALUES ($1)', values: [request.params.token] });
  return reply.redirect(`/r/${request.params.token}`, 303);
});
await app.listen({ host: '127.0.0.1', port: 0 });
serve({ port: app.server.address().port }, { stop: () => app.close() });
