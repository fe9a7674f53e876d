/** Words every layer shares about one delivery: its channel, its purpose and what became of one attempt. */

export const channelKinds = ['email', 'sms', 'wecom', 'wechat'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const deliveryPurposes = ['initial', 'reminder', 'resend', 'withdrawal'] as const;
export type DeliveryPurpose = (typeof deliveryPurposes)[number];

/**
 * What one attempt came to. Expected outcomes are values; a thrown error is a bug.
 * `code` is the provider's own word, `reason` a Chinese sentence for the office.
 */
export type SendOutcome =
  | {
      kind: 'accepted';
      reference: string;
      /** The provider's own numbers of all that it took, where its reports name nothing else; a long SMS has one for each part. */
      parts?: readonly string[];
      /** By which the channel can redraw the message once; sealed by the channel, and read by nobody else. */
      handle?: string;
    }
  | {
      kind: 'retry';
      class: 'network' | 'throttled' | 'provider';
      code: string;
      reason: string;
      afterMs?: number;
      /** It is one recipient's number or mail system that is busy; the provider's account is well. */
      about?: 'recipient';
    }
  | {
      kind: 'refused';
      /**
       * Whose matter it is: `recipient` an address that does not work, `provider` the other side's system or the recipient's own
       * rules, `content` the message, `configuration` our account.
       */
      class: 'recipient' | 'provider' | 'content' | 'configuration';
      code: string;
      reason: string;
      /** Said of one recipient after the other, it is about us: then the account stops. */
      perhapsOfUs?: true;
    }
  /** The request may have been taken: never resent blindly. */
  | { kind: 'unknown'; code: string; reason: string };

/** What a provider says later about a message it accepted. Only moves a delivery forward. */
export interface DeliveryReport {
  provider: string;
  /** Our own reference, which the provider echoes: the delivery's id. */
  deliveryId: string;
  status: 'delivered' | 'failed' | 'pending';
  /** The provider's own word, e.g. `DELIVRD` or `5.1.1`. */
  code: string;
  /** Chinese sentence for the office; empty when delivered. */
  reason: string;
  /** Of a failure: whether it proves that nothing will ever arrive there. Absent where the code alone tells. */
  addressDead?: boolean | null;
  reportedAt: Date;
}

/** What a provider says later under a number of its own, and for good: of a message, or of one part of a long one. */
export interface PartReport extends Pick<DeliveryReport, 'provider' | 'code' | 'reason' | 'reportedAt'> {
  /** As in the `parts` of the answer to the message. */
  reference: string;
  status: 'delivered' | 'failed';
}

/** What a provider says later of a message that it names only by whom it went to, and when. */
export interface RecipientReport extends Omit<DeliveryReport, 'deliveryId'> {
  kind: ChannelKind;
  /** In clear; lives only in memory. */
  address: string;
  /** By the provider's clock. */
  sentAt: Date;
}
