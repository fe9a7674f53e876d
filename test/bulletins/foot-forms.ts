import type { Chance } from './drawn.js';
import { spaced } from './head-forms.js';

/** Tables of the foot: whom it goes to, who signed, and the lines around that name nobody. */

const halves = (groups: readonly string[]): [string[], string[]] => {
  const middle = Math.ceil(groups.length / 2);
  return [groups.slice(0, middle), groups.slice(middle)];
};
const two =
  (first: string, second: string, end = '。', join = '，') =>
  (groups: readonly string[]): string[] => {
    const [one, other] = halves(groups);
    return [first + one.join(join) + end, ...(other.length > 0 ? [second + other.join(join) + end] : [])];
  };
const label =
  (text: string, end = '。', join = '，') =>
  (groups: readonly string[]): string[] => [text + groups.join(join) + end];

export const scopeForms: Record<string, (groups: readonly string[]) => string[]> = {
  本期发: label('本期发：'),
  '本期发, no stop': label('本期发：', ''),
  '本 期 发': label('本 期 发 ： '),
  发送范围: label('发送范围：', '', '；'),
  分送: label('分送：'),
  '送阅范围, half-width': label('送阅范围:', '.', ','),
  '报 and 发': two('报：', '发：'),
  '报 and 送, blanks in the label': two('报\u3000：', '送\u3000：'),
  '呈报 and 分送': two('呈报：', '分送：'),
  '呈送 and 抄送': two('呈送：', '抄送：', ''),
  '主送 and 抄送': two('主送：', '抄送：'),
  '报 and 抄': two('报：', '抄：'),
  '抄报 and 抄送': two('抄报：', '抄送：'),
  '报  and 送  without a colon': two('报  ', '送  ', ''),
  '报\u3000 and 发\u3000 without a colon': two('报\u3000', '发\u3000'),
  '【报】 and 【发】': two('【报】', '【发】', ''),
  '报/ and 送/': two('报/', '送/', ''),
  '报/ and 送/ on one line': (groups) => [two('报/', '送/', '')(groups).join('\u3000')],
  '报丨 and 送丨': two('报丨', '送丨', ''),
  '[报送] and [发送]': two('[报]', '[送]'),
  '▷报： and ▷发：': two('▷报：', '▷发：', ''),
  '分送： and 印发：': two('分送：', '印发：', ''),
  '报送： and 发至：': two('报送：', '发至：'),
  'label on its own line': (groups) => ['发送范围：', ...groups],
  'over several lines': (groups) => {
    const [one, other] = halves(groups);
    return [
      `报：${one.join('，\n\u3000\u3000')}。`,
      ...(other.length > 0 ? [`发：${other.join('，\n\u3000\u3000')}。`] : []),
    ].flatMap((line) => line.split('\n'));
  },
  'on one line': (groups) => [two('报：', '送：')(groups).join('')],
  '本期發, in the old script': (groups) => [`本期發：${groups.join('，')}。`],
  none: () => [],
};

interface Names {
  editor: string;
  reviewer: string;
  approver: string;
  other: string;
}
interface Signed {
  lines: string[];
  roles: readonly ('editor' | 'reviewer' | 'approver')[];
  head?: string;
}
const ALL = ['editor', 'reviewer', 'approver'] as const;
const line =
  (join: string, colon: string, labels = ['责任编辑', '审核', '签发']) =>
  ({ editor, reviewer, approver }: Names): Signed => ({
    lines: [[editor, reviewer, approver].map((name, index) => `${labels[index]}${colon}${name}`).join(join)],
    roles: ALL,
  });
const padded = (name: string): string => (name.length === 2 ? `${name.charAt(0)}\u3000${name.charAt(1)}` : name);
const apart = ({ editor, reviewer, approver, other }: Names, pad: (name: string) => string): Names => ({
  editor: pad(editor),
  reviewer: pad(reviewer),
  approver: pad(approver),
  other,
});

export const signForms: Record<string, (names: Names) => Signed> = {
  'three lines': ({ editor, reviewer, approver }) => ({
    lines: [`责任编辑：${editor}`, `审核：${reviewer}`, `签发：${approver}`],
    roles: ALL,
  }),
  'three lines, padded': (names) => {
    const { editor, reviewer, approver } = apart(names, padded);
    return {
      lines: [`责任编辑：${editor}`, `审\u3000\u3000核：${reviewer}`, `签\u3000\u3000发：${approver}`],
      roles: ALL,
    };
  },
  'one line, blanks': line('    ', '：'),
  'one line, ideographic blanks': line('\u3000\u3000', '：', ['责编', '审核', '签发人']),
  'one line, single blanks': line(' ', '：', ['编辑', '审核', '签发']),
  'one line, padded': (names) => line('\u3000\u3000', '：')(apart(names, padded)),
  'one line, letters apart': (names) => line('\u3000\u3000', '：')(apart(names, spaced)),
  'one line, 丨': line('丨', '：'),
  'one line, 丨 for a colon': line('\u3000', '丨', ['编辑', '审核', '签发']),
  'one line, /': line(' / ', '：'),
  'one line, / for a colon': line('\u3000', '/', ['责编', '审核', '签发']),
  'no colons, ／ between': line(' ／ ', '\u3000', ['编辑', '审核', '签发']),
  'one line, ▷ before each': line('\u3000', '：', ['▷编辑', '▷审核', '▷签发']),
  'two, / for a colon': ({ editor, reviewer }) => ({
    lines: [`编辑/${editor}\u3000审核/${reviewer}`],
    roles: ['editor', 'reviewer'],
  }),
  'one line, dots for colons': line('\u3000\u3000', '. '),
  'one line, 本期': line('\u3000', '：', ['本期编辑', '本期审核', '本期签发']),
  'no colons': line('\u3000\u3000', '\u3000'),
  'no colons, single blanks': line('  ', ' ', ['编辑', '审核', '签发']),
  'signer first': ({ editor, reviewer, approver }) => ({
    lines: [`签发：${approver}\u3000\u3000审核：${reviewer}\u3000\u3000编辑：${editor}`],
    roles: ALL,
  }),
  '值班主编 first': ({ editor, reviewer, other }) => ({
    lines: [`值班主编：${other}\u3000责编：${editor}\u3000审核：${reviewer}`],
    roles: ['editor', 'reviewer'],
  }),
  '撰稿 first': ({ editor, reviewer, approver, other }) => ({
    lines: [`撰稿：${other}\u3000\u3000编辑：${editor}\u3000\u3000审核：${reviewer}\u3000\u3000签发：${approver}`],
    roles: ALL,
  }),
  'with 校对': ({ editor, reviewer, approver, other }) => ({
    lines: [`编辑：${editor}  校对：${other}  审稿：${reviewer}  签发人：${approver}`],
    roles: ALL,
  }),
  'numbers in brackets': ({ editor, reviewer, approver }) => ({
    lines: [`责任编辑：${editor}（0377-6000123）\u3000审核：${reviewer}\u3000签发：${approver}`],
    roles: ALL,
  }),
  'in one bracket': ({ editor, reviewer, approver }) => ({
    lines: [`（责任编辑：${editor}\u3000审核：${reviewer}\u3000签发：${approver}）`],
    roles: ALL,
  }),
  'labels in 【】': ({ editor, reviewer, approver }) => ({
    lines: [`【编辑】${editor}\u3000【审核】${reviewer}\u3000【签发】${approver}`],
    roles: ALL,
  }),
  '值班员 and 带班领导': ({ editor, other }) => ({
    lines: [`值班员：${editor}\u3000\u3000带班领导：${other}`],
    roles: [],
  }),
  '签发人 in the head': ({ editor, reviewer, approver }) => ({
    lines: [`编辑：${editor}\u3000审核：${reviewer}`],
    roles: ALL,
    head: `签发人：${approver}`,
  }),
  'in the old script': line('\u3000\u3000', '：', ['責任編輯', '審核', '簽發']),
  'with a telephone': ({ editor, reviewer, approver }) => ({
    lines: [`责任编辑：${editor}\u3000\u3000联系电话：0377-6000456`, `审核：${reviewer}`, `签发：${approver}`],
    roles: ALL,
  }),
  '核稿 and 签批': line('\u3000', ':', ['本期编辑', '核稿', '签批']),
  none: () => ({ lines: [], roles: [] }),
};

/** Before the recipients. */
export const beforeScope: Record<string, (chance: Chance) => string[]> = {
  nothing: () => [],
  主题词: () => ['主题词：政务\u3000信息\u3000简报'],
  '主题词 with blanks': () => ['主 题 词：营商环境  督查  通报'],
  'a rule': () => ['────────────────────'],
  'a call for papers': () => ['投稿邮箱：xinxi@example.cn\u3000\u3000联系电话：0377-6000789'],
};

export const afterScope: Record<string, (chance: Chance) => string[]> = {
  nothing: () => [],
  copies: (chance) => [`（共印${chance.between(30, 300)}份）`],
  'copies, 份数': (chance) => [`份数：${chance.between(30, 300)}`],
  'copies, 印数': (chance) => [`印数：${chance.between(30, 300)}份`],
  'address and telephone': () => ['地址：人民路1号\u3000邮编：473000', '电话：0377-6000789\u3000传真：0377-6000788'],
  投稿邮箱: () => ['投稿邮箱：xinxi@example.cn'],
  欢迎: () => ['欢迎各单位积极投稿，投稿邮箱：xinxi@example.cn'],
  'where else it is read': (chance) => [
    chance.one([
      '（更多资讯请关注“清河发布”微信公众号）',
      '更多内容敬请访问县政府门户网站',
      '扫描二维码，阅读往期简报',
      '欢迎关注“清河快报”小程序。',
    ]),
  ],
  'public mark': () => ['（此件公开发布）'],
  'may be made public': () => ['（此件可公开）'],
  'electronic copy': () => ['（本期电子版可在政务内网查阅）'],
  'printing house': () => ['印刷：县机关文印中心'],
  'not to be passed on': () => ['（此件请勿外传，阅后退回）'],
  filed: () => ['存档（2）'],
};
