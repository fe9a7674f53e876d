import type { RosterColumn } from './roster-header.js';

/** `whole`: posts that are not in the file end. `addition`: nothing ends. */
export type RosterMode = 'whole' | 'addition';

export interface RosterOptions {
  columns: ReadonlySet<RosterColumn>;
  mode: RosterMode;
  /** Civil date from which it counts. */
  day: string;
}
