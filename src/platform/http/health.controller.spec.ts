import type { FastifyReply } from 'fastify';
import type { ClockCheck } from '../clock-check.js';
import { HealthController } from './health.controller.js';

it.each([
  ['answers', () => Promise.resolve(null), { status: 'ok' }, undefined],
  ['has another time', () => Promise.resolve('时钟快约8小时'), { status: 'ok', clock: '时钟快约8小时' }, undefined],
  ['fails', () => Promise.reject(new Error('connection refused to 10.0.0.7')), { status: 'unavailable' }, 503],
])('tells a monitor that the database %s, and no more', async (_, look, said, code) => {
  const sent: number[] = [];
  const reply = { header: () => reply, code: (n: number) => void sent.push(n) } as unknown as FastifyReply;
  expect(await new HealthController({ look } as unknown as ClockCheck).look(reply)).toEqual(said);
  expect(sent).toEqual(code === undefined ? [] : [code]);
});
