import { machine } from '../machine.js';

/** 投递 of one copy over one channel. `held` = a person must look (待人工处理). */
export type DeliveryState = 'planned' | 'sending' | 'sent' | 'delivered' | 'failed' | 'held' | 'cancelled';

/**
 * A provider's report may overtake its own answer (sending -> delivered), settle a doubt (held -> delivered), or come so
 * late that the row was already given up (failed or cancelled -> delivered) or put back for another try (planned -> delivered):
 * proof that the recipient has the message beats everything we guessed before.
 */
export const deliveryMachine = machine<DeliveryState>({
  planned: ['sending', 'held', 'cancelled', 'failed', 'delivered'],
  sending: ['sent', 'planned', 'failed', 'held', 'delivered'],
  sent: ['delivered', 'failed'],
  held: ['planned', 'sent', 'cancelled', 'delivered', 'failed'],
  failed: ['planned', 'delivered'],
  delivered: [],
  cancelled: ['delivered'],
});

export const deliveryStateText: Record<DeliveryState, string> = {
  planned: '待发送',
  sending: '发送中',
  sent: '已发送',
  delivered: '已送达',
  failed: '发送失败',
  held: '待人工处理',
  cancelled: '已取消',
};

type ReportStatus = 'delivered' | 'failed' | 'pending';

/** Pairs that are not listed are late or meaningless news and change nothing. */
const afterNews: Record<DeliveryState, Partial<Record<ReportStatus, DeliveryState>>> = {
  // A failure that reaches a planned row speaks of an earlier try; the new try must still go out.
  planned: { delivered: 'delivered' },
  // "Pending" proves that the provider took the message, which is all that `sent` claims.
  sending: { delivered: 'delivered', failed: 'failed', pending: 'sent' },
  sent: { delivered: 'delivered', failed: 'failed' },
  held: { delivered: 'delivered', failed: 'failed', pending: 'sent' },
  failed: { delivered: 'delivered' },
  delivered: {},
  // Cancelled while in doubt, and it had arrived after all: whoever has the text must be on the list.
  cancelled: { delivered: 'delivered' },
};

/** The state after a provider's report; the same state when the news is late, doubled or out of order. */
export function afterReport(state: DeliveryState, report: { status: ReportStatus }): DeliveryState {
  return afterNews[state][report.status] ?? state;
}

/** Where a delivery gets to by its reports, in the order they came, and which of them moved it last; null when none did. */
export function afterReports<R extends { status: ReportStatus }>(
  state: DeliveryState,
  reports: readonly R[],
): { state: DeliveryState; by: R } | null {
  return reports.reduce<{ state: DeliveryState; by: R } | null>((reached, report) => {
    const from = reached?.state ?? state;
    const next = afterReport(from, report);
    return next === from ? reached : { state: next, by: report };
  }, null);
}
