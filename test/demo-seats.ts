import { readFileSync } from 'node:fs';
import { readRoster } from '../src/domain/list-file/roster.js';
import type { RosterRow } from '../src/domain/list-file/roster-row.js';
import { ScopeIndex } from '../src/domain/scope/indexed-names.js';
import type { Seat } from '../src/domain/scope/scope-seat.js';

/** The demo county as a resolver sees it. The fixture quotes nothing, so that a plain split reads it. */
export function demoRows(): RosterRow[] {
  const file = readFileSync(new URL('./fixtures/demo_recipients.csv', import.meta.url), 'utf8');
  const result = readRoster(file.split('\n').map((line) => line.split(',')));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return [...result.rows];
}

export function seatOf(row: RosterRow): Seat {
  return {
    postId: `${row.unit}/${row.post}/${row.order}`,
    unitId: row.unit,
    unitName: row.unit,
    bodyKind: bodyKindOf(row),
    unitKind: row.kind,
    postTitle: row.post,
    level: row.post.startsWith('副') ? 'deputy' : 'principal',
    tags: [],
    protocolOrder: row.order,
    groupIds: row.groups,
    liaison: row.officers[0]?.name ?? null,
    holder: { personId: `r${row.order}`, name: row.name ?? '', acting: false },
  };
}

function bodyKindOf({ unit, kind }: RosterRow): string {
  if (kind === 'township') return 'township';
  if (unit.startsWith('县委')) return 'party';
  return /(?:总工会|团县委|妇联|科协|工商联|残联|文联|红十字会)/u.test(unit) ? 'mass' : 'government';
}

export function demoIndex(rows: readonly RosterRow[]): ScopeIndex {
  const plain = { aliases: [], rule: null, parts: [], excludedParts: [], excludedPosts: [] };
  const groups = [...new Set(rows.flatMap((row) => row.groups))].map((name) => ({ ...plain, id: name, name }));
  const units = [...new Set(rows.map(({ unit }) => unit))].map((name) => ({ id: name, name, formerNames: [] }));
  return new ScopeIndex(groups, units, []);
}
