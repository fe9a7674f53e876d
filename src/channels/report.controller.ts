import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { SubscriptionService } from '../distribution/subscription.service.js';
import { Callback } from '../platform/http/access.js';
import { Clock } from '../platform/clock.js';
import { sameText } from '../platform/crypto.js';
import { DomainError } from '../domain/errors.js';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { Settings } from '../platform/settings.js';
import { ReportRepository } from './report.repository.js';
import { readAliyunReplies } from './sms/aliyun-reply.js';
import { readAliyunReports } from './sms/aliyun-report.js';
import { readTencentReports } from './sms/tencent-report.js';

/**
 * Where providers report. The vendors' pushes carry no signature, so the secret is part of the address; an unknown reference is
 * answered with yes, because a no is repeated forever.
 */
@Controller('callbacks')
export class ReportController {
  constructor(
    private readonly reports: ReportRepository,
    private readonly queue: JobQueue,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionService,
  ) {}

  @Callback()
  @Post('aliyun/:key')
  @HttpCode(200)
  async aliyun(@Param('key') key: string, @Body() body: unknown): Promise<{ code: number; msg: string }> {
    this.checkKey(key);
    const reports = readAliyunReports(body, this.clock.now());
    if ('problem' in reports) throw new DomainError('http.badInput', { reason: reports.problem });
    await this.reports.keep(reports);
    await this.queue.ring('delivery.report', {});
    return { code: 0, msg: '接收成功' };
  }

  /** SmsUp: what people sent back. TD and its like end their subscriptions; the vendor repeats pushes, and so may we. */
  @Callback()
  @Post('aliyun/:key/up')
  @HttpCode(200)
  async aliyunUp(@Param('key') key: string, @Body() body: unknown): Promise<{ code: number; msg: string }> {
    this.checkKey(key);
    const replies = readAliyunReplies(body);
    if ('problem' in replies) throw new DomainError('http.badInput', { reason: replies.problem });
    await this.subscriptions.applyReplies(replies);
    return { code: 0, msg: '接收成功' };
  }

  @Callback()
  @Post('tencent/:key')
  @HttpCode(200)
  async tencent(@Param('key') key: string, @Body() body: unknown): Promise<{ result: number; errmsg: string }> {
    const expected = this.settings.sms?.tencent?.reportKey;
    if (!expected || !sameText(key, expected)) throw new DomainError('channel.reportRefused');
    const reports = readTencentReports(body, this.clock.now());
    if ('problem' in reports) throw new DomainError('http.badInput', { reason: reports.problem });
    await this.reports.keep(reports);
    await this.queue.ring('delivery.report', {});
    return { result: 0, errmsg: 'OK' };
  }

  private checkKey(key: string): void {
    const expected = this.settings.sms?.aliyun?.reportKey;
    if (!expected || !sameText(key, expected)) throw new DomainError('channel.reportRefused');
  }
}
