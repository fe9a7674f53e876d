import { Injectable } from '@nestjs/common';
import { ReportRepository, type WaitingReport } from '../channels/report.repository.js';
import { afterReport } from '../domain/delivery-state.js';
import { ContactRepository } from '../organisation/contact.repository.js';
import { provesAddressDead } from '../domain/contact-health.js';
import type { ChannelKind } from '../domain/delivery.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { DeliveryRepository } from './delivery.repository.js';

const AT_ONCE = 200;

/** Applies providers' reports. They come twice, late, out of order and before the answer; a delivery only moves forward. */
@Injectable()
export class ReportService {
  constructor(
    private readonly database: Database,
    private readonly reports: ReportRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly contacts: ContactRepository,
    private readonly clock: Clock,
  ) {}

  async applyWaiting(): Promise<void> {
    while ((await this.applySome()) === AT_ONCE);
  }

  private async applySome(): Promise<number> {
    return this.database.transaction(async () => {
      const waiting = await this.reports.waiting(AT_ONCE);
      await this.deliveries.lock(
        waiting.map(({ deliveryId }) => deliveryId),
        true,
      );
      for (const report of waiting) await this.apply(report);
      await this.contacts.applyReports(aboutAddresses(waiting));
      await this.reports.markApplied(
        waiting.map(({ id }) => id),
        this.clock.now(),
      );
      return waiting.length;
    });
  }

  private async apply(report: WaitingReport): Promise<void> {
    for (;;) {
      const delivery = await this.deliveries.state(report.deliveryId);
      if (!delivery) return; // not one of ours, or removed since: nothing to move
      const next = afterReport(delivery.state, report);
      if (next === delivery.state) return;
      const failed =
        next === 'failed'
          ? { code: report.code, reason: report.reason || '通道报告发送失败' }
          : { code: null, reason: null };
      const delivered = next === 'delivered' ? { deliveredAt: report.reportedAt, sentAt: report.reportedAt } : {};
      // False when a worker recorded its outcome in this very moment: look again.
      if (await this.deliveries.move(report.deliveryId, delivery.state, next, { ...failed, ...delivered })) return;
    }
  }
}

const channelOfProvider: Readonly<Record<string, ChannelKind>> = { smtp: 'email', aliyun: 'sms', wecom: 'wecom' };

/** What reports prove about the address itself: that something arrived there, or that nothing ever will. */
function aboutAddresses(reports: readonly WaitingReport[]): Parameters<ContactRepository['applyReports']>[0] {
  return reports.flatMap(({ provider, deliveryId, status, code, reason, reportedAt }) => {
    const channel = channelOfProvider[provider];
    const delivered = status === 'delivered';
    const dead = status === 'failed' && channel !== undefined && provesAddressDead(channel, code);
    return delivered || dead ? [{ deliveryId, at: reportedAt, delivered, reason: reason || '通道报告地址无效' }] : [];
  });
}
