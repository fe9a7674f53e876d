import { domesticNumber } from '../domestic-number.js';
import { asList, digestOf, digitsOf, type Push, readPush, textOf } from '../push.js';
import type { Reply } from '../../channel.js';

/**
 * The callback of what people sent back: one object of extend (the digits the message was sent with), mobile, nationcode,
 * sign, text and time (seconds), without a number of its own. Nothing in it is signed; the secret is part of the address. Null for a body that holds no object.
 */
export function readTencentReplies(body: unknown): Push<Reply> | null {
  return readPush(asList(body), (row) => {
    const [number, content] = [textOf(row.mobile, 30), textOf(row.text, 2000)];
    if (number === undefined) return 'mobile 不是文字';
    if (content === undefined) return 'text 不是文字';
    const mobile = domesticNumber(number);
    if (mobile === null || !/^(?:86)?$/.test(textOf(row.nationcode) ?? '')) return null;
    const time = textOf(row.time) ?? '';
    return {
      provider: 'tencent',
      sequenceId: digestOf(mobile, time, content),
      mobile,
      content,
      sentTo: digitsOf(row.extend),
      writtenAt: /^\d{9,10}$/.test(time) ? new Date(Number(time) * 1000) : null,
    };
  });
}
