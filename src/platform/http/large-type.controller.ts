import { Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Form } from './form.js';
import { Public } from './access.js';
import { localPath, seeOther, type SeeOther } from './page.js';
import { largeTypeCookie } from './request.js';

const choice = z.object({ size: z.enum(['large', 'normal']), back: z.string().default('/') });

/** 大字: kept in a cookie for a year, so that it works without script and without an account. */
@Controller()
export class LargeTypeController {
  @Public()
  @Post('large-type')
  choose(
    @Form(choice) { size, back }: z.infer<typeof choice>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): SeeOther {
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 365 * 86_400 } as const;
    reply.setCookie(largeTypeCookie, size, cookie);
    return seeOther(localPath(back, '/'));
  }
}
