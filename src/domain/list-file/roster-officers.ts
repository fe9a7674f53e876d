import {
  type ChosenOfficer,
  type Known,
  OfficerChooser,
  type OfficerContact,
  type OfficerRow,
} from './roster-officer-choice.js';
import type { RosterFault } from './roster-row.js';
import type { StoredList, StoredOfficer } from './roster-state.js';
import type { RosterWrites } from './roster-writes.js';

/** Who stops and who begins to serve a unit or a post. */
export interface OfficerChange {
  ends: StoredOfficer[];
  begins: { personId: string; endsOn: string | null }[];
}

export interface OfficerPlan {
  faults: RosterFault[];
  /** In words, where the file changes who serves a post; by the row's line. */
  texts: ReadonlyMap<number, { from: string; to: string }>;
  /** By the unit's name. */
  ofUnits: ReadonlyMap<string, OfficerChange>;
  /** By the row's line. */
  ofPosts: ReadonlyMap<number, OfficerChange>;
  people: RosterWrites['newPeople'];
  contacts: readonly OfficerContact[];
}

interface Served extends OfficerRow {
  own: readonly StoredOfficer[];
  ofUnit: readonly StoredOfficer[];
  wanted: readonly ChosenOfficer[];
}

/** Every row of each unit for which the file names officers, or which has some. */
export interface OfficerRows {
  rows: readonly OfficerRow[];
  known: Known;
  /** Names of units of which posts stay that are not in the file. */
  unitsLeft: ReadonlySet<string>;
}

export const noOfficers: OfficerPlan = {
  faults: [],
  texts: new Map(),
  ofUnits: new Map(),
  ofPosts: new Map(),
  people: [],
  contacts: [],
};

/**
 * What the column of liaison officers means. An officer serves a unit where all its rows name the same, else single posts;
 * leaders have their own.
 */
export function planOfficers(
  asked: OfficerRows,
  list: Pick<StoredList, 'units' | 'officers'>,
  day: string,
  newId: () => string,
): OfficerPlan {
  return new OfficerPlanner(asked, list, day, newId).plan();
}

class OfficerPlanner {
  private readonly faults: RosterFault[] = [];
  private readonly serving: ReadonlyMap<string, StoredOfficer[]>;
  private readonly later: readonly StoredOfficer[];
  private readonly unitIds: ReadonlyMap<string, string>;
  private readonly chooser: OfficerChooser;

  constructor(
    private readonly asked: OfficerRows,
    { units, officers }: Pick<StoredList, 'units' | 'officers'>,
    day: string,
    newId: () => string,
  ) {
    this.serving = byServed(officers.filter(({ startsOn }) => startsOn <= day));
    this.later = officers.filter(({ startsOn }) => startsOn > day);
    this.unitIds = new Map(units.map(({ id, name }) => [name, id]));
    this.chooser = new OfficerChooser(asked.known, newId);
  }

  plan(): OfficerPlan {
    const rows = this.rows();
    const ofUnits = new Map<string, OfficerChange>();
    const targets = new Map<string, readonly string[]>();
    for (const [unit, ofOne] of grouped(rows, ({ unit }) => unit)) {
      const wanted = this.wantedOfUnit(unit, ofOne);
      const now = ofOne[0]!.ofUnit;
      targets.set(
        unit,
        (wanted ?? now).map(({ personId }) => personId),
      );
      if (wanted && !samePeople(wanted, now)) ofUnits.set(unit, this.change(now, wanted));
    }
    const ofPosts = new Map<number, OfficerChange>();
    for (const row of rows) {
      const change = this.changeOfPost(row, targets.get(row.unit)!);
      if (change) ofPosts.set(row.row, change);
    }
    const { newPeople: people, contacts } = this.chooser;
    return {
      faults: [...this.chooser.faults, ...this.faults],
      texts: this.texts(rows),
      ofUnits,
      ofPosts,
      people,
      contacts,
    };
  }

  private rows(): Served[] {
    return this.asked.rows.map((row) => {
      const own = this.serving.get(row.postId ?? '') ?? [];
      const ofUnit = this.serving.get(this.unitIds.get(row.unit) ?? '') ?? [];
      return { ...row, own, ofUnit, wanted: this.chooser.choose(row, own.length > 0 ? own : ofUnit) };
    });
  }

  /** Null: the rows do not agree, or do not speak for the whole unit. */
  private wantedOfUnit(unit: string, rows: readonly Served[]): readonly ChosenOfficer[] | null {
    if (this.asked.unitsLeft.has(unit)) return null;
    const shared = rows.filter(({ own }) => own.length === 0);
    const others = shared.filter(({ kind }) => kind !== 'leader');
    const deciding = others.length > 0 || rows[0]!.ofUnit.length === 0 ? others : shared;
    const first = deciding[0];
    // Whoever served the unit would serve those as well that name nobody.
    if (first && first.wanted.length > 0 && shared.some(({ wanted }) => wanted.length === 0)) return null;
    return first && deciding.every(({ wanted }) => samePeople(wanted, first.wanted)) ? first.wanted : null;
  }

  /** @param target who serves the unit afterwards, and with it each post that has no officers of its own */
  private changeOfPost({ row, unit, own, wanted }: Served, target: readonly string[]): OfficerChange | null {
    const asUnit = samePeople(
      wanted,
      target.map((personId) => ({ personId })),
    );
    if (own.length > 0 ? samePeople(wanted, own) : asUnit) return null;
    if (asUnit) return this.change(own, []);
    if (wanted.length > 0) return this.change(own, wanted);
    const message = `“联络员”留空，但${unit}另有联络员，也服务这个岗位。要去掉，请把${unit}各行都留空，或者在单位页面结束其任职。`;
    this.faults.push({ row, column: 'proxy', position: null, message });
    return null;
  }

  private change(now: readonly StoredOfficer[], wanted: readonly ChosenOfficer[]): OfficerChange {
    const [stay, come] = [new Set(wanted.map(idOf)), new Set(now.map(idOf))];
    const begins = [...new Set(wanted.map(idOf))].filter((id) => !come.has(id));
    return {
      ends: now.filter(({ personId }) => !stay.has(personId)),
      begins: begins.map((id) => this.beginning(id, now)),
    };
  }

  /** Until a later appointment of the same person for the same begins. */
  private beginning(personId: string, now: readonly StoredOfficer[]): OfficerChange['begins'][number] {
    const served = now[0];
    const later = this.later.find(
      (officer) =>
        officer.personId === personId && officer.unitId === served?.unitId && officer.postId === served.postId,
    );
    return { personId, endsOn: later?.startsOn ?? null };
  }

  private texts(rows: readonly Served[]): OfficerPlan['texts'] {
    return new Map(
      rows.flatMap(({ row, own, ofUnit, wanted }) => {
        const now = own.length > 0 ? own : ofUnit;
        if (samePeople(wanted, now) && wanted.every(({ renumbered }) => !renumbered)) return [];
        const from = now.map(({ name }) => name).join('；');
        return [[row, { from, to: wanted.map(({ text }) => text).join('；') }] as const];
      }),
    );
  }
}

const idOf = ({ personId }: { personId: string }): string => personId;

function samePeople(a: readonly { personId: string }[], b: readonly { personId: string }[]): boolean {
  const [one, other] = [new Set(a.map(idOf)), new Set(b.map(idOf))];
  return one.size === other.size && [...one].every((id) => other.has(id));
}

function byServed(officers: readonly StoredOfficer[]): Map<string, StoredOfficer[]> {
  return grouped(officers, ({ unitId, postId }) => postId ?? unitId ?? '');
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
