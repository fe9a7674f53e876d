import { chineseDate, chineseDateTime } from '../../domain/calendar.js';
import { channelFacts } from '../../domain/channel-facts.js';
import { channelText } from '../../domain/sending/channel-text.js';
import { type ChannelKind, channelKinds } from '../../domain/delivery.js';
import { secrecyText } from '../../domain/issue/secrecy.js';
import type { PublicationPolicy } from '../../domain/sending/channel-policy.js';
import { urgencyText } from '../../domain/urgency.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import type { PreflightLine } from '../../dispatch/plan/preflight.js';
import { modeText } from '../policy-words.js';
import { issueName } from '../issue-head/issue-name.js';
import type { ScopeView } from '../scope/scope-view.js';

/** Check your answers: everything that 签发 makes final, on one page. */
export interface SignOffView {
  id: string;
  revision: number;
  heading: string;
  answers: readonly { term: string; text: string; href: string | null }[];
  scope: ScopeView;
  messages: readonly { channel: string; count: number }[];
  preflight: readonly PreflightLine[];
  blocked: boolean;
  /** Null when this account may sign off now. */
  refusal: string | null;
  /** As typed, `2026-11-23T08:00`; empty sends after the time to undo. */
  sendAt: string;
  sendAtFault: string | null;
  undoSeconds: number;
  /** The field for the reason is shown: a 特急 issue would wait without one. */
  maySendAtOnce: boolean;
  urgentReason: string;
  /** The class shall be lowered, which the approver has to agree to. */
  lowered: { from: string; level: string; reason: string } | null;
}

export function signOffView(input: {
  issue: StoredIssue;
  scope: ScopeView;
  preflight: {
    lines: readonly PreflightLine[];
    blocked: boolean;
    planned: Readonly<Record<ChannelKind, number>>;
    policy: PublicationPolicy;
    wait: { until: Date; reason: string } | null;
  };
  refusal: string | null;
  start: { typed: string; reason: string; fault: string | null; undoSeconds: number };
}): SignOffView {
  const { issue, scope, preflight } = input;
  const number = issue.number ?? issue.proposedNumber;
  const answer = (term: string, text: string, href: string | null = null) => ({ term, text, href });
  const items = issue.sections.reduce((sum, section) => sum + section.items.length, 0);
  return {
    id: issue.id,
    revision: issue.revision,
    heading: issueName(issue),
    answers: [
      answer('刊物', issue.publicationName),
      answer('期号', number === null ? '未填写，签发时取下一个期号' : `第${number}期`),
      ...(issue.correctionNote === null ? [] : [answer('更正说明', issue.correctionNote)]),
      answer('日期', issue.issuedOn === null ? '未填写' : chineseDate(issue.issuedOn)),
      answer('内容', `${issue.sections.length}个栏目，${items}条稿件`, `/issues/${issue.id}/preview`),
      answer('密级', secrecyText[issue.level]),
      answer('紧急程度', urgencyText[issue.urgency]),
      answer('发送人数', `${scope.people}人，每人一份`),
      answer('发送方式', modeText[preflight.policy.mode], `/publications/${issue.publicationId}`),
      answer('最早发出', preflight.wait === null ? '签发后随即' : waitText(preflight.wait)),
    ],
    scope,
    messages: channelKinds
      .filter((channel) => !channelFacts[channel].optional || preflight.planned[channel] > 0)
      .map((channel) => ({ channel: channelText[channel], count: preflight.planned[channel] })),
    preflight: preflight.lines,
    blocked: preflight.blocked,
    refusal: input.refusal,
    sendAt: input.start.typed,
    sendAtFault: input.start.fault,
    undoSeconds: input.start.undoSeconds,
    maySendAtOnce: issue.urgency === 'extraUrgent' && preflight.wait !== null,
    urgentReason: input.start.reason,
    lowered:
      issue.loweredTo === null
        ? null
        : {
            from: secrecyText[issue.markedLevel],
            level: secrecyText[issue.loweredTo],
            reason: issue.levelReason ?? '',
          },
  };
}

const waitText = ({ until, reason }: { until: Date; reason: string }): string =>
  `${chineseDateTime(until)}（${reason}不发送）`;
