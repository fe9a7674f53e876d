import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClockCheck } from '../clock-check.js';
import { withTimeout } from '../with-timeout.js';
import { Public } from './access.js';
import { noStore } from './page.interceptor.js';

/** Longer, and whoever watches has given up. */
const PATIENCE_MS = 2000;

/** For a monitor or a load balancer: this process answers, and its database answers it; `clock` when they disagree on the time. */
@Public()
@Controller('healthz')
export class HealthController {
  constructor(private readonly clocks: ClockCheck) {}

  @Get()
  async look(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: 'ok' | 'unavailable'; clock?: string }> {
    noStore(reply);
    try {
      const clock = await withTimeout(this.clocks.look(), PATIENCE_MS);
      return clock === null ? { status: 'ok' } : { status: 'ok', clock };
    } catch {
      reply.code(503);
      return { status: 'unavailable' };
    }
  }
}
