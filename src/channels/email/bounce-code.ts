/**
 * Codes in running text. Texts are full of numbers that look like codes (rooms, telephone extensions, sums, sections, addresses
 * of machines), so a number counts only where mail systems write codes: behind what introduces one, at the head of a line, or
 * in front of words that say what went wrong.
 */

/** RFC 3463: class, subject 0 to 7, detail; not part of something longer and not the first of a range of sections. */
const status = String.raw`[245]\.[0-7]\.\d{1,3}(?![\w/]|\.\d|\s?(?:[至到~～—–、]|-\s?\d))`;
const loneStatus = String.raw`(?<![\w.@[/-])${status}`;
/** RFC 5321 4.2: 4yz and 5yz. Not behind a number, as the end of a telephone number is. */
const basic = String.raw`(?<!\d[ \t-]{0,2}|\d\.|[#/])[45][0-5]\d(?![\d.]|-\d)`;
/** What is counted or numbered is no code: 500元, 512室, 551路, 540分钟. */
const noUnit = String.raw`(?!\s?(?:[元室路号楼栋层人份个次封条页天日年月米家名位度分秒万亿字期]|小时|公里|%|(?:[km]|[km]b|bytes?|days?|hours?|minutes?)\b))`;

const failing = String.raw`(?:requested|mailbox|user|recipient|unknown|no such|invalid|address|account|message|mail|access|relay|sender|sorry|unroutable|does not|host|domain|rejected|denied|blocked|refused|spam|quota|over|exceeded|temporar|try again|service|policy|permanent|transaction|delivery|not\b|unable|cannot|bad|too\b|error|用户|收件|邮箱|邮件|帐号|账号|帐户|账户|地址|域名|对方|服务器|拒|空间|容量|无此|查无|不存在|无效|连接|超过|垃圾)`;
const introduces = String.raw`(?:\b(?:said|says|reply|replied|respon(?:se|ded)(?: was)?|answered|returned|error(?: message)?|errors?(?: code)?|status(?: code)?|code|diagnostic(?:-code)?|dsn|smtp|reason(?: was)?|server)\b|<<<|代码|状态码?|错误码?|错误信息|返回码?|返回信息|应答|响应|回应|提示|原因|答复)`;
const between = String.raw`[\s:：;；,，=("'\[（]{0,6}(?:[为是]|is\b)?[\s:：#("'\[]{0,3}`;

/** The surest first. */
const places: readonly RegExp[] = [
  `(?<basic>${basic})[ \\t:)\\]-]{1,3}[#(\\[]?(?<status>${status})`,
  `#(?<status>${status})`,
  `${introduces}${between}(?<status>${loneStatus})`,
  `[(（【](?<status>${status})(?=[)）】\\s,:-])`,
  `^[\\s>*"']{0,6}(?<status>${loneStatus})[ \\t:,-]{1,3}(?=[A-Za-z<])`,
  `(?<status>${loneStatus})[ \\t:,-]{1,3}${failing}`,
  `${introduces}${between}(?<basic>${basic})${noUnit}`,
  `(?<basic>${basic})[\\])）]?[ \\t\\-:：,，]{0,3}["'<(]?${failing}`,
  `^[\\s>*"']{0,6}[(\\[（]?(?<basic>${basic})[)\\]）:：\\s-]${noUnit}`,
  `[(（]\\s?(?<basic>${basic})\\s?[)）](?![ \\t-]?\\d)`,
].map((place) => new RegExp(place, 'imu'));

/** As the other server gave them; at least one is there. */
export interface ReplyCode {
  basic?: string;
  /** RFC 3463 */
  status?: string;
  /** Where in the text the code stands. */
  at: number;
}

/** The code that stands in the surest place; null when no number stands where codes do. */
export function codeInText(text: string): ReplyCode | null {
  for (const place of places) {
    const found = place.exec(text);
    if (found)
      return { ...found.groups, at: found.index + found[0].lastIndexOf(found.groups?.status ?? found.groups!.basic!) };
  }
  return null;
}
