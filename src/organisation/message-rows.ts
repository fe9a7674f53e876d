/**
 * What the rooms on the left ask of messages that are planned or were sent. Their rows are written by dispatch alone, which
 * provides this; each is part of the transaction it is asked in.
 */
export abstract class MessageRows {
  /**
   * Takes addresses that are no longer on the list, removed or replaced, out of old messages; what is under way keeps its own
   * until it is done. What may have brought a text keeps its address apart for some days, for a notice that takes the text
   * back and for nothing else.
   *
   * @param personId only this person's
   */
  abstract forgetRemovedAddresses(now: Date, personId?: string): Promise<void>;

  /** What has not left yet for somebody who has just ended his subscription does not leave any more. */
  abstract cancelOfSubscription(subscriptionId: string): Promise<void>;

  /** The same for messages that came back to be tried again after the end. */
  abstract cancelOfEndedSubscriptions(): Promise<void>;

  /**
   * The issue is withdrawn: every link to it dies and what has not left is cancelled; what a worker has in hand is not tried
   * again. What may have arrived already keeps its state.
   */
  abstract takeBack(issueId: string, at: Date): Promise<void>;
}
