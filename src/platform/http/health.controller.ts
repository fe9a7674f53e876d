import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database } from '../database.js';
import { withTimeout } from '../with-timeout.js';
import { Public } from './access.js';
import { noStore } from './page.interceptor.js';

/** Longer, and whoever watches has given up. */
const PATIENCE_MS = 2000;

/** For a monitor or a load balancer: this process answers, and its database answers it. Says nothing else about either. */
@Public()
@Controller('healthz')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  async look(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: 'ok' | 'unavailable' }> {
    noStore(reply);
    try {
      await withTimeout(this.database.answers(), PATIENCE_MS);
      return { status: 'ok' };
    } catch {
      reply.code(503);
      return { status: 'unavailable' };
    }
  }
}
