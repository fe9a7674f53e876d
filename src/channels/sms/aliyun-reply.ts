import { z } from 'zod';

/** SmsUp, the HTTP batch push of what people sent back. Nothing in it is signed; the secret is part of the address. */
const replies = z
  .array(
    z.object({
      phone_number: z.string().max(30),
      content: z.string().max(2000),
      // A string or a number, by version; numbers beyond 2^53 would lose digits, so that the vendor sends strings.
      sequence_id: z.union([z.string().max(64), z.number()]).transform(String),
    }),
  )
  .max(1000);

export interface SmsReplyRow {
  provider: string;
  sequenceId: string;
  mobile: string;
  content: string;
}

/** The replies in a push body, parsed JSON of any shape. Repeated pushes repeat replies. */
export function readAliyunReplies(body: unknown): SmsReplyRow[] | { problem: string } {
  const parsed = replies.safeParse(body);
  if (!parsed.success) return { problem: '上行短信的格式不正确。' };
  return parsed.data.flatMap(({ phone_number, content, sequence_id }) => {
    const mobile = /^(?:\+?86|0086)?(1\d{10})$/.exec(phone_number.replace(/[\s-]/g, ''))?.[1];
    return mobile ? [{ provider: 'aliyun', sequenceId: sequence_id, mobile, content }] : [];
  });
}
