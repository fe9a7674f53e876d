import { normaliseGroupName } from './scope-names.js';
import type { Seat } from './scope-seat.js';

/** Kinds of units that a scope names as a whole, such as 各乡镇（街道）, with what may follow: 各乡镇党委书记. */
export interface UnitClass {
  name: string;
  bodyKinds: readonly string[];
  /** Only units whose names end so. */
  ending: RegExp | null;
}

const inTownships = (name: string, ending: RegExp | null): UnitClass => ({ name, bodyKinds: ['township'], ending });
const ofKind = (name: string, ...bodyKinds: string[]): UnitClass => ({ name, bodyKinds, ending: null });

/** The longest first; all without punctuation. */
const classes: readonly (readonly [RegExp, UnitClass])[] = [
  [/^各?乡镇(?:人民政府|政府)?街道(?:办事处)?/u, inTownships('各乡镇、街道', null)],
  [/^各?乡镇/u, inTownships('各乡镇', /[乡镇]$/u)],
  [/^各?街道(?:办事处)?(?!.*办$)/u, inTownships('各街道', /街道(?:办事处)?$/u)],
  [/^各镇/u, inTownships('各镇', /镇$/u)],
  [/^各乡/u, inTownships('各乡', /乡$/u)],
  [/^[县区]委各(?:工作)?(?:部委办|部委|部门)/u, ofKind('县委各部委', 'party')],
  [/^[县区](?:人民)?政府各(?:工作)?(?:局委|委局|委办局|部门|单位)/u, ofKind('县政府各部门', 'government')],
  [/^各?(?:人民团体|群团组织|群团部门|群团单位|群众团体)/u, ofKind('群团组织', 'mass')],
  [
    /^(?:各)?(?:垂直管理单位|垂直管理部门|垂管单位|垂管部门|双管单位|[中省市]?驻[县区延]单位)/u,
    ofKind('垂直管理单位', 'vertical'),
  ],
  [/^(?:各)?(?:[县区]属)?(?:国有企业|企业)$/u, ofKind('企业', 'enterprise')],
];

/** The class that a name begins with, and the words after it. */
export function unitClassOf(name: string): { unitClass: UnitClass; rest: string } | null {
  const text = normaliseGroupName(name);
  for (const [pattern, unitClass] of classes) {
    const match = pattern.exec(text)?.[0];
    if (match !== undefined) return { unitClass, rest: text.slice(match.length) };
  }
  return null;
}

export function belongsTo(unitClass: UnitClass, seat: Seat): boolean {
  const township = unitClass.bodyKinds.includes('township') && seat.unitKind === 'township';
  if (!township && !unitClass.bodyKinds.includes(seat.bodyKind)) return false;
  return unitClass.ending === null || unitClass.ending.test(seat.unitName);
}

/** 乡镇长 is 乡长 or 镇长. */
export function titlesAsked(rest: string): string[] {
  const bare = rest.replace(/^(?:人民政府|政府)(?=.)/u, '');
  return bare === '乡镇长' ? ['乡长', '镇长'] : [bare];
}
