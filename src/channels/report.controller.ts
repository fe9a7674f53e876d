import { Body, Controller, HttpCode, NotFoundException, Param, Post, Req } from '@nestjs/common';
import { PushedBody } from '../platform/http/bodies.js';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock.js';
import { Callback } from '../platform/http/access.js';
import { Settings } from '../settings/settings.js';
import { ReportInbox } from './report-inbox.js';
import { notAList, vendorCalled } from './pushing-vendor.js';

/**
 * Where providers report. The vendors' pushes carry no signature, so the secret is part of the address. An unknown reference or a
 * row that cannot be read is answered with yes, because a no is repeated, with all the good rows beside it, and then given up.
 */
@Controller('callbacks')
export class ReportController {
  constructor(
    private readonly inbox: ReportInbox,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @PushedBody()
  @Callback()
  @Post(':account/:key')
  @HttpCode(200)
  async reports(
    @Param('account') account: string,
    @Param('key') key: string,
    @Req() { ip }: FastifyRequest,
    @Body() body: unknown,
  ): Promise<object> {
    const vendor = vendorCalled(account);
    if (!vendor.readReports) throw new NotFoundException();
    const own = this.settings.sms?.vendors.get(account);
    await this.inbox.checkKey(account, key, own?.reportKey, ip);
    // Without settings no key is right.
    const { rows, odd } = vendor.readReports(body, this.clock.now(), own!) ?? notAList('短信送达回执');
    await this.inbox.take(account, rows, odd);
    return vendor.taken!(body);
  }
}
