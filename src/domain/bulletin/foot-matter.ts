import { findDate } from './dates.js';
import { fold, simplified } from './glyphs.js';

/** Lines of the foot that name nobody: 主题词, telephones, addresses, copies, 印发, a call for papers. */

export const COPIES =
  /[（(]?\s*(?:共\s*印|印\s*数|印\s*发|印\s*制|共)\s*[：:]?\s*(?:共\s*印?\s*)?([\d０-９]{1,5})\s*份\s*[）)]?|^\s*(?:印\s*数|份\s*数)\s*[：:]\s*([\d０-９]{1,5})\s*份?\s*$/u;
const PRINTED = /印\s*[发制]?\s*$/u;
const MAX_LINE = 160;

const MATTER = new RegExp(
  '^[（(【[]?\\s*(?:' +
    [
      '主\\s*题\\s*词\\s*[：:】\\]]?',
      '关\\s*键\\s*词\\s*[：:】\\]]',
      '投\\s*稿\\s*(?:邮箱|信箱|电话|热线|地址)',
      '(?:联\\s*系|咨\\s*询|值\\s*班|热\\s*线|监督|举报|编辑部|办公)\\s*(?:电\\s*话|方\\s*式|地\\s*址|热\\s*线)\\s*[：:】\\]]?',
      '(?:电\\s*话|传\\s*真|邮\\s*箱|信\\s*箱|电\\s*子\\s*邮\\s*[箱件]|地\\s*址|邮\\s*编|邮政编码|网\\s*址|联\\s*系\\s*人|E-?mail|QQ|微信公众号)\\s*[：:】\\]丨|]',
      '(?:此|本)(?:件|刊|期|资料|简报|材料).{0,6}(?:外传|退回|收回|保管|保存|翻印|转载|留存|销毁)',
      '(?:此件|本期|本刊).{0,10}(?:电子版|电子稿|同步|发布|刊登|内容|免费)',
      '(?:此件|本件).{0,8}公开',
      '(?:准印证|内部资料准印|刊号)',
      '(?:存\\s*档|归\\s*档|存)\\s*[：:（(\\d]',
      '(?:印\\s*刷|承\\s*印|校\\s*印)\\s*(?:单位)?\\s*[：:]',
      '印\\s*[数份]\\s*[：:]',
      '份\\s*数\\s*[：:]',
    ].join('|') +
    ')',
  'iu',
);

/** Where else the office is to be read: names nobody, wherever at the foot it stands. */
const ELSEWHERE =
  /^[（(【]?(?:更多.{0,12}(?:请|敬请|欢迎|可)?.{0,4}(?:关注|扫|登录|访问|查看|查阅|浏览|点击)|(?:请|敬请|欢迎|可).{0,6}(?:关注|扫码|扫描|登录|访问|浏览).{0,40}(?:公众号|二维码|网站?|视频号|小程序|微信|客户端|APP)|(?:扫码|扫一扫|扫描二维码|长按二维码))/iu;

/** A call for papers says nothing that is kept, but a person should see that it went. */
export const isCall = (text: string): boolean => /^[（(]?欢迎.{0,24}(?:投稿|来稿|供稿|赐稿|订阅|批评指正)/u.test(text);

export function isPrinted(text: string): boolean {
  if (text.length > 100) return false;
  const plain = fold(text).replace(COPIES, '').trim();
  const isDated = findDate(plain) !== null || /\d{1,2}\s*月\s*\d{1,2}\s*日\s*印/u.test(plain);
  return PRINTED.test(plain) && isDated && !/[，。]/u.test(plain);
}

/** A line that stands at a foot and names neither recipients nor who signed. */
export function isFootMatter(text: string): boolean {
  if (text.length > MAX_LINE) return false;
  const plain = simplified(text);
  if (MATTER.test(plain) || isPrinted(plain) || isCall(plain) || ELSEWHERE.test(plain)) return true;
  return /份/u.test(plain) && fold(plain).replace(COPIES, '').trim() === '';
}
