import type { DeliveryState } from '../domain/sending/delivery-state.js';
import { type IssueState, issueStateText } from '../domain/issue/issue-state.js';
import { type SecrecyLevel, secrecyText } from '../domain/issue/secrecy.js';
import { type Urgency, urgencyText } from '../domain/urgency.js';

/** Colour never stands alone: a tag always has its word. */
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad' | Grade;

/** How far a copy has come. These four look the same in tags, bars and curves. */
export type Grade = 'acknowledged' | 'opened' | 'delivered' | 'unreachable';

export interface Tag {
  text: string;
  tone: Tone;
}

const issueTones: Record<IssueState, Tone> = {
  drafting: 'neutral',
  reviewing: 'warn',
  awaitingSignOff: 'warn',
  signedOff: 'info',
  dispatched: 'good',
  archived: 'neutral',
  withdrawn: 'bad',
};

const levelTones: Record<SecrecyLevel, Tone> = { public: 'info', internal: 'neutral', workSecret: 'warn' };

export const deliveryTones: Record<DeliveryState, Tone> = {
  planned: 'neutral',
  sending: 'info',
  sent: 'info',
  delivered: 'good',
  failed: 'bad',
  held: 'warn',
  cancelled: 'neutral',
};

export const stateTag = (state: IssueState): Tag => ({ text: issueStateText[state], tone: issueTones[state] });

export const levelTag = (level: SecrecyLevel): Tag => ({ text: secrecyText[level], tone: levelTones[level] });

/** Null for an ordinary issue, which carries no mark. */
export const urgencyTag = (urgency: Urgency): Tag | null =>
  urgency === 'normal' ? null : { text: urgencyText[urgency], tone: 'bad' };
