/** A note of the editors (编者按) above the items. */

const NOTE =
  /^[【〖［[(（]?\s*(?:编\s*者\s*(?:按|的\s*话|说)|按\s*语|本\s*刊\s*按|编\s*后|编\s*者\s*语|按)\s*(?:[】〗］\])）]\s*[：:]?|[：:]|$)/u;

export const isNote = (text: string): boolean => NOTE.test(text.slice(0, 20));
/** The label alone, the note below it. */
export const isNoteAlone = (text: string): boolean => isNote(text) && text.replace(NOTE, '').trim() === '';
