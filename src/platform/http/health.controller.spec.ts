import type { FastifyReply } from 'fastify';
import type { Database } from '../database.js';
import { HealthController } from './health.controller.js';

it.each([
  ['answers', () => Promise.resolve(), 'ok', undefined],
  ['fails', () => Promise.reject(new Error('connection refused to 10.0.0.7')), 'unavailable', 503],
])('tells a monitor that the database %s, and no more', async (_, answers, status, code) => {
  const sent: number[] = [];
  const reply = { header: () => reply, code: (n: number) => void sent.push(n) } as unknown as FastifyReply;
  expect(await new HealthController({ answers } as Database).look(reply)).toEqual({ status });
  expect(sent).toEqual(code === undefined ? [] : [code]);
});
