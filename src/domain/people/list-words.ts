import type { PostLevel, UnitKind } from './organisation.js';

/** What kinds of units and posts are called on pages and in sentences. */

export const unitKindText: Record<UnitKind, string> = {
  party: '党委部门',
  congress: '人大',
  government: '政府部门',
  consultative: '政协',
  judicial: '法院、检察院',
  military: '人武部',
  township: '乡镇、街道',
  mass: '群团组织',
  vertical: '垂直管理单位',
  enterprise: '企业',
  other: '其他',
};

export const postLevelText: Record<PostLevel, string> = { principal: '正职', deputy: '副职', staff: '工作人员' };

/** How lists and boards class a post. */
export const postKindText = { leader: '县领导', unit: '县直单位', township: '乡镇街道' } as const;
export type PostKind = keyof typeof postKindText;
/** For what is stored: what an older list holds beyond the words stands as it is. */
export const postKindWord = (kind: string): string => postKindText[kind as PostKind] ?? kind;
export const postKinds = Object.keys(postKindText) as PostKind[];

/** What a post is called that is not held but taken care of. */
export const actingWord = (kind: string | null): string => (kind === 'presiding' ? '主持工作' : '代理');
