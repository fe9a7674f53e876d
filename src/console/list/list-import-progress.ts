import type { StoredImport } from '../../distribution/list-file/list-import.repository.js';
import { beijingDate } from '../../domain/calendar.js';

export interface ImportProgressView {
  id: string;
  state: StoredImport['state'];
  moving: boolean;
  percent: number;
  done: number;
  total: number;
  failure: string | null;
  rows: number;
  /** The day from which it counts, where that was still to come; else null. */
  effectiveLater: string | null;
}

export const isMoving = ({ state }: Pick<StoredImport, 'state'>): boolean =>
  state === 'checking' || state === 'queued' || state === 'running';

/** How far the writing is. All of it counts at once, at the end: until then nothing has changed. */
export function importProgress(stored: StoredImport): ImportProgressView {
  const { id, state, done, total, failure, counts, finishedAt } = stored;
  const finished = state === 'done' || state === 'undone';
  const percent = finished ? 100 : total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
  const later = counts && finishedAt && counts.effectiveOn > beijingDate(finishedAt) ? counts.effectiveOn : null;
  const rows = counts?.counts.rows ?? 0;
  return { id, state, moving: isMoving(stored), percent, done, total, failure, rows, effectiveLater: later };
}
