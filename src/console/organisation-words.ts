import type { PostLevel, UnitKind } from '../domain/organisation.js';
import { postLevels, unitKinds } from '../domain/organisation.js';

export const unitKindWords: Readonly<Record<UnitKind, string>> = {
  party: '党委部门',
  congress: '人大机关',
  government: '政府部门',
  consultative: '政协机关',
  judicial: '监察、司法机关',
  military: '军事机关',
  township: '乡镇、街道',
  mass: '群团组织',
  vertical: '垂直管理单位',
  enterprise: '企事业单位',
  other: '其他',
};

export const postLevelWords: Readonly<Record<PostLevel, string>> = {
  principal: '正职',
  deputy: '副职',
  staff: '工作人员',
};

/** leader | unit | township: how the board groups a post. */
export const postKinds = ['leader', 'unit', 'township'] as const;

/** A `<select>`'s lines with the chosen one marked. */
export interface Choice {
  value: string;
  text: string;
  chosen: boolean;
}

export function choices(values: readonly string[], words: Readonly<Record<string, string>>, chosen: string): Choice[] {
  return values.map((value) => ({ value, text: words[value] ?? value, chosen: value === chosen }));
}

export const unitKindChoices = (chosen: string): Choice[] => choices(unitKinds, unitKindWords, chosen);
export const postLevelChoices = (chosen: string): Choice[] => choices(postLevels, postLevelWords, chosen);
