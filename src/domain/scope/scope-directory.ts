import { GroupMembers } from './group.js';
import { nearNames } from '../text/near-name.js';
import { belongsTo, titlesAsked, type UnitClass, unitClassOf } from './scope-class.js';
import { addTo, type ScopeGroup, type ScopeIndex, type ScopeUnit } from './indexed-names.js';
import { addressedIn, isAnyPrincipal, normaliseGroupName, titleForms, titleFormsIn, unitCore } from './scope-names.js';
import type { Seat } from './scope-seat.js';

export type MeaningKind = 'group' | 'unit' | 'post' | 'class';

export interface Meaning {
  kind: MeaningKind;
  /** Of the group, unit or post; null for a class and for several posts. */
  id: string | null;
  name: string;
  seats: ReadonlySet<Seat>;
  /** True when the wording differs so much that a person should see what it was taken for. */
  loose: boolean;
  /** What a title after 、 goes on from: 副主任 of 县人大常委会主任、副主任. */
  carries: Carried | null;
}

export type Carried = { unit: ScopeUnit } | { unitClass: UnitClass };

export interface Suggestion {
  kind: Exclude<MeaningKind, 'class'>;
  id: string;
  name: string;
}

/** Everything a name in a scope can stand for. */
export class ScopeDirectory {
  private readonly members: GroupMembers<Seat>;
  private readonly seatsByUnit = new Map<string, Seat[]>();
  private readonly seatsByTitle = new Map<string, Set<Seat>>();
  /** Thousands of posts share some dozens of titles. */
  private readonly formsByTitle = new Map<string, readonly string[]>();
  /** Groups and units as they may be suggested: a scope may hold hundreds of names that nobody knows. */
  private known: ReturnType<typeof candidate>[] | null = null;

  constructor(
    private readonly index: ScopeIndex,
    private readonly seats: readonly Seat[],
  ) {
    this.members = new GroupMembers(index.groups, seats);
    for (const seat of seats) {
      const ofUnit = this.seatsByUnit.get(seat.unitId);
      if (ofUnit) ofUnit.push(seat);
      else this.seatsByUnit.set(seat.unitId, [seat]);
      for (const form of this.titleForms(seat.postTitle)) addTo(this.seatsByTitle, form, seat);
    }
  }

  /** What a name as a whole stands for: the office's own words first, then the nearest reading. Null when there is none. */
  meaningOf(name: string): Meaning | null {
    return (
      this.groupMeaning(this.index.group(name), false) ??
      this.learntMeaning(name) ??
      this.unitMeaning(this.index.unit(name)) ??
      this.postsOfUnit(name) ??
      this.groupMeaning(this.index.groupInOtherWords(name), true) ??
      this.classMeaning(name) ??
      this.postsWithTitle(name)
    );
  }

  /** A title that goes on from the name before it: 副主任 after 县人大常委会主任. */
  goingOn(title: string, carried: Carried): Meaning | null {
    return 'unit' in carried
      ? this.titleIn(carried.unit, unitCore(title))
      : this.titleInClass(carried.unitClass, normaliseGroupName(title));
  }

  /** The unit or class that a name begins with, whatever title follows. */
  startOf(name: string): Carried | null {
    const unitClass = unitClassOf(name)?.unitClass;
    const unit = this.index.unitsAtStart(name)[0]?.unit;
    return unitClass ? { unitClass } : unit ? { unit } : null;
  }

  isGroupName(name: string): boolean {
    return this.index.group(name) !== null;
  }

  /** Why a name has no meaning although posts bear it. */
  whyUnclear(name: string): string | null {
    const units = new Set([...(this.seatsByTitle.get(unitCore(name)) ?? [])].map(({ unitName }) => unitName));
    return units.size > 1 ? `有${units.size}个单位有这个职务，请写明单位。` : null;
  }

  nearest(name: string): Suggestion[] {
    const wanted = normaliseGroupName(name);
    const posts = this.index.unitsAtStart(name).flatMap(({ unit }) => this.seatsByUnit.get(unit.id) ?? []);
    this.known ??= [
      ...this.index.groups.map(({ id, name: group, aliases }) =>
        candidate({ kind: 'group', id, name: group }, [group, ...aliases]),
      ),
      ...this.index.units.map(({ id, name: unit }) => candidate({ kind: 'unit', id, name: unit }, [unit])),
    ];
    const ofPosts = posts.map((seat) =>
      candidate({ kind: 'post', id: seat.postId, name: seatName(seat) }, [seatName(seat)]),
    );
    return nearNames(wanted, [...this.known, ...ofPosts]).map(({ of }) => of);
  }

  private titleForms(title: string): readonly string[] {
    const known = this.formsByTitle.get(title) ?? titleForms(title);
    this.formsByTitle.set(title, known);
    return known;
  }

  private groupMeaning(group: ScopeGroup | null, loose: boolean): Meaning | null {
    if (!group) return null;
    const { id, name } = group;
    return { kind: 'group', id, name, seats: this.members.of(id), loose, carries: null };
  }

  private learntMeaning(name: string): Meaning | null {
    const { unitId, postId } = this.index.learnt(name) ?? {};
    if (unitId) return this.unitMeaning(this.index.units.find(({ id }) => id === unitId) ?? null);
    const seat = postId ? this.seats.find((one) => one.postId === postId) : undefined;
    return seat ? postMeaning([seat], null) : null;
  }

  private unitMeaning(unit: ScopeUnit | null): Meaning | null {
    if (!unit) return null;
    const seats = new Set(addressedIn(this.seatsByUnit.get(unit.id) ?? []));
    return { kind: 'unit', id: unit.id, name: unit.name, seats, loose: false, carries: { unit } };
  }

  /** 县人大常委会主任: a unit's name with a title after it. */
  private postsOfUnit(name: string): Meaning | null {
    for (const { unit, rest } of this.index.unitsAtStart(name)) {
      const meaning = isAnyPrincipal(rest) ? this.unitMeaning(unit) : this.titleIn(unit, rest);
      if (meaning) return meaning;
    }
    return null;
  }

  private titleIn(unit: ScopeUnit, title: string): Meaning | null {
    // 县财政局长 is 县财政局局长.
    const asked = title === '长' ? [title, unit.name.slice(-1) + title] : [title];
    const seats = (this.seatsByUnit.get(unit.id) ?? []).filter((seat) =>
      titleFormsIn(unit.name, seat.postTitle).some((form) => asked.includes(form)),
    );
    return seats.length > 0 ? postMeaning(seats, { unit }) : null;
  }

  private postsWithTitle(name: string): Meaning | null {
    const seats = [...(this.seatsByTitle.get(unitCore(name)) ?? [])];
    const [first] = seats;
    if (!first || seats.some(({ unitId }) => unitId !== first.unitId)) return null;
    return postMeaning(seats, null);
  }

  private classMeaning(name: string): Meaning | null {
    const found = unitClassOf(name);
    return found ? this.titleInClass(found.unitClass, found.rest) : null;
  }

  private titleInClass(unitClass: UnitClass, rest: string): Meaning | null {
    const inClass = new Map<string, Seat[]>();
    for (const seat of this.seats) {
      if (!belongsTo(unitClass, seat)) continue;
      inClass.set(seat.unitId, [...(inClass.get(seat.unitId) ?? []), seat]);
    }
    const [words, titles] = [rest.replace(/^(?:人民政府|政府)/u, ''), titlesAsked(rest)];
    const seats = [...inClass.values()].flatMap((ofUnit) =>
      isAnyPrincipal(words)
        ? addressedIn(ofUnit.filter(({ unitKind }) => unitKind !== 'leader'))
        : ofUnit.filter(({ postTitle }) => this.titleForms(postTitle).some((form) => titles.includes(form))),
    );
    if (seats.length === 0) return null;
    const name = isAnyPrincipal(words) ? unitClass.name : `${unitClass.name}${words}`;
    return { kind: 'class', id: null, name, seats: new Set(seats), loose: true, carries: { unitClass } };
  }
}

const candidate = (of: Suggestion, names: readonly string[]) => ({
  of,
  name: of.name,
  forms: names.map(normaliseGroupName),
});

export const seatName = (seat: Seat): string =>
  seat.postTitle.startsWith(seat.unitName) ? seat.postTitle : `${seat.unitName} ${seat.postTitle}`;

function postMeaning(seats: readonly Seat[], carries: Carried | null): Meaning {
  const names = [...new Set(seats.map(seatName))];
  const [only] = seats.length === 1 ? seats : [];
  return {
    kind: 'post',
    id: only?.postId ?? null,
    name: names.join('、'),
    seats: new Set(seats),
    loose: false,
    carries,
  };
}
