import { Injectable } from '@nestjs/common';
import { ReportInbox } from '../../channels/report-inbox.js';
import { ReportRepository, type WaitingReport } from '../../channels/report.repository.js';
import { afterReports, type DeliveryState } from '../../domain/sending/delivery-state.js';
import { ContactRepository } from '../../organisation/contact.repository.js';
import { provesAddressDead } from '../../domain/people/contact-health.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { DeliveryRepository, type ReportedMove } from '../rows/delivery.repository.js';

const AT_ONCE = 200;

/** Applies providers' reports. They come twice, late, out of order and before the answer; a delivery only moves forward. */
@Injectable()
export class ReportService {
  constructor(
    private readonly database: Database,
    private readonly inbox: ReportInbox,
    private readonly reports: ReportRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly contacts: ContactRepository,
    private readonly clock: Clock,
  ) {}

  /** What came in by now, also in parts. */
  async applyAll(): Promise<void> {
    await this.inbox.joinParts();
    await this.applyWaiting();
  }

  async applyWaiting(): Promise<void> {
    while ((await this.applySome()) === AT_ONCE);
  }

  /** A handful of statements, however many reports there are. */
  private async applySome(): Promise<number> {
    return this.database.transaction(async () => {
      const waiting = await this.reports.waiting(AT_ONCE);
      if (waiting.length === 0) return 0;
      const byDelivery = new Map<string, WaitingReport[]>();
      for (const report of waiting)
        byDelivery.set(report.deliveryId, [...(byDelivery.get(report.deliveryId) ?? []), report]);
      // Until this commits no worker records an outcome of these rows: what is read here is what is moved.
      const own = await this.deliveries.lock([...byDelivery.keys()]);
      // One message brought all that travelled in it.
      const reported = own.map(({ carriedBy, ...delivery }) => {
        const ids = carriedBy === null ? [delivery.id] : [delivery.id, carriedBy];
        return { ...delivery, reports: ids.flatMap((id) => byDelivery.get(id) ?? []) };
      });
      await this.deliveries.moveByReports(reported.flatMap(moveOf));
      await this.contacts.applyReports(reported.flatMap(aboutAddress));
      await this.reports.markApplied(
        waiting.map(({ id }) => id),
        this.clock.now(),
      );
      return waiting.length;
    });
  }
}

interface Reported {
  id: string;
  state: DeliveryState;
  channel: ChannelKind;
  /** In the order they came. */
  reports: readonly WaitingReport[];
}

function moveOf({ id, state, reports }: Reported): ReportedMove[] {
  const reached = afterReports(state, reports);
  if (!reached) return [];
  const { code, reason, reportedAt } = reached.by;
  const failed = reached.state === 'failed';
  return [
    {
      id,
      state: reached.state,
      code: failed ? code : null,
      reason: failed ? reason || '通道报告发送失败' : null,
      sentAt: failed ? null : reportedAt,
      deliveredAt: reached.state === 'delivered' ? reportedAt : null,
    },
  ];
}

/**
 * What reports prove about the address itself: that something arrived there, or that nothing ever will. Which channel's words
 * they use is known of the delivery, so that a further provider needs no entry anywhere.
 */
function aboutAddress({ id, state, channel, reports }: Reported): Parameters<ContactRepository['applyReports']>[0] {
  // Where it arrived, a bounce says nothing of the address: it may be of a copy passed on, or from whoever saw our address.
  const arrived =
    state === 'delivered' || reports.some(({ deliveryId, status }) => deliveryId === id && status === 'delivered');
  return reports.flatMap(({ deliveryId, provider, status, code, reason, addressDead, reportedAt }) => {
    if (deliveryId !== id) return [];
    const delivered = status === 'delivered';
    const dead = !arrived && status === 'failed' && (addressDead ?? provesAddressDead(channel, code));
    return delivered || dead
      ? [{ deliveryId, provider, at: reportedAt, delivered, reason: reason || '通道报告地址无效' }]
      : [];
  });
}
