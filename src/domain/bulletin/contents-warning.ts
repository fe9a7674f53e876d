import type { BulletinWarning } from './bulletin.js';
import type { SourceLine } from './lines.js';

export function contentsWarning(skipped: readonly SourceLine[]): BulletinWarning[] {
  const first = skipped[0];
  const last = skipped.at(-1);
  if (!first || !last) return [];
  const message =
    skipped.length === 1
      ? `“${first.text}”下的目录与正文对不上，目录各行可能被当成正文，请核对。`
      : `第 ${first.number}—${last.number} 行按目录略去，不作为正文。`;
  return [{ line: first.number, code: skipped.length === 1 ? 'contents_unclear' : 'contents_skipped', message }];
}
