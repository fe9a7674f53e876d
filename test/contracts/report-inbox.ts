import type { DeliveryReport } from '../../src/domain/delivery.js';

/** Resolves with the first `count` reports it is given. */
export function reportInbox(count: number) {
  const reports: DeliveryReport[] = [];
  let arrived: (all: DeliveryReport[]) => void;
  const all = new Promise<DeliveryReport[]>((resolve) => (arrived = resolve));
  const take = (report: DeliveryReport) => {
    reports.push(report);
    if (reports.length === count) arrived(reports);
  };
  return { take, all };
}
