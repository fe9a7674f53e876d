import { postLevelText, unitKindText } from '../../domain/people/list-words.js';
import { postLevels, unitKinds } from '../../domain/people/organisation.js';

/** A `<select>`'s lines with the chosen one marked. */
export interface Choice {
  value: string;
  text: string;
  chosen: boolean;
}

export function choices(values: readonly string[], words: Readonly<Record<string, string>>, chosen: string): Choice[] {
  return values.map((value) => ({ value, text: words[value] ?? value, chosen: value === chosen }));
}

export const unitKindChoices = (chosen: string): Choice[] => choices(unitKinds, unitKindText, chosen);
export const postLevelChoices = (chosen: string): Choice[] => choices(postLevels, postLevelText, chosen);
