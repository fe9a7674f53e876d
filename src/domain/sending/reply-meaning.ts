import { asksToEnd } from './end-wish.js';
import { replyWords } from './reply-words.js';

/** What a reply by SMS asks for: that the copy is taken as acknowledged, that messages end, or something only a person can read. */
export type ReplyMeaning = 'acknowledges' | 'ends' | 'other';

/** Whom the number's messages are for: a reply may be signed with what stands here, and with no other name. */
export interface Signer {
  name: string;
  unit: string;
  post: string;
}

/**
 * A reply acknowledges when, but for politeness, it is nothing else: `1`, 已阅, 收到 and their like, however typed, with the
 * addressee's own name, unit or post. Every word of it must be known, so that a sentence that only contains one (没收到,
 * 收到后请回电), a question (收到？) or another's name is left to a person.
 *
 * @param signers of an empty list nobody's name is known
 */
export function replyMeaning(reply: string, signers: readonly Signer[] = []): ReplyMeaning {
  if (asksToEnd(reply)) return 'ends';
  if (reply.length > longest || doubts.test(reply.normalize('NFKC'))) return 'other';
  return acknowledgement(signers).test(replyWords(reply)) ? 'acknowledges' : 'other';
}

/** With a name and a unit; a whole message sent back is an answer to something. */
const longest = 80;

/** A question, a cross or a thumb down, a minus: what goes with them is not meant as it stands. */
const doubts = /[?❌✖✗✘×✕👎🚫⛔❓❔❎]|[-‐-―−]\s*1/u;

const subject =
  '(?:(?:此|该|本|这条?|上述|相关|贵单位|你们?|县里|县政府|政府办|办公室)?(?:的)?(?:短信|信息|消息|快报|简报|通知|通报|文件|公文|来文|材料|内容|邮件|刊物)(?:内容|全文)?)';
const already = '(?:已经?|均已?|都已?|全部|刚刚?|才)';
/** Those that say it alone, and those that need 已 or 了 to be no wish or request. */
const received = `(?:${already}?(?:收到|收悉|签收|阅|阅读|阅悉|阅知|阅毕|阅览|收阅|敬悉|知悉|知晓|知道|获悉|看到|看过|读过|了解|明白)(?:完毕|完|了|啦|过)?|${already}(?:收|查收|接收|知|读|看|签)(?:完毕|完|了|啦|过)?|(?:收|读|看|签|查收)(?:完了?|了|啦))`;
const core = `(?:(?<!\\d)1(?!\\d)|${received})`;
const before =
  '(?:您好|你好|领导好?|好的?|嗯|哦|OK|谢谢|多谢|感谢|辛苦了?|回复?|答复|我是|本人|我们?|我处|我单位|我局|我办|我委|我镇|我乡|我村|我县|现|确认|特此)';
const duty =
  '(?:一定|将|会|我们?|立即|马上|尽快|抓紧|坚决|认真|严格|全力|按照?|遵照|要求|贯彻|学习|领会|抓好|做好|传达|落实|执行|办理|照办|安排|部署|到位)';
const after = `(?:了|啦|哈|哦|呀|啊|嗯|好的?|OK|(?:谢谢?|多谢|感谢)(?:您|你们?|领导|大家|各位|提醒|告知|通知)?|辛苦(?:您|你们?|大家)?了?|请?(?:领导|您|你们?)?放心|特此(?:回复|报告|告知)|此复|${duty})`;

/** With the names that may stand in front of it and behind it. */
function acknowledgement(signers: readonly Signer[]): RegExp {
  const names = [...new Set(signers.flatMap(waysToSign))].sort((a, b) => b.length - a.length);
  const signed = names.length > 0 ? `|${names.join('|')}` : '';
  return new RegExp(
    `^(?:${before}${signed}){0,5}${subject}?(?:(?:回复)?${core}){1,3}(?:${subject}${signed}|${after}){0,8}$`,
    'u',
  );
}

/** 张三, 张局长, 局长, 县财政局, 财政局. */
function waysToSign({ name, unit, post }: Signer): string[] {
  const [who, where, what] = [name, unit, post].map(replyWords) as [string, string, string];
  const titles = endsOf(what, 2);
  const surname = who.slice(0, 1);
  const ways = [who, ...endsOf(where, 3), ...titles, ...titles.map((title) => surname + title)];
  return ways.filter((way) => /^[\p{L}\p{N}]{2,40}$/u.test(way) && !/^\d+$/.test(way));
}

/** A long name and what is left of it when its beginning is dropped, down to so many signs. */
const endsOf = (text: string, fewest: number): string[] =>
  Array.from({ length: Math.max(0, text.length - fewest + 1) }, (_, at) => text.slice(at));
