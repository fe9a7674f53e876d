import type { BulletinWarning } from './bulletin.js';
import { fold } from './glyphs.js';
import type { SourceLine } from './lines.js';

/** Text of the web page around a bulletin that was copied from a site. */

const CHROME =
  /^(?:分享到|打印|字号|字体|关闭|收藏|浏览|阅读|点击|来源|信息来源|发布机构|发布时间|发布日期|索引号|当前位置|首页|繁体|简体|无障碍|作者)(?:[：:\s|｜]|$)|(?:发布日期|发布时间|浏览(?:次数|量)?|点击(?:数|率|量|次数)?|阅读(?:次数|量)?)\s*[：:]|www\.|https?:|无障碍|关怀版|^首\s*页\s*[>＞|》›]|^您?(?:现在|当前)的?位置|^字\s*[体号]\s*[：:]/iu;

/** Text of the web page around a copied bulletin: site name with its address, share and font-size lines. */
export function isPageChrome(text: string): boolean {
  return text.length <= 200 && CHROME.test(fold(text));
}

const TAIL =
  /^[【[(（]?(?:打印|关闭|返回|收藏|纠错|分享|上一篇|下一篇|上一条|下一条|相关链接|相关文章|版权所有|技术支持|网站标识码|网站地图|联系我们|扫一扫|主办单位|承办单位|网站支持|公网安备)|ICP备|公网安备|网站标识码|版权所有|打印本页|关闭窗口/u;

/** A line that a web page prints below a text. */
export const isPageEnd = (text: string): boolean => text.length <= 80 && TAIL.test(fold(text));

export function webPageWarning(chrome: readonly SourceLine[]): BulletinWarning[] {
  const first = chrome[0];
  if (!first) return [];
  const message = '复制自网页的栏目文字（网址、分享、发布日期等）已略去，日期取自网页，请核对。';
  return [{ line: first.number, code: 'web_page_text', message }];
}
