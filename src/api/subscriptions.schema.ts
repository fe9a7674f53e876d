import { z } from 'zod';
import { endings } from '../domain/sending/subscription.js';

/** States that are shown: a request nobody has confirmed is nobody's word yet. */
export const shownStates = ['confirmed', 'active', 'rejected', 'ended', 'expired'] as const;

const instant = z.iso.datetime();

export const subscriptionRow = z.object({
  id: z.uuid(),
  publicationId: z.uuid(),
  publication: z.string(),
  name: z.string(),
  affiliation: z.string(),
  sections: z.array(z.string()).describe('只订这些栏目；空为全部'),
  channel: z.enum(['email', 'sms']),
  masked: z.string().describe('打码的地址'),
  state: z.enum(shownStates).describe('confirmed 待审核，active 订阅中，rejected 未通过，ended 已结束，expired 已过期'),
  requestedAt: instant,
  confirmedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  endedAt: instant.nullable(),
  endedVia: z.enum(endings).nullable(),
});
export type SubscriptionRow = z.infer<typeof subscriptionRow>;

export const decidedRow = subscriptionRow.extend({
  told: z.boolean().describe('决定是否会通知申请人；为 false 时须由工作人员告知'),
});
export type DecidedRow = z.infer<typeof decidedRow>;
