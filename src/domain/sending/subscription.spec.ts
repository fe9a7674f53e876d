import { type Subscriber, subscriberEntries, subscriptionMachine } from './subscription.js';

const subscriber = (n: number, more: Partial<Subscriber> = {}): Subscriber => ({
  subscriptionId: `s${n}`,
  personId: `p${n}`,
  name: `村民${n}`,
  affiliation: '某村',
  channel: 'email',
  sections: [],
  ...more,
});
const issue = { level: 'public', sections: [{ name: '【工作动态】' }, { name: null }] } as const;
const names = (...who: Subscriber[]) => subscriberEntries(issue, who, new Set(['in-scope'])).map(({ name }) => name);

describe('who gets an issue by subscription', () => {
  it('gets public issues only', () => {
    for (const level of ['internal', 'workSecret'] as const)
      expect(subscriberEntries({ ...issue, level }, [subscriber(1)], new Set())).toEqual([]);
    expect(names(subscriber(1))).toEqual(['村民1']);
  });

  it('is whoever wants the whole publication or a section that is in the issue, however its name is printed', () => {
    expect(
      names(
        subscriber(1, { sections: ['工作动态'] }),
        subscriber(2, { sections: ['文明祭祀'] }),
        subscriber(3, { sections: ['文明祭祀', '［工作 动态］'] }),
      ),
    ).toEqual(['村民1', '村民3']);
  });

  it('gets one copy, and none beside that of a post', () => {
    expect(names(subscriber(1), subscriber(2, { personId: 'p1' }), subscriber(3, { personId: 'in-scope' }))).toEqual([
      '村民1',
    ]);
  });

  it('stands behind all posts, in the order given', () => {
    const orders = subscriberEntries(issue, [subscriber(1), subscriber(2)], new Set()).map((e) => e.protocolOrder);
    expect(orders[0]).toBeGreaterThan(999_999);
    expect(orders[1]).toBe(orders[0]! + 1);
  });
});

it('does not come back once it is over', () => {
  for (const over of ['rejected', 'ended', 'expired'] as const) expect(subscriptionMachine.isFinal(over)).toBe(true);
});
