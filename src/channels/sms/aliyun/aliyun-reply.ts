import { readBeijingTime } from '../beijing-time.js';
import { digestOf, digitsOf, type Push, readPush, textOf } from '../push.js';
import type { Reply } from '../../channel.js';

/**
 * SmsUp, the HTTP batch push of what people sent back: rows of phone_number, content, send_time, dest_code (the number with
 * the digits behind it) and sequence_id. Nothing in it is signed; the secret is part of the address. Repeated pushes repeat replies. Null for a body that is no list.
 */
export function readAliyunReplies(body: unknown): Push<Reply> | null {
  return readPush(body, (row) => {
    const number = textOf(row.phone_number, 30);
    const content = textOf(row.content, 2000);
    if (number === undefined) return 'phone_number 不是文字';
    if (content === undefined) return 'content 不是文字';
    const mobile = /^(?:\+?86|0086)?(1\d{10})$/.exec(number.replace(/[\s-]/g, ''))?.[1];
    if (!mobile) return null;
    const sequenceId = textOf(row.sequence_id, 64) || digestOf(mobile, textOf(row.send_time) ?? '', content);
    const sentTo = digitsOf(row.dest_code);
    return {
      provider: 'aliyun',
      sequenceId,
      mobile,
      content,
      sentTo,
      writtenAt: readBeijingTime(textOf(row.send_time)),
    };
  });
}
