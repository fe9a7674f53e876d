import { Body, Controller, HttpCode, NotFoundException, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notAList, vendorCalled } from '../channels/pushing-vendor.js';
import { ReportInbox } from '../channels/report-inbox.js';
import { Callback } from '../platform/http/access.js';
import { PushedBody } from '../platform/http/bodies.js';
import { Settings } from '../settings/settings.js';
import { ReplyService } from './reply.service.js';

/** Where SMS vendors push what people sent back: the address of their reports, with /up. */
@Controller('callbacks')
export class ReplyController {
  constructor(
    private readonly inbox: ReportInbox,
    private readonly settings: Settings,
    private readonly replies: ReplyService,
  ) {}

  /** Vendors repeat pushes that were not answered with yes. A row that cannot be read must not cost the others. */
  @PushedBody()
  @Callback()
  @Post(':account/:key/up')
  @HttpCode(200)
  async take(
    @Param('account') account: string,
    @Param('key') key: string,
    @Req() { ip }: FastifyRequest,
    @Body() body: unknown,
  ): Promise<object> {
    const vendor = vendorCalled(account);
    if (!vendor.readReplies) throw new NotFoundException();
    const own = this.settings.sms?.vendors.get(account);
    await this.inbox.checkKey(account, key, own?.reportKey, ip);
    // Without settings no key is right.
    const { rows, odd } = vendor.readReplies(body, own!) ?? notAList('上行短信');
    await this.replies.take(rows.map((row) => ({ ...row, provider: account })));
    await this.inbox.noteOdd(account, odd);
    return vendor.taken!(body);
  }
}
