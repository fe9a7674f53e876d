import { chineseDate } from '../domain/calendar.js';
import { correctionMark, type EditionContent } from '../domain/issue/edition.js';
import { clipCharacters, digestLine } from '../domain/sending/message-text.js';
import { trialMarkInSms } from '../domain/sending/trial.js';
import { withoutEnd } from '../domain/text/text-end.js';
import { headlinesOf } from './edition-view.js';
import type { SmsContent, SmsTemplateKey } from './message.js';
import { slots } from './slots.js';
import type { Occasion } from './wording.js';

export interface SmsAccount {
  publicUrl: string;
  /** 签名 without brackets. */
  signName: string;
  smsTemplates: Readonly<Record<SmsTemplateKey, string>>;
  /** The texts that are filed say that a reply acknowledges. */
  asksForReplies: boolean;
}

/** Two parts of 67: what an office is ready to pay for one notice. */
const mostUnits = 134;
/** Free-text variables are bounded by the providers, most tightly around 20 to 35 characters. */
export const longestFreeText = 35;
/** Stands for the personal code while lengths are counted. */
const codeDigits = '0'.repeat(10);

/**
 * Texts to be filed with the provider, `${x}` for variables. Links may not be variables, nor two variables touch, so the
 * address is part of the text and only a code is personal. With `asksForReplies` those that ask to be acknowledged say that a
 * reply does it too: another text, to be filed as such.
 */
export function smsTemplateTexts(publicUrl: string, asksForReplies = false): Record<SmsTemplateKey, string> {
  const reply = asksForReplies ? '，或回复1签收' : '';
  const way = `请打开 ${publicUrl}/s 输入查阅码\${code}查阅签收${reply}`;
  return {
    digest: `\${publication}第\${number}期已印发：\${digest}。${way}。`,
    notice: `\${publication}第\${number}期已印发。${way}。`,
    reminder: `催阅：\${publication}第\${number}期（\${date}印发）尚未收到您的签收，这是第\${times}次提醒。${way}，已签收请忽略。`,
    withdrawal: `\${publication}第\${number}期已撤回，请勿使用、转发先前收到的内容。请打开 ${publicUrl}/s 输入查阅码\${code}查看说明。`,
    code: `验证码\${code}，用于\${purpose}，\${minutes}分钟内有效。如非本人操作，请忽略。`,
    subscriber: `\${publication}第\${number}期已印发：\${digest}。请打开 ${publicUrl}/s 输入查阅码\${code}查阅。退订回TD。`,
    decision: `您申请订阅的\${publication}，审核结果：\${result}，\${note}。如有疑问，请与本办公室联系。`,
  };
}

export function composeSms(edition: EditionContent, occasion: Occasion, account: SmsAccount): SmsContent {
  return filledSms(keyOf(occasion), paramsFor(edition, occasion, account), account);
}

/**
 * The stored message under today's account: which template code and signature are filed is no part of the edition, and
 * must be mendable without composing again.
 */
export function withAccount(content: SmsContent, occasion: Occasion, account: SmsAccount): SmsContent {
  return filledSms(keyOf(occasion), content.params, account);
}

export function smsTemplateText(occasion: Occasion, account: SmsAccount): string {
  return smsTemplateTexts(account.publicUrl, account.asksForReplies)[keyOf(occasion)];
}

/** @throws Error for what no filed template can say */
function keyOf({ carry, purpose, subscriber }: Occasion): SmsTemplateKey {
  if (carry !== 'digest' && carry !== 'notice') throw new Error(`no SMS template is filed for ${carry}`);
  if (purpose === 'withdrawal') return 'withdrawal';
  if (carry === 'digest' && subscriber) return 'subscriber';
  return purpose === 'reminder' ? 'reminder' : carry;
}

function paramsFor(edition: EditionContent, occasion: Occasion, account: SmsAccount): Record<string, string> {
  const key = keyOf(occasion);
  const publication = `${edition.trial ? trialMarkInSms : ''}${filable(edition.publication, '简报')}`;
  // In the variable that is free text: the filed text around the number cannot change, and the mark must survive clipping.
  const mark = correctionMark(edition.correction?.times ?? 0);
  const headlines = headlinesOf(edition).map((headline) => filable(headline, '（无标题）'));
  const all = {
    publication: `${publication}${mark}`,
    number: edition.number === null ? '待定' : String(edition.number),
    digest: `共${headlines.length}条`,
    date: edition.date === null ? '日期待定' : chineseDate(edition.date),
    times: String(Math.max(occasion.round, 1)),
    code: slots.code,
  };
  const spare = () => mostUnits - filledSms(key, { ...all, code: codeDigits }, account).text.length;
  // The publication gives way before the message becomes a third part; the digest takes what is left over.
  if (spare() < 0) all.publication = `${clipUnits(publication, Math.max(publication.length + spare(), 4))}${mark}`;
  if (key === 'digest' || key === 'subscriber') {
    const room = Math.min(longestFreeText, all.digest.length + spare());
    all.digest = fittingUnits(room, (characters) => digestLine(headlines, characters)) || all.digest;
  }
  return Object.fromEntries(smsVariables(key).map((name) => [name, all[name as keyof typeof all]]));
}

export const clipUnits = (text: string, units: number) =>
  fittingUnits(units, (characters) => clipCharacters(text, characters));

/** Networks count UTF-16 units where clipping counts characters: the longest cut that keeps within both. */
function fittingUnits(units: number, cut: (characters: number) => string): string {
  for (let characters = units; characters > 0; characters -= 1) {
    const text = cut(characters);
    if (text.length <= units) return text;
  }
  return '';
}

/** In the order of the text, as providers want them that number their variables. */
export function smsVariables(key: SmsTemplateKey): string[] {
  return [...smsTemplateTexts('')[key].matchAll(variable)].map(([, name]) => name!);
}

const variable = /\$\{(\w+)\}/g;

/** A filed text with its variables. */
export function filledSms(
  key: SmsTemplateKey,
  params: Readonly<Record<string, string>>,
  account: SmsAccount,
): SmsContent {
  const { publicUrl, signName, smsTemplates, asksForReplies } = account;
  const body = smsTemplateTexts(publicUrl, asksForReplies)[key].replace(
    variable,
    (_whole, name: string) => params[name] ?? '',
  );
  return {
    kind: 'sms',
    template: key,
    signName,
    templateCode: smsTemplates[key],
    params,
    text: `【${signName}】${body}`,
  };
}

/** What providers refuse inside a variable is taken out: the signature's brackets, symbols, and anything like an address. */
export function filable(text: string, otherwise: string): string {
  const plain = text
    .normalize('NFC')
    .replace(webAddress, '')
    .replaceAll('【', '（')
    .replaceAll('】', '）')
    .replace(/[①-⓿←-⇿■-➿★※•#<>{}『』「」〖〗\p{Extended_Pictographic}\p{Cc}]/gu, '')
    .replace(/\s+/g, ' ');
  return withoutEnd(plain, '。；，、').trim() || otherwise;
}

/** A host has labels of at most 63 characters (RFC 1035, 2.3.4); it is looked for from its beginning only. */
const webAddress =
  /(?:https?:\/\/|www\.)[\w./?=&%#:~-]+|(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\.){1,10}(?:cn|com|net|org)\b/gi;
