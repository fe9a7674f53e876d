import { longestScope } from '../scope/scope-text.js';
import type { ParseResult } from './bulletin.js';
import { classifiedLevel } from './classification.js';
import { decodeText, notPlainText, withoutBom } from './decode.js';
import { type Look, toLines, withNewlines } from './lines.js';
import { type Reading, readBulletin, type ReadingOptions } from './read.js';

/** Larger than any bulletin by far; a bound on work and memory. */
export const MAX_BULLETIN_BYTES = 2 * 1024 * 1024;

/** Lines with something on them; a bulletin of 200 items has some thousands. A bound on work, which lines cost most of. */
export const MAX_BULLETIN_LINES = 20_000;

const TOO_MANY_LINES = `文件超过${MAX_BULLETIN_LINES}行，一期简报不会有这么多行。请确认选对了文件；如果每个字都单独成了一行，请重新复制或另存后再导入。`;
const SCOPE_TOO_LONG = `文末的发送范围超过${longestScope}个字。请核对“本期发”一行下面是否混进了正文，改好后重新导入。`;
const TOO_LARGE = '文件超过 2 MB，一期简报的文字不会这么大。请确认选对了文件；图片和附件请单独上传。';
const EMPTY = '文件里没有文字。请确认选对了文件，或复制全文粘贴。';
const UNREADABLE =
  '文件不是可以识别的文字（既不是 UTF-8，也不是 GB18030 编码）。请用记事本打开后另存为 UTF-8，再重新导入。';

/** Reads an uploaded text file: UTF-8 or GB18030, with or without a byte order mark, any line ends. */
export function parseBulletin(bytes: Uint8Array, options: ReadingOptions = {}): ParseResult {
  if (bytes.length > MAX_BULLETIN_BYTES) return refuse(TOO_LARGE);
  const binary = notPlainText(bytes);
  if (binary !== null) return refuse(binary);
  const { text, encoding } = decodeText(bytes);
  return parseDecoded(text, { ...options, encoding });
}

/** Reads pasted text, or that of a document, with the looks of its lines; or a stored text once more, as a person decided. */
export function parseBulletinText(
  text: string,
  looks: readonly (Look | undefined)[] = [],
  options: ReadingOptions = {},
): ParseResult {
  if (text.length > MAX_BULLETIN_BYTES || new TextEncoder().encode(text).length > MAX_BULLETIN_BYTES)
    return refuse(TOO_LARGE);
  if (text.includes('\0')) return refuse(UNREADABLE);
  return parseDecoded(withoutBom(text), options, looks);
}

function refuse(reason: string): ParseResult {
  return { kind: 'notBulletin', reason, warnings: [] };
}

/** More than one character in a hundred that no encoding explains: this was never text. */
function isGarbled(text: string): boolean {
  const strange = text.match(/\uFFFD|(?!\s)\p{Cc}/gu)?.length ?? 0;
  return strange * 100 > text.length;
}

function parseDecoded(
  decoded: string,
  options: ReadingOptions,
  looks: readonly (Look | undefined)[] = [],
): ParseResult {
  if (isGarbled(decoded)) return refuse(UNREADABLE);
  const text = withNewlines(decoded);
  const lines = toLines(text).map((line) => {
    const look = looks[line.number - 1];
    return look ? { ...line, look } : line;
  });
  if (lines.length === 0) return refuse(EMPTY);
  if (lines.length > MAX_BULLETIN_LINES) return refuse(TOO_MANY_LINES);
  const reading = readBulletin(lines, options);
  const level = classifiedLevel(reading.gated);
  if (level !== null) return { kind: 'classified', level };
  if (!reading.isBulletin)
    return { kind: 'notBulletin', reason: notBulletinReason(reading), warnings: reading.bulletin.warnings };
  const scope = reading.bulletin.distribution.reduce((sum, label) => sum + label.length, 0);
  if (scope > longestScope) return refuse(SCOPE_TOO_LONG);
  const { bulletin, original, lines: judged } = reading;
  return { kind: 'bulletin', bulletin, text, original, lines: judged };
}

function notBulletinReason({ bulletin, hasBody }: Reading): string {
  if (bulletin.title !== null && !hasBody) return '只找到刊头，没有正文。请确认文件完整，或复制全文粘贴后重新导入。';
  const lacking = [
    bulletin.issueNumber === null ? '文首没有“第N期”这样的期号' : '',
    bulletin.series === null ? '文首没有刊名' : '',
    bulletin.distribution.length === 0 ? '文末没有“本期发”或“报、送、发”一行' : '',
  ].filter(Boolean);
  return `这份文件不像一期简报：${lacking.join('，')}。请确认选对了文件；如确是简报，请补上这几行后重新导入。`;
}
