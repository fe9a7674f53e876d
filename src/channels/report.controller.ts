import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { PushedBody } from '../platform/http/bodies.js';
import type { FastifyRequest } from 'fastify';
import { SubscriptionService } from '../distribution/subscriptions/subscription.service.js';
import { DomainError } from '../domain/errors/errors.js';
import { Clock } from '../platform/clock.js';
import { Callback } from '../platform/http/access.js';
import { Settings } from '../settings/settings.js';
import { ReportInbox } from './report-inbox.js';
import { readAliyunReplies } from './sms/aliyun/aliyun-reply.js';
import { readAliyunReports } from './sms/aliyun/aliyun-report.js';
import { readTencentReports } from './sms/tencent/tencent-report.js';

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
    private readonly subscriptions: SubscriptionService,
  ) {}

  @PushedBody()
  @Callback()
  @Post('aliyun/:key')
  @HttpCode(200)
  async aliyun(
    @Param('key') key: string,
    @Req() { ip }: FastifyRequest,
    @Body() body: unknown,
  ): Promise<typeof taken.aliyun> {
    await this.inbox.checkKey('aliyun', key, this.settings.sms?.aliyun?.reportKey, ip);
    const { rows, odd } = readAliyunReports(body, this.clock.now()) ?? notAList('短信送达回执');
    await this.inbox.take('aliyun', rows, odd);
    return taken.aliyun;
  }

  /** SmsUp: what people sent back. TD and its like end their subscriptions; the vendor repeats pushes, and so may we. */
  @PushedBody()
  @Callback()
  @Post('aliyun/:key/up')
  @HttpCode(200)
  async aliyunUp(
    @Param('key') key: string,
    @Req() { ip }: FastifyRequest,
    @Body() body: unknown,
  ): Promise<typeof taken.aliyun> {
    await this.inbox.checkKey('aliyun', key, this.settings.sms?.aliyun?.reportKey, ip);
    const { rows, odd } = readAliyunReplies(body) ?? notAList('上行短信');
    await this.subscriptions.applyReplies(rows);
    await this.inbox.noteOdd('aliyun', odd);
    return taken.aliyun;
  }

  @PushedBody()
  @Callback()
  @Post('tencent/:key')
  @HttpCode(200)
  async tencent(
    @Param('key') key: string,
    @Req() { ip }: FastifyRequest,
    @Body() body: unknown,
  ): Promise<typeof taken.tencent> {
    await this.inbox.checkKey('tencent', key, this.settings.sms?.tencent?.reportKey, ip);
    const { rows, odd } = readTencentReports(body, this.clock.now()) ?? notAList('短信送达回执');
    await this.inbox.take('tencent', rows, odd);
    return taken.tencent;
  }
}

/** What each vendor reads as yes. */
const taken = { aliyun: { code: 0, msg: '接收成功' }, tencent: { result: 0, errmsg: 'OK' } };

function notAList(what: string): never {
  throw new DomainError('http.badInput', { reason: `${what}的格式不正确。` });
}
