const texts = new Map([
  ['leader', '县领导'],
  ['unit', '县直单位'],
  ['township', '乡镇街道'],
]);

/** How lists and boards name the classes of posts. */
export function unitKindText(kind: string): string {
  return texts.get(kind) ?? kind;
}
