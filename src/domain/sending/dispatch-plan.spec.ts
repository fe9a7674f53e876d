import { channelKinds, type ChannelKind } from '../delivery.js';
import { planDispatch, type PlanContact } from './dispatch-plan.js';
import type { ScopeEntry } from '../scope/scope.js';
import type { SecrecyLevel } from '../issue/secrecy.js';

function anEntry(order: number): ScopeEntry {
  return {
    personId: `p${order}`,
    name: '周甲',
    postId: `post${order}`,
    postTitle: '局长',
    unitName: '县司法局',
    unitKind: 'unit',
    protocolOrder: order,
    acting: false,
    liaison: null,
    groups: ['县直各单位负责人'],
  };
}

function aContact(kind: ChannelKind, overrides: Partial<PlanContact> = {}): PlanContact {
  return { id: kind, kind, usable: true, ownMailDomain: false, ...overrides };
}

function planFor(
  contacts: PlanContact[],
  level: SecrecyLevel = 'internal',
  channels: readonly ChannelKind[] = channelKinds,
) {
  const plan = planDispatch({ entries: [anEntry(1)], contacts: new Map([['p1', contacts]]), channels, level });
  return { ...plan, copy: plan.copies[0] };
}

describe('planDispatch', () => {
  it('numbers copies in protocol order', () => {
    const entries = [anEntry(30), anEntry(4), anEntry(12)];
    const { copies } = planDispatch({ entries, contacts: new Map(), channels: ['sms'], level: 'public' });
    expect(copies.map(({ copyNumber, entry }) => [copyNumber, entry.protocolOrder])).toEqual([
      [1, 4],
      [2, 12],
      [3, 30],
    ]);
  });

  it('plans one delivery for each channel, with what the level allows', () => {
    const contacts = [aContact('wecom'), aContact('email', { ownMailDomain: true }), aContact('sms')];
    const { copy, planned } = planFor(contacts);
    expect(copy?.deliveries).toEqual([
      { channel: 'email', contactId: 'email', carry: 'fullText' },
      { channel: 'sms', contactId: 'sms', carry: 'notice' },
      { channel: 'wecom', contactId: 'wecom', carry: 'notice' },
    ]);
    expect(copy?.unreachable).toBeNull();
    expect(planned).toEqual({ email: 1, sms: 1, wecom: 1, wechat: 0 });
  });

  it('uses only the channels asked for, each once', () => {
    const { copy, planned } = planFor([aContact('sms'), aContact('email')], 'public', ['sms', 'sms']);
    expect(copy?.deliveries).toEqual([{ channel: 'sms', contactId: 'sms', carry: 'digest' }]);
    expect(planned).toEqual({ email: 0, sms: 1, wecom: 0, wechat: 0 });
  });

  it('prefers a mail address in the own domain, and a living one to a dead one', () => {
    const personal = aContact('email', { id: 'personal' });
    const office = aContact('email', { id: 'office', ownMailDomain: true });
    expect(planFor([personal, office]).copy?.deliveries).toMatchObject([{ contactId: 'office', carry: 'fullText' }]);
    const dead = { ...office, usable: false };
    expect(planFor([dead, personal]).copy?.deliveries).toMatchObject([{ contactId: 'personal', carry: 'notice' }]);
  });

  it('keeps a work secret off every channel but own mail', () => {
    const { copy, planned } = planFor(
      [aContact('email', { ownMailDomain: true }), aContact('sms'), aContact('wecom')],
      'workSecret',
    );
    expect(copy?.deliveries).toEqual([{ channel: 'email', contactId: 'email', carry: 'neutralNotice' }]);
    expect(planned).toEqual({ email: 1, sms: 0, wecom: 0, wechat: 0 });
  });

  it.each<[string, PlanContact[], SecrecyLevel, ChannelKind[], RegExp]>([
    ['no contact', [], 'public', ['sms'], /没有登记可用的联系方式（短信）/],
    ['no contact on a used channel', [aContact('email')], 'public', ['sms', 'wecom'], /（短信、企业微信）/],
    ['only dead contacts', [aContact('sms', { usable: false })], 'public', ['sms'], /均已失效/],
    ['a level that forbids', [aContact('sms')], 'workSecret', ['sms'], /密级为“工作秘密”/],
    ['no channel at all', [aContact('sms')], 'public', [], /没有启用任何通道/],
  ])('gives a paper copy, and says why, with %s', (_name, contacts, level, channels, reason) => {
    const { copy } = planFor(contacts, level, channels);
    expect(copy).toMatchObject({ copyNumber: 1, deliveries: [] });
    expect(copy?.unreachable).toMatch(reason);
  });
});
