import { chineseDateTime } from '../../domain/calendar.js';
import { digestReason } from '../../domain/sending/daily-digest.js';
import type { ChannelKind } from '../../domain/delivery.js';
import { acknowledgeViaText, type AcknowledgeVia, type ReadingState } from '../../domain/reading/reading.js';
import type { FormFault } from '../../platform/http/form.js';
import { pressDoubt } from '../../domain/reading/press.js';
import { copyTimeline, sheetOf, type TimelineEntry } from './copy-timeline.js';
import type { LoadedCopy } from './copy.repository.js';
import { evidenceWords } from './evidence.js';
import type { Tag } from '../tags.js';

export interface CopyView {
  issueId: string;
  heading: string;
  copyNumber: number;
  unit: string;
  post: string;
  name: string;
  groups: string;
  liaison: string | null;
  /** When and why it was added to the frozen scope, else null. */
  late: string | null;
  evidence: Tag;
  detail: string;
  timeline: readonly TimelineEntry[];
  /** Of the sheet on which it was signed for. */
  scans: readonly { href: string; name: string }[];
  /** Why the acknowledgement may be a programme's. */
  doubt: string | null;
}

export function copyView(copy: LoadedCopy): CopyView {
  const { word, tone, detail } = evidenceWords(toldBy(copy));
  return {
    issueId: copy.edition.issueId,
    heading: (copy.edition.content as { title: string }).title,
    copyNumber: copy.copyNumber,
    unit: copy.unitName,
    post: copy.postTitle,
    name: copy.acting ? `${copy.personName}（代理）` : copy.personName,
    groups: copy.groups.join('、'),
    liaison: copy.liaison,
    late: copy.lateAt === null ? null : `${chineseDateTime(copy.lateAt)}，${copy.lateReason}`,
    evidence: { text: word, tone },
    detail,
    timeline: copyTimeline(copy),
    scans: (copy.signatures[0]?.sheet.scans ?? []).map(({ id, name }) => ({ href: `/paper-scans/${id}`, name })),
    doubt: pressDoubt(copy.evidence),
  };
}

function toldBy(copy: LoadedCopy): Parameters<typeof evidenceWords>[0] {
  const of = (...states: string[]): LoadedCopy['deliveries'] =>
    // A notice that takes the text back is no evidence of having the text.
    copy.deliveries.filter(({ state, purpose }) => purpose !== 'withdrawal' && states.includes(state));
  const earliest = (dates: (Date | null)[]): Date | null =>
    dates.filter((date) => date !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  return {
    reading: copy.reading as ReadingState,
    openedAt: copy.openedAt,
    acknowledgedAt: copy.acknowledgedAt,
    acknowledgedVia: copy.acknowledgedVia as AcknowledgeVia | null,
    onBehalfBy: copy.onBehalfBy,
    enteredBy: sheetOf(copy)?.enteredBy ?? null,
    signedOn: sheetOf(copy)?.signedOn ?? null,
    unreachable: copy.unreachable,
    sentOn: [...new Set(of('sent', 'delivered').map(({ channel }) => channel as ChannelKind))],
    deliveredAt: earliest(of('delivered').map((row) => row.deliveredAt ?? row.sentAt ?? row.createdAt)),
    sentAt: earliest(copy.deliveries.map(({ sentAt }) => sentAt)),
    digestAt: earliest(of('planned').map((row) => (row.deferred === digestReason ? row.nextAttemptAt : null))),
    waiting: of('planned', 'sending').length > 0,
    held: of('held').length > 0,
    subscriber: copy.subscriptionId !== null,
    lastReason: of('failed', 'held').find(({ reason }) => reason !== null)?.reason ?? null,
  };
}

/** Ways that the office records; the others are acts of the recipient himself. */
export const waysOnBehalf = ['liaison', 'paper', 'phone'] as const satisfies readonly AcknowledgeVia[];

export interface OnBehalfDraft {
  via: string;
  by: string;
  note: string;
}

export interface OnBehalfForm extends OnBehalfDraft {
  id: string;
  ways: readonly { value: string; text: string; checked: boolean }[];
  faults: readonly FormFault[];
  viaError: string | null;
  byError: string | null;
}

export function onBehalfForm(id: string, draft: OnBehalfDraft, faults: readonly FormFault[]): OnBehalfForm {
  const errorOf = (name: string): string | null => faults.find(({ field }) => field === name)?.message ?? null;
  return {
    id,
    ...draft,
    ways: waysOnBehalf.map((value) => ({ value, text: acknowledgeViaText[value], checked: value === draft.via })),
    faults,
    viaError: errorOf('via'),
    byError: errorOf('by'),
  };
}
