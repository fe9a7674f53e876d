import { pairBrackets } from './brackets.js';
import type { BulletinWarning } from './bulletin.js';
import { fullWidthBrackets, joint, simplified, squash } from './glyphs.js';
import type { SourceLine } from './lines.js';
import { withoutEnd } from '../text/text-end.js';
import { quoteEnd, quoteStart } from './warnings.js';

/*
 * The distribution lines of the foot: 本期发：…, or 报：… 送：… 发：…. Groups are parted by ， ； , ; 。 and line ends outside brackets,
 * never by 、 (县委书记、县长 is one group of the office's own making).
 */

const spaced = (word: string): string => [...word].join('\\s*');
const LABELS = [
  '本期发送',
  '本期报送',
  '本期分送',
  '本期主送',
  '本期发',
  '本期送',
  '发送范围',
  '发送对象',
  '发送单位',
  '发放范围',
  '印发范围',
  '分送范围',
  '送阅范围',
  '分送',
  '分发',
  '送阅',
  '阅送',
  '发至',
  '送达',
  '抄告',
  '报告',
  '下发',
  '印送',
  '寄送',
  '呈阅',
]
  .map(spaced)
  .join('|');
const VERB = '(?:(?:主\\s*|抄\\s*|呈\\s*|上\\s*|加\\s*)?[报送发呈阅]|抄(?=\\s*[：:]))';
// Nobody strings together more; without a bound a line of nothing but verbs is read to its end from each of them.
const VERBS = `${VERB}(?:\\s*[、/]?\\s*${VERB}){0,5}`;
const OPEN = '[【\\[［〔（(]\\s*';
const ORNAMENT = '[\\p{So}▷※•·]\\s*';
const COLON = '(?:[：:丨｜|│]|[/／](?=\\p{Script=Han}{2})|[】\\]］〕）)]\\s*[：:]?)';
const LABELLED = new RegExp(
  `^(?:(?:${ORNAMENT})?(?:${OPEN})?(?:(${LABELS}|${spaced('印发')}|${spaced('传阅')})|(${VERBS}))\\s*${COLON}|(${LABELS})(?:\\s+|(?=[县市区省各全]))|(${VERBS})\\s+)\\s*`,
  'u',
);
/** Words of those a bulletin goes to; without a colon only they show that 报 or 送 is a label. */
export const ADDRESSEES =
  /书记|县长|市长|区长|省长|镇长|乡长|主任|主席|常委|领导|负责|单位|政府|办公室|部门|委员会|局长|院长|检察|部长|街道|乡镇|各[县乡镇部委办局股]|党组|成员|政协|人大|[县市省区]委|纪委|信息科|总值班室|管委会|委员会|开发区|专班|指挥部|领导小组|党委|党支部|科室|股室|学院/u;
const NEXT_VERB = new RegExp(
  `(?<=[。；;\\s])(?<![签分印]\\s*)(?=(?:${OPEN})?(?:${VERBS})\\s*${COLON}|(?:${VERBS})(?:\\s{2,}|\u3000)[县市省区各])`,
  'u',
);

/** A label stands at the very start of its line. */
const LABEL_WINDOW = 60;

export interface DistributionLabel {
  /** 本期发, 发送范围 …; null for a verb. */
  label: string | null;
  /** 报, 送, 发, 主送, 抄送 …; null for a label. */
  verb: string | null;
  rest: string;
}

export function distributionLabel(text: string): DistributionLabel | null {
  const match = LABELLED.exec(simplified(text.slice(0, LABEL_WINDOW)));
  if (!match) return null;
  const [whole, label, verb, bareLabel, bareVerb] = match;
  const rest = text.slice(whole.length);
  // Without a colon only a list shows that the word is a label.
  if (bareLabel !== undefined && !/[，,；;、]/u.test(text)) return null;
  const plainly =
    bareVerb !== undefined && /^[主抄呈]/u.test(bareVerb) && rest.length <= 30 && !/[。！？].|[为了]/u.test(rest);
  if (bareVerb !== undefined && !plainly && !ADDRESSEES.test(rest.slice(0, LABEL_WINDOW))) return null;
  const words = text.slice(0, whole.length).replace(/[^\p{Script=Han}、/]|丨/gu, '');
  if (/^[【[［〔（(]/u.test(text) && /阅|报告/u.test(words)) return null;
  const isLabel = (label ?? bareLabel) !== undefined;
  if (!isLabel && (verb ?? bareVerb) === undefined) return null;
  return { label: isLabel ? squash(words) : null, verb: isLabel ? null : squash(words), rest };
}

/** 报：…。送：…。发：… on one line come apart. */
export function partVerbs(text: string): string[] {
  if (!distributionLabel(text)) return [text];
  return text
    .split(NEXT_VERB)
    .map((part) => part.trim())
    .filter(Boolean);
}

export interface DistributionEntry {
  label: string | null;
  verb: string | null;
  lines: SourceLine[];
}

const DELIMITER = /[，；,;。]/u;
const ENDS_WITH_DELIMITER = /[，；,;。]\s*$/u;
const NO_GROUP = /^(?:存档|存|归档|备案|共印|印数|联系|电话|传真|邮箱|地址|本刊|网址)/u;

/** One group on each line: none of the lines holds a delimiter inside. */
function isList(lines: readonly SourceLine[]): boolean {
  return lines.length > 1 && lines.every((line) => !DELIMITER.test(line.text.slice(0, -1)));
}

interface RunOn {
  line: number;
  pieces: string[];
  /** The last characters, which are all that joining looks at. */
  tail: string;
}

const TAIL = 200;

/** The groups of one labelled entry, with what was joined or looked odd. */
export function readGroups(entry: DistributionEntry): { groups: string[]; warnings: BulletinWarning[] } {
  const warnings: BulletinWarning[] = [];
  const texts: RunOn[] = [];
  const list = isList(entry.lines);
  for (const line of entry.lines) {
    const open = texts.at(-1);
    if (!open || !goesOn(open.tail, line, list)) {
      texts.push({ line: line.number, pieces: [line.text], tail: line.text.slice(-TAIL) });
      continue;
    }
    const message = `发送范围中“${quoteEnd(open.tail)}”与“${quoteStart(line.text)}”在换页或换行处断开，已接上，请核对。`;
    warnings.push({ line: line.number, code: 'page_join', message });
    const piece = joint(open.tail, line.text) + line.text;
    open.pieces.push(piece);
    open.tail = (open.tail + piece).slice(-TAIL);
  }
  if (list && texts.length > 1)
    warnings.push({
      line: texts[0]?.line ?? 1,
      code: 'distribution_list',
      message: '发送范围按一行一个对象拆分，请核对。',
    });
  const groups = texts.flatMap(({ line, pieces }) => splitGroups(line, pieces.join(''), warnings));
  return { groups, warnings };
}

/** A group that is over, and the beginning of another: …领导同志 / 各县（市、区）委书记. */
const WHOLE = /(?:同志|领导|书记|主任|主席|单位|部门|委员|成员|负责人|[)）])\s*$/u;
const FRESH = /^(?:各|[县市区省]委|[县市区省]直|有关|其他)/u;

function goesOn(tail: string, next: SourceLine, list: boolean): boolean {
  if (pairBrackets(tail).unmatchedOpen.length > 0) return true;
  if (WHOLE.test(tail) && FRESH.test(next.text)) return false;
  return !ENDS_WITH_DELIMITER.test(tail) && (!list || next.gap === 'page');
}

function splitGroups(line: number, text: string, warnings: BulletinWarning[]): string[] {
  const { depth, unmatchedOpen, unmatchedClose } = pairBrackets(text);
  if (unmatchedOpen.length + unmatchedClose.length > 0)
    warnings.push({
      line,
      code: 'unbalanced_bracket',
      message: '发送范围中的括号不成对，拆分可能有误，请核对各发送对象。',
    });
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    if (index < text.length && (depth[index] !== 0 || !DELIMITER.test(text.charAt(index)))) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  const groups = parts.map(groupName).filter((name) => name !== '' && !NO_GROUP.test(name));
  const counted = groups.filter((name) => COUNT.test(name));
  if (counted.length > 0)
    warnings.push({
      line,
      code: 'copies_in_group',
      message: `“${counted[0]}”等对象后的份数已略去，发送名单只保留对象。`,
    });
  return groups.map((name) => name.replace(COUNT, '')).filter(Boolean);
}

const COUNT = /（(?:各|共)?\d{1,3}份?）$/u;

/** White space goes; half-width brackets become full-width. */
function groupName(part: string): string {
  return fullWidthBrackets(withoutEnd(part.replace(/\s+/gu, ''), '.．'));
}
