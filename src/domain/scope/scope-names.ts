import { sameKey } from '../text/same-text.js';
import type { Seat } from './scope-seat.js';

/** Names of groups, units and posts are written in many ways; these are the forms under which they are looked up. */

/** Compared without white space and punctuation, so that （镇） and (镇) are one name. */
export function normaliseGroupName(name: string): string {
  return sameKey(name)
    .replace(/[\s\p{P}\p{Z}\p{Cf}]/gu, '')
    .toLowerCase();
}

/** 各乡（镇）政府、街道办事处主要领导 and 各乡镇（街道） are one group in two wordings. */
export function groupCore(name: string): string {
  return normaliseGroupName(name)
    .replace(/(?:党政)?(?:主要负责同志|主要负责人|主要领导同志|主要领导|负责同志|负责人)$/u, '')
    .replace(/人民政府|政府(?!办)|办事处/gu, '')
    .replace(/^各?/u, '')
    .replace(/各单位/gu, '单位');
}

/** 延津县人民法院, 县法院 and 法院 are one unit of this county; 市法院 is none of them. */
export function unitCore(name: string): string {
  return normaliseGroupName(name)
    .replace(/^(?:\p{Script=Han}{2,3}(?=县[^长])|本(?=[县区].))/u, '')
    .replace(/^[县区](?![委长])(?=.)/u, '')
    .replace(/人民(?=法院|检察院|政府)/u, '')
    .replace(/人民武装部/u, '人武部')
    .replace(/常务委员会|常委会/u, '')
    .replace(/监察委员会/u, '监委')
    .replace(/纪律检查委员会/u, '纪委')
    .replace(/(?<=.)办公室$/u, '办');
}

/** Forms under which a unit is found: 县委组织部 also as 组织部. */
export function unitForms(name: string): string[] {
  const core = unitCore(name);
  return /^[县区]委.{2,}/u.test(core) ? [core, core.slice(2)] : [core];
}

/** 县委常委、人武部部长 is found whole and as 人武部部长. */
export function titleForms(title: string): string[] {
  const whole = unitCore(title);
  const parts = title.split(/[、，,兼]/u).map(unitCore);
  return [...new Set([whole, ...parts])].filter((form) => form !== '');
}

/** Titles of a post as they follow its unit's name: 部长 of 组织部部长 in 县委组织部. */
export function titleFormsIn(unitName: string, title: string): string[] {
  const units = unitForms(unitName);
  return titleForms(title).flatMap((form) => {
    const shorter = units.flatMap((unit) =>
      form.startsWith(unit) && form.length > unit.length ? [form.slice(unit.length)] : [],
    );
    return [form, ...shorter];
  });
}

/** Whoever answers for a unit: its own principal, not the leader in charge of it. */
export function addressedIn(seats: readonly Seat[]): Seat[] {
  const own = seats.filter(({ unitKind }) => unitKind !== 'leader');
  const principals = (own.length > 0 ? own : seats).filter(({ level }) => level === 'principal');
  return principals.length > 0 ? principals : [...seats];
}

/** Words after a unit's name that mean whoever answers for it. */
export const isAnyPrincipal = (words: string): boolean =>
  /^(?:党政)?(?:主要)?(?:负责人|负责同志|领导|领导同志|正职|一把手)?$/u.test(words);
