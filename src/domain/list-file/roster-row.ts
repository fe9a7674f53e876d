import type { PostLevel, UnitKind } from '../people/organisation.js';
import type { NamedPerson } from './people-cell.js';
import type { RosterKind } from './roster-cells.js';
import type { RosterColumn } from './roster-header.js';

export interface RosterRow {
  order: number;
  groups: string[];
  unit: string;
  post: string;
  /** Null when nobody holds the post. */
  name: string | null;
  mobile: string | null;
  email: string | null;
  wecom: string | null;
  kind: RosterKind;
  /** Liaison officers of the post. */
  officers: NamedPerson[];
  /** Null: as it is, or as a new unit's name suggests. */
  unitKind: UnitKind | null;
  level: PostLevel | null;
  tags: string[];
  acting: boolean;
  startsOn: string | null;
  /** Line of the file, counted from 1. */
  row: number;
}

export interface RosterFault {
  row: number;
  column: RosterColumn | null;
  /** Which column of the file, counted from 0; null when the whole row or the file is meant. */
  position: number | null;
  /** What is wrong and how to mend it. */
  message: string;
}
