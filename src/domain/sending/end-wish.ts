import { replyWords } from './reply-words.js';

/**
 * Which replies by SMS end a subscription. The messages say 退订回TD, carriers and vendors take T, R and N as well, and people
 * put it into words. A reply counts when, but for politeness, it is nothing else: the words of a wish to leave, however typed.
 * A question, a refusal to leave and a sentence that only mentions the word change nothing.
 */
export function asksToEnd(reply: string): boolean {
  if (reply.length > longest) return false;
  return wish.test(replyWords(reply));
}

/** Longer than any way to say it; a whole message sent back is an answer to something. */
const longest = 60;

const subject =
  '(?:这个|此|该|本|你们的?|贵单位的?|所有的?|全部的?)?(?:短信|信息|消息|快报|简报|通知|推送|服务|业务|刊物|期刊|订阅)?';
const word = `(?:TD|UNSUBSCRIBE|STOP|QUIT|退订|(?:取消|停止|终止|解除|退出|不再|不想再?|不要再?|不需要再?|不用再?)(?:我的)?(?:订阅|订购|关注|接收|收到?)|(?:停止|不要再?|别再?|勿再?|不用再?|请勿再)(?:发送?|推送)(?:短信|信息|消息|快报)?|取消(?:短信|推送|快报)|停发|拒收)`;
const before =
  '(?:您好|你好|好的?|嗯|请|麻烦|谢谢|我们?|本人|要求?|想要?|需要|希望|不需要了?|不用了|申请|同意|确认|决定|选择|现在|马上|立即|尽快|直接|帮忙?|给|把|为|回复?|发送?)';
const after =
  '(?:一下|了|吧|啊|哦|呀|啦|哈|掉|即可|PLEASE|PLS|THANKS?|THX|THANKYOU|3Q|请|多谢|辛苦|拜托|麻烦|您|你们?|谢谢?[^不没未勿别吗么]{0,6})';

/** A letter alone, or such words, one or several, with what goes round them. */
const wish = new RegExp(
  `^${before}{0,6}(?:[TRN]|[TRN]?${word}${subject}(?:请?(?:回复?|发送?)?(?:${word}|[TRN](?![A-Z]))${subject}){0,3})${after}{0,4}$`,
  'u',
);
