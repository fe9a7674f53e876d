import { chineseDateTime } from '../domain/calendar.js';
import type { QrPicture } from '../channels/wechat/wechat-qr.js';

/** The picture stands in the page itself: no other address shows it. */
export const bindingView = ({ picture, until }: { picture: QrPicture; until: Date }) => ({
  picture: `data:${picture.type};base64,${picture.bytes.toString('base64')}`,
  until: chineseDateTime(until),
});
