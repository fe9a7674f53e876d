import type { Doubt } from '../../domain/bulletin/bulletin.js';
import { isKindPin, type Pin, type PinKind, type PinnedFact } from '../../domain/bulletin/pins.js';
import type { StoredPin } from '../../issues/reading.repository.js';

/** What a line may be, as a clerk calls it. */
export const kindText: Record<PinKind, string> = {
  head: '文首',
  contents: '目录',
  note: '编者按',
  section: '栏目名',
  headline: '标题',
  item: '稿件开头',
  text: '正文另一段',
  more: '接上一行',
  credit: '报送单位',
  scope: '发送范围',
  scopeMore: '发送范围（接上行）',
  sign: '署名',
  foot: '文末其他',
  tail: '网页附带文字',
  none: '不收入',
};

/** Facts of the head that a line may be said to state, being nothing else. */
const lineFacts = { series: '刊名', issuer: '编发单位' } as const;

/** All that a person may say of a line. */
export const lineChoices: readonly string[] = [...Object.values(lineFacts), ...Object.values(kindText)];

/** The pins of what a person said of a line; none for words that nobody offered. */
export function pinsOfChoice(choice: string, line: number, name: string): Pin[] {
  for (const [fact, text] of Object.entries(lineFacts))
    if (text === choice)
      return [
        { line, kind: 'head' },
        { line, fact: fact as keyof typeof lineFacts, value: name },
      ];
  const kind = Object.entries(kindText).find(([, text]) => text === choice)?.[0] as PinKind | undefined;
  return kind === undefined ? [] : [{ line, kind }];
}

const factText: Record<PinnedFact, string> = {
  series: '刊名',
  issueNumber: '期号',
  date: '日期',
  issuer: '编发单位',
  editor: '责任编辑',
  reviewer: '审核',
  approver: '签发',
  headline: '标题',
  unit: '报送单位',
  section: '栏目名',
};

const longest = 24;
const quoted = (text: string): string => `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`;

/** What the second reading is, to stand behind 也可能是. */
export const secondText = ({ pin }: Pick<Doubt, 'pin'>): string =>
  isKindPin(pin)
    ? kindText[pin.kind]
    : pin.value === null
      ? `没有${factText[pin.fact]}`
      : `${factText[pin.fact]}${quoted(pin.value)}`;

/** On the button that takes it. */
export const takeText = ({ pin }: Pick<Doubt, 'pin'>): string =>
  isKindPin(pin)
    ? `改为${kindText[pin.kind]}`
    : pin.value === null
      ? `不取${factText[pin.fact]}`
      : `改为${quoted(pin.value)}`;

export const pinText = (pin: StoredPin): string =>
  isKindPin(pin)
    ? `已按您说的读作${kindText[pin.kind]}`
    : pin.value === null
      ? `已按您说的不取${factText[pin.fact]}`
      : `已按您说的取${factText[pin.fact]}${quoted(pin.value)}`;

export function undoText(pin: StoredPin): string {
  if (pin.was === null) return '改回原来的读法';
  return `改回${isKindPin(pin) ? (kindText[pin.was as PinKind] ?? '原来的读法') : quoted(pin.was)}`;
}
