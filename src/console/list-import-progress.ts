import type { StoredImport } from '../distribution/list-import.repository.js';

export interface ImportProgressView {
  id: string;
  state: StoredImport['state'];
  moving: boolean;
  percent: number;
  done: number;
  total: number;
  failure: string | null;
  rows: number;
}

export const isMoving = ({ state }: Pick<StoredImport, 'state'>): boolean =>
  state === 'checking' || state === 'queued' || state === 'running';

/** How far the writing is. All of it counts at once, at the end: until then nothing has changed. */
export function importProgress(stored: StoredImport): ImportProgressView {
  const { id, state, done, total, failure, counts } = stored;
  const finished = state === 'done' || state === 'undone';
  const percent = finished ? 100 : total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
  return { id, state, moving: isMoving(stored), percent, done, total, failure, rows: counts?.counts.rows ?? 0 };
}
