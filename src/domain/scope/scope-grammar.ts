import { longestLabel, splitOutsideBrackets } from './scope-text.js';

/** What one label of a scope says, before anybody knows who is meant. */
export interface LabelGrammar {
  /** 县委书记 and 县长 of 县委书记、县长; empty when the label is nothing but an exclusion. */
  heads: readonly string[];
  bracket: Bracket | null;
  /** Names to take out: of this label, or of the whole scope when it has no heads. */
  excluded: readonly string[];
}

export interface Bracket {
  text: string;
  /** `including` adds to the head; `list` spells the head out or adds to it; a level keeps only posts of that level. */
  kind: 'including' | 'list' | 'principal' | 'deputy' | 'leaders' | 'note';
  names: readonly string[];
}

const list = /[、，,；;]/u;
const names = (text: string): string[] =>
  splitOutsideBrackets(text.replace(/等(?:单位|部门)?$/u, ''), list)
    .map((name) => name.trim())
    .filter((name) => name !== '');

const exceptAll = /^除(?:去|了|开)?(.+?)(?:之外|以外|外)的?[，,]?(?:其他|其余|所有)?(.*)$/u;
const notIn = /^(?:不含|不包括|不包含|除去|不发)[：:]?(.+)$/u;
const except = /^(.+?)(?:除外|不发)$/u;

/** 除县公安局外的县直各单位, 县直各单位（不含县公安局）, 县委各部委（组织部、宣传部）, 县人大正、副主任 */
export function labelGrammar(label: string): LabelGrammar {
  if (label.length > longestLabel) return { heads: [label], bracket: null, excluded: [] };
  const all = exceptAll.exec(label);
  if (all) {
    const rest = labelGrammar(all[2] ?? '');
    return { ...rest, excluded: [...names(all[1] ?? ''), ...rest.excluded] };
  }
  const bracketed = /^(.*)（([^（）]*)）$/u.exec(label);
  const alone = bracketed ? null : (notIn.exec(label) ?? except.exec(label));
  if (alone) return { heads: [], bracket: null, excluded: names(alone[1] ?? '') };
  if (!bracketed) return { heads: headsOf(label), bracket: null, excluded: [] };

  const [, head = '', inside = ''] = bracketed;
  const out = exclusionIn(inside);
  if (out) {
    const rest = labelGrammar(head);
    return { ...rest, excluded: [...rest.excluded, ...out] };
  }
  return { heads: headsOf(head), bracket: bracketOf(inside.trim()), excluded: [] };
}

function exclusionIn(inside: string): string[] | null {
  const match = /^除(.+?)(?:之外|以外|外)$/u.exec(inside) ?? notIn.exec(inside) ?? except.exec(inside);
  return match ? names(match[1] ?? '') : null;
}

const principal = /^(?:党政)?(?:正职|主要负责人|主要负责同志|主要领导|主要领导同志|一把手)$/u;
const noteOnly = /^(?:各|共)?\d{1,3}份?$|^(?:各|每单位)[一壹两二]份$|附后$|^(?:见|详见)|^以下简称/u;
const included = /^(?:含|包括|包含|以及|并含)[：:]?(.+)$/u;

function bracketOf(text: string): Bracket {
  if (principal.test(text)) return { text, kind: 'principal', names: [] };
  if (/^(?:分管领导|副职|副职领导)$/u.test(text)) return { text, kind: 'deputy', names: [] };
  if (/^(?:党政)?(?:领导)?班子(?:成员)?$/u.test(text)) return { text, kind: 'leaders', names: [] };
  if (noteOnly.test(text) || text === '') return { text, kind: 'note', names: [] };
  const more = included.exec(text);
  return more ? { text, kind: 'including', names: names(more[1] ?? '') } : { text, kind: 'list', names: names(text) };
}

/** 县人大正、副主任 is 县人大主任、副主任. */
function headsOf(head: string): string[] {
  return names(head.replace(/正、?副(?=[\p{Script=Han}])([^、]*)/u, '$1、副$1'));
}
