/** How much of what people send back is kept, and for how long. */

/** Characters: longer than a person writes; the rest says nothing more. */
export const longestReplyKept = 500;

/** Of one number that wait for the office: nobody can fill its inbox. */
export const mostRepliesWaiting = 20;

/** Number and text, after the office has settled it: as long as somebody may ask why it was settled so. */
export const settledReplyDays = 30;

/** The same of any reply, settled or not: as long as an issue's acknowledgements are of interest. */
export const replyKeptDays = 90;
