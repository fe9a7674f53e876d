import type { ScopeEntry } from '../scope/scope.js';
import { machine } from '../machine.js';
import type { SecrecyLevel } from '../issue/secrecy.js';

/** 自愿订阅: asked for, confirmed by whoever reads at the address, approved by the office, ended with one press. */

export type SubscriptionState = 'requested' | 'confirmed' | 'active' | 'rejected' | 'ended' | 'expired';

export const subscriptionMachine = machine<SubscriptionState>({
  requested: ['confirmed', 'expired'],
  confirmed: ['active', 'rejected', 'ended', 'expired'],
  active: ['ended'],
  rejected: [],
  ended: [],
  expired: [],
});

export const subscriptionStateText: Record<SubscriptionState, string> = {
  requested: '待本人确认',
  confirmed: '待审核',
  active: '订阅中',
  rejected: '未通过',
  ended: '已退订',
  expired: '已过期',
};

export const endings = ['page', 'oneClick', 'smsReply', 'office', 'replaced'] as const;
export type Ending = (typeof endings)[number];

export const endingText: Record<Ending, string> = {
  page: '本人在网页退订',
  oneClick: '本人用邮箱的退订键退订',
  smsReply: '本人回复短信退订',
  office: '办公室终止',
  replaced: '被新的订阅代替',
};

/** A request nobody confirmed is forgotten; one nobody decided on loses its address. */
export const confirmHours = 24;

/** Older than this, what the office decided is no news to who asked, and is not told any more. */
export const decisionNewsHours = 24;
export const decideDays = 90;

/** Name of the group in which subscribers stand on the board. */
export const subscribersGroup = '自愿订阅';

/** Stands on a copy where a post's kind would; the counts of an edition tell subscribers by it, of whom nothing is asked. */
export const subscriberKind = 'subscriber';

/** Behind every post: protocol orders of posts have at most six digits. */
const behindAllPosts = 1_000_000;

export interface Subscriber {
  subscriptionId: string;
  personId: string;
  name: string;
  affiliation: string;
  channel: 'email' | 'sms';
  sections: readonly string[];
}

/**
 * Who gets the issue by subscription, in the order of `subscribers`. Only what is public goes to them; somebody who gets it
 * by his post gets no second copy.
 */
export function subscriberEntries(
  issue: { level: SecrecyLevel; sections: readonly { name: string | null }[] },
  subscribers: readonly Subscriber[],
  inScope: ReadonlySet<string>,
): ScopeEntry[] {
  if (issue.level !== 'public') return [];
  const present = new Set(issue.sections.map(({ name }) => sectionKey(name ?? '')));
  const taken = new Set(inScope);
  const entries: ScopeEntry[] = [];
  for (const subscriber of subscribers) {
    const { personId, sections } = subscriber;
    const wanted = sections.length === 0 || sections.some((name) => present.has(sectionKey(name)));
    if (!wanted || taken.has(personId)) continue;
    taken.add(personId);
    entries.push(entryOf(subscriber, behindAllPosts + entries.length));
  }
  return entries;
}

function entryOf(subscriber: Subscriber, protocolOrder: number): ScopeEntry {
  return {
    personId: subscriber.personId,
    name: subscriber.name,
    postId: null,
    postTitle: '',
    unitName: subscriber.affiliation,
    unitKind: subscriberKind,
    protocolOrder,
    acting: false,
    liaison: null,
    groups: [subscribersGroup],
    subscription: { id: subscriber.subscriptionId, channel: subscriber.channel },
  };
}

/** 【工作动态】 and 工作动态 are one section. */
function sectionKey(name: string): string {
  return name.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
}
