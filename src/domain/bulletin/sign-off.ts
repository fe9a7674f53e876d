/** The people named at the foot: 责任编辑, 审核, 签发, 校对, on lines of their own or several on one line. */

export type SignOffRole = 'editor' | 'reviewer' | 'approver' | 'proofreader' | 'contact' | 'other';

const ROLES: Record<SignOffRole, readonly string[]> = {
  editor: [
    '责任编辑',
    '值班编辑',
    '本期责任编辑',
    '本期编辑',
    '编辑人',
    '编辑',
    '责编',
    '值班人员',
    '值班员',
    '编写',
    '编发',
    '拟稿',
  ],
  reviewer: ['审核人', '审稿人', '核稿人', '审核', '审稿', '核稿', '审校', '复核'],
  approver: ['签发人', '签发', '签批', '审签', '批准', '终审', '带班领导'],
  proofreader: ['责任校对', '校对人', '校对', '校核'],
  contact: [
    '联系电话',
    '值班电话',
    '投稿邮箱',
    '电子邮箱',
    '联系人',
    '电话',
    '传真',
    '邮箱',
    '地址',
    '网址',
    '邮编',
    'E-mail',
    'Email',
  ],
  other: ['副主编', '主编', '编委', '主任', '印刷', '打印', '排版'],
};
const ROLE_OF = new Map(
  Object.entries(ROLES).flatMap(([role, labels]) => labels.map((label) => [label, role as SignOffRole])),
);
const LABELS = [...ROLE_OF.keys()]
  .sort((a, b) => b.length - a.length)
  .map((label) => [...label].join('\\s*'))
  .join('|');
const PAIR = new RegExp(`(?<![\\p{L}])(${LABELS})\\s*[：:]`, 'gu');
const BARE = new RegExp(`^(${LABELS})\\s+(\\p{Script=Han}\\s?\\p{Script=Han}{1,3})$`, 'u');

const MAX_LINE = 400;

export interface SignOff {
  role: SignOffRole;
  label: string;
  /** Null where the label stands without a name. */
  name: string | null;
}

function roleOf(label: string): { role: SignOffRole; label: string } {
  const plain = label.replace(/\s+/gu, '');
  return { label: plain, role: ROLE_OF.get(plain) ?? 'other' };
}

/** Closes padded names (李 勉) and puts 、 between several. */
export function personNames(text: string): string | null {
  const clean = text
    .replace(/\d{4}\s*年.*$|\d[\d\s-]{5,}/gu, ' ')
    .replace(/[。，,；;.]+\s*$/u, '')
    .trim();
  const names: string[] = [];
  let half = '';
  for (const token of clean.split(/[\s、，,/]+/u).filter(Boolean)) {
    if ([...token].length === 1 && half === '') half = token;
    else if ([...token].length === 1) {
      names.push(half + token);
      half = '';
    } else {
      names.push(half + token);
      half = '';
    }
  }
  return [...names, half].filter(Boolean).join('、') || null;
}

/** All label and name pairs of a line that begins with such a label; empty for any other line. */
export function readSignOffs(text: string): SignOff[] {
  if (text.length > MAX_LINE) return [];
  const bare = BARE.exec(text);
  if (bare) return [{ ...roleOf(bare[1] ?? ''), name: personNames(bare[2] ?? '') }];
  const pairs = [...text.matchAll(PAIR)];
  if (pairs[0]?.index !== 0) return [];
  return pairs.map((pair, index) => {
    const value = text.slice(pair.index + pair[0].length, pairs[index + 1]?.index);
    return { ...roleOf(pair[1] ?? ''), name: personNames(value) };
  });
}
