import { afterReport, afterReports, deliveryMachine, type DeliveryState } from './delivery-state.js';

type Status = 'delivered' | 'failed' | 'pending';
const statuses: Status[] = ['delivered', 'failed', 'pending'];
const states = Object.keys(deliveryMachine.table) as DeliveryState[];

/** Every sequence of up to `length` reports, repetitions included. */
function sequences(length: number): Status[][] {
  if (length === 0) return [[]];
  const shorter = sequences(length - 1);
  const longest = shorter.filter((sequence) => sequence.length === length - 1);
  return [...shorter, ...longest.flatMap((sequence) => statuses.map((status) => [...sequence, status]))];
}

function after(state: DeliveryState, reports: readonly Status[]): DeliveryState {
  return reports.reduce<DeliveryState>((reached, status) => afterReport(reached, { status }), state);
}

describe('afterReport', () => {
  it.each<[DeliveryState, Status, DeliveryState]>([
    ['sending', 'delivered', 'delivered'],
    ['sending', 'failed', 'failed'],
    ['sending', 'pending', 'sent'],
    ['sent', 'delivered', 'delivered'],
    ['sent', 'failed', 'failed'],
    ['sent', 'pending', 'sent'],
    ['held', 'pending', 'sent'],
    ['held', 'delivered', 'delivered'],
    ['failed', 'delivered', 'delivered'],
    ['failed', 'pending', 'failed'],
    ['delivered', 'failed', 'delivered'],
    ['delivered', 'pending', 'delivered'],
    ['cancelled', 'delivered', 'delivered'],
    ['cancelled', 'failed', 'cancelled'],
    ['cancelled', 'pending', 'cancelled'],
    ['planned', 'failed', 'planned'],
    ['planned', 'delivered', 'delivered'],
  ])('%s, then news of %s: %s', (state, status, expected) => {
    expect(afterReport(state, { status })).toBe(expected);
  });

  it.each(states)('from %s ends the same whatever the order and number of reports', (state) => {
    const ends = new Map<string, Set<DeliveryState>>();
    for (const reports of sequences(5)) {
      const kinds = [...new Set(reports)].sort().join('+');
      ends.set(kinds, (ends.get(kinds) ?? new Set()).add(after(state, reports)));
    }
    expect(ends.size).toBe(8);
    for (const reached of ends.values()) expect(reached.size).toBe(1);
  });

  it('only moves along the machine', () => {
    const moves = states.flatMap((from) => statuses.map((status) => [from, afterReport(from, { status })] as const));
    const illegal = moves.filter(([from, to]) => from !== to && !deliveryMachine.can(from, to));
    expect(illegal).toEqual([]);
  });
});

describe('afterReports', () => {
  const news = (status: Status, code: string) => ({ status, code });

  it('names the report that moved the delivery last, not a later one that changed nothing', () => {
    const reports = [
      news('failed', 'EXPIRED'),
      news('failed', 'SECOND'),
      news('delivered', 'OK'),
      news('failed', 'LATE'),
    ];
    expect(afterReports('sent', reports)).toEqual({ state: 'delivered', by: reports[2] });
    expect(afterReports('sending', reports.slice(0, 2))).toEqual({ state: 'failed', by: reports[0] });
  });

  it('says nothing when nothing moved', () => {
    expect(afterReports('delivered', [news('failed', 'LATE')])).toBeNull();
    expect(afterReports('planned', [])).toBeNull();
  });
});
