import type { ChannelKind, DeliveryReport, PartReport, RecipientReport, SendOutcome } from '../domain/delivery.js';
import type { FilingsAnswer } from '../domain/sending/filing.js';
import type { MessageContent } from '../rendering/message.js';

/** One message ready to leave. The delivery's id is the reference the provider is given. */
export interface OutgoingMessage {
  deliveryId: string;
  /** E-mail address, mobile number, WeCom user id or openid, in clear; lives only in memory. */
  address: string;
  content: MessageContent;
  /** An earlier try of it is in doubt: the provider may have taken it. */
  mayHaveArrived?: true;
}

/** A message that the provider took. */
export interface SentMessage {
  address: string;
  /** The provider's number of it. */
  reference: string;
}

/** What became of a change to a message that was sent. Nothing depends on it, so it is not tried again. */
export type ChangeAnswer = { kind: 'done' } | { kind: 'notDone'; code: string; reason: string };

/** A delivery whose outcome is in doubt, with what is needed to ask the provider about it. */
export interface DoubtfulDelivery {
  deliveryId: string;
  address: string;
  /** When the attempt in doubt began. */
  startedAt: Date;
}

/** The provider's answer about a doubtful delivery. */
export type ReconcileAnswer =
  | {
      kind: 'taken';
      reference: string;
      report?: DeliveryReport;
      /** As in the answer that was lost. */
      parts?: readonly string[];
    }
  | { kind: 'notTaken' }
  /** The provider could not be asked now, or cannot say yet. */
  | { kind: 'noAnswer'; reason: string };

/** What somebody sent back to a channel. */
export interface Reply {
  /** Account that it came in on. */
  provider: string;
  /** The provider's number of it: the same reply never has another. */
  sequenceId: string;
  mobile: string;
  content: string;
  /** The number it was sent to, or the end of it, where that has digits of a message of ours; else empty. */
  sentTo: string;
  /** By the provider's clock; null where it does not say. */
  writtenAt: Date | null;
}

/** Where a channel that keeps a line to its provider hands over what comes in on it. What these keep is on disk. */
export interface Incoming {
  reports(reports: readonly PartReport[]): Promise<unknown>;
  replies(replies: readonly Reply[]): Promise<void>;
  /** Of messages that the provider knows under no number; absent where no such provider is heard. */
  ofRecipients?(reports: readonly RecipientReport[]): Promise<unknown>;
}

export interface Channel {
  readonly kind: ChannelKind;
  /** Name of the provider, as stored on reports: `smtp`, `wecom`, `wechat` or an SMS vendor's. */
  readonly provider: string;
  /** Which account with a provider this is, as stored on attempts and gates: the provider's name, with a number from the second on. */
  readonly account: string;
  /** Most messages one `send` takes. */
  readonly batchSize: number;
  /** For how long the provider drops a second, identical send; 0 when it never does. */
  readonly repeatableForMs: number;
  /**
   * Sends with the channel's own concurrency; `settled` is called once for each message as its outcome is known, so that
   * outcomes are recorded while the rest of the batch is still under way. Never throws for an expected outcome.
   * An aborted signal stops starting new messages: those get `retry/network`, code `NOT_STARTED`.
   */
  send(
    messages: readonly OutgoingMessage[],
    signal: AbortSignal,
    settled: (deliveryId: string, outcome: SendOutcome) => void,
  ): Promise<void>;
  /** Asks the provider about deliveries in doubt, in the order given. Absent where it cannot be asked. */
  reconcile?(doubtful: readonly DoubtfulDelivery[]): Promise<ReconcileAnswer[]>;
  /** How long after the attempt the provider's answer to `reconcile` can be trusted. */
  readonly reconcileAfterMs: number;
  /** Opens the line on which the provider reports, for as long as the channel is open. Absent where it pushes to an address. */
  listen?(incoming: Incoming): void;
  /**
   * Shows `text` in place of what could be pressed on a message, once, by the handle that its answer brought. Absent where a
   * message stays as it is.
   */
  redraw?(sent: SentMessage & { handle: string }, text: string): Promise<ChangeAnswer>;
  /** How long after its sending; 0 or absent where it cannot be redrawn. */
  readonly redrawableForMs?: number;
  /** Takes a message back from the recipient's device. Absent where that cannot be done. */
  recall?(sent: Pick<SentMessage, 'reference'>): Promise<ChangeAnswer>;
  /** How long after its sending; 0 or absent where it cannot be recalled. */
  readonly recallableForMs?: number;
  /** A harmless call that proves credentials and reachability; a Chinese sentence when something is wrong. */
  check(): Promise<string | null>;
  /** What is filed with the provider of what this account uses. Absent where nothing is, or where it cannot be asked. */
  filings?(): Promise<FilingsAnswer>;
  /** What is left of money or messages, as a sentence; null when it could not be learnt. Absent where it cannot be asked. */
  balance?(): Promise<string | null>;
  close(): Promise<void>;
}
