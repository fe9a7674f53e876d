import { defaultPolicy } from '../domain/sending/channel-policy.js';
import { Prisma } from '../generated/prisma/client.js';

/*
 * Who may still get a message, and which ones count as the text: every rule of it that a query asks, once. In all of them `d` is
 * a delivery, unless another name is given, `c` its copy and `e` its edition.
 */

/** The notice that an issue was withdrawn: it outlives the withdrawal, and a subscription that has ended. */
export const isWithdrawalNotice = (alias: 'd' | 'n' = 'd') => Prisma.sql`${Prisma.raw(alias)}.purpose = 'withdrawal'`;

/** A message that brings the issue, or calls it to mind. */
export const bringsTheIssue = (alias: 'c' | 'd' | 'x' = 'd') =>
  Prisma.sql`${Prisma.raw(alias)}.purpose <> 'withdrawal'`;

/** Of a withdrawn issue nothing leaves but the notice of it. */
export const issueStands = Prisma.sql`(e.withdrawn_at IS NULL OR ${isWithdrawalNotice()})`;

/** The copy's reader still wants the publication. A post has no subscription to end. */
export const isSubscribed = Prisma.sql`(c.subscription_id IS NULL
  OR EXISTS (SELECT 1 FROM subscription s WHERE s.id = c.subscription_id AND s.state = 'active'))`;

/** Whoever subscribed gets issues as long as he does. */
export const subscriptionStands = Prisma.sql`(${isWithdrawalNotice()} OR ${isSubscribed})`;

/** The copy's reader is to acknowledge it: as the policy was when the edition was planned. Nothing is asked of a subscriber. */
export const asksAcknowledgement = (copy: 'c' | 'copy' = 'c') =>
  Prisma.sql`(COALESCE((e.policy ->> 'asksAcknowledgement')::boolean, ${defaultPolicy.asksAcknowledgement}::boolean)
    AND ${Prisma.raw(copy)}.subscription_id IS NULL)`;

/** The number or member's id that the message went to is the reader's in the list today: who has it now speaks for nobody else. */
export const isStillHis = Prisma.sql`EXISTS (SELECT 1 FROM contact k WHERE k.kind = d.channel AND k.lookup_hash = d.destination
  AND k.person_id = c.person_id)`;

/** Nobody is reminded of what he has acknowledged, and a further rung is climbed only for what nobody has opened. */
export const readerStillWaitedFor = Prisma.sql`((d.purpose <> 'reminder' OR c.reading <> 'acknowledged') AND (d.step = 0 OR c.reading = 'unread'))`;

/**
 * Waits, and has no reason once the copy is acknowledged: a reminder, a further rung, a line of the day's digest. A digest that
 * may have left already is repeated all the same, in the company it had.
 */
export const needlessOnceAcknowledged = Prisma.sql`(d.state = 'planned'
  AND (d.purpose = 'reminder' OR d.step > 0 OR (d.digest AND d.pinned_account IS NULL)))`;

/** Waits, and has no reason once the copy is opened. */
export const needlessOnceOpened = Prisma.sql`(d.state = 'planned' AND d.step > 0)`;

/** A provider took it, may have taken it, or has it in hand. One that came back undelivered brought nothing. */
export const mayHaveArrived = Prisma.sql`(${bringsTheIssue()} AND (d.state IN ('sending', 'sent', 'delivered', 'held')
  OR EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND (a.outcome IS NULL OR a.outcome IN ('unknown', 'settled')))))`;
