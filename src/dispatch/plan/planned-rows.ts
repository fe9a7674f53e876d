import type { Waking } from '../../domain/calendar.js';
import { type PublicationPolicy, type Wishes, wakingFor } from '../../domain/sending/channel-policy.js';
import { digestReason, waitsForDigest } from '../../domain/sending/daily-digest.js';
import type { PlannedCopy, PlannedDelivery } from '../../domain/sending/dispatch-plan.js';
import { deadlineFor } from '../../domain/sending/retry.js';
import type { StoredEdition } from '../../issues/edition.repository.js';
import type { OrganisationRepository } from '../../organisation/organisation.repository.js';
import type { CopyLink } from './copy-links.js';
import type { NewCopy, NewDelivery, NewRung } from '../rows/plan.repository.js';

export type Contact = Awaited<ReturnType<OrganisationRepository['contactsOf']>>[number];

/** What the rows of a plan are made from besides the plan itself. */
export interface RowContext {
  contacts: ReadonlyMap<string, Contact>;
  wishes: ReadonlyMap<string, Wishes>;
  edition: Pick<StoredEdition, 'urgency' | 'urgentReason' | 'content'>;
  policy: PublicationPolicy;
  digestAt: (rule: Waking) => Date;
}

export function copyOf({ copyNumber, entry, unreachable }: PlannedCopy, link: CopyLink): NewCopy {
  return {
    id: link.id,
    copyNumber,
    postId: entry.postId,
    subscriptionId: entry.subscription?.id ?? null,
    personId: entry.personId,
    personName: entry.name,
    postTitle: entry.postTitle,
    unitName: entry.unitName,
    unitKind: entry.unitKind,
    protocolOrder: entry.protocolOrder,
    acting: entry.acting,
    liaison: entry.liaison,
    groups: entry.groups,
    unreachable,
    linkNonce: link.linkNonce,
    tokenHash: link.tokenHash,
    codeHash: link.codeHash,
  };
}

export function deliveriesOf(copy: PlannedCopy, copyId: string, context: RowContext): NewDelivery[] {
  return copy.deliveries.map((planned) => {
    const delivery = deliveryOf(copy, copyId, planned, context);
    return { ...delivery, ...digestOf(copy, delivery, context) };
  });
}

/** When it leaves, if the person wishes for a daily digest; a further rung of a ladder chases, and waits for none. */
function digestOf(
  copy: PlannedCopy,
  { channel, quietHours = 0, workingDaysOnly = false }: NewDelivery,
  { wishes, edition, digestAt }: RowContext,
): Pick<NewDelivery, 'digest'> {
  const { urgency, content } = edition;
  const wish = wishes.get(copy.entry.personId)?.dailyDigest ?? false;
  if (!waitsForDigest({ wish, channel, urgency, isCorrection: content.correction !== undefined })) return {};
  const leavesAt = digestAt({ quiet: quietHours, workingDaysOnly });
  return { digest: { leavesAt, deadline: deadlineFor(urgency, leavesAt), reason: digestReason } };
}

export function rungsOf(copy: PlannedCopy, copyId: string, context: RowContext): NewRung[] {
  return copy.later.map((rung) => ({
    ...deliveryOf(copy, copyId, rung, context),
    step: rung.step,
    afterChannel: rung.afterChannel,
    afterMinutes: rung.afterMinutes,
  }));
}

function deliveryOf(
  copy: PlannedCopy,
  copyId: string,
  { channel, contactId, carry }: PlannedDelivery,
  { contacts, wishes, edition, policy }: RowContext,
): NewDelivery {
  const contact = contacts.get(contactId)!;
  const waking = wakingFor({ ...edition, purpose: 'initial', policy, wishes: wishes.get(copy.entry.personId) });
  return {
    copyId,
    channel,
    purpose: 'initial',
    round: 0,
    carry,
    address: contact.sealed,
    addressMasked: contact.masked,
    mailDomain: contact.mailDomain,
    contactId,
    position: copy.copyNumber,
    quietHours: waking.quiet,
    workingDaysOnly: waking.workingDaysOnly,
  };
}
