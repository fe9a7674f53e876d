import { levelOfTitle } from './roster-cells.js';
import { addressKindsIn } from './roster-diff.js';
import type { RosterColumn } from './roster-header.js';
import { isHolder } from './roster-match.js';
import type { OfficerChange, OfficerPlan } from './roster-officers.js';
import type { EntryPerson } from './roster-people.js';
import type { AddressKind, RosterEntry, RosterState, StoredSeat } from './roster-state.js';
import type { RosterWrites } from './roster-writes.js';
import { unitKindOf } from './unit-kind.js';

interface WriterOptions {
  columns: ReadonlySet<RosterColumn>;
  day: string;
}

/** Turns rows into writes, one after the other; `writes` is complete after `finish`. */
export class RosterWriter {
  private readonly unitIds: Map<string, string>;
  private readonly units: ReadonlyMap<string, RosterState['units'][number]>;
  private readonly touchedUnits = new Set<string>();
  private readonly groupIds: Map<string, string>;
  private readonly closed = new Map<string, { postId: string; seat: number }[]>();
  private readonly seatNumbers = new Map<string, Set<number>>();
  private readonly addressed = new Set<string>();
  private readonly removed = new Map<string, RosterWrites['removedContacts'][number]>();
  private readonly unitsServed = new Set<string>();
  private readonly kinds: readonly AddressKind[];

  constructor(
    private readonly state: RosterState,
    private readonly officers: OfficerPlan,
    private readonly options: WriterOptions,
    private readonly newId: () => string,
    readonly writes: RosterWrites,
  ) {
    this.unitIds = new Map(state.units.map(({ id, name }) => [name, id]));
    this.units = new Map(state.units.map((unit) => [unit.id, unit]));
    this.groupIds = new Map(state.groups.map(({ id, name }) => [name, id]));
    this.kinds = addressKindsIn(options.columns);
    for (const { unit, title, seat } of [...state.seats, ...state.closed]) this.numbersOf(unit, title).add(seat);
    for (const post of [...state.closed].sort((a, b) => b.seat - a.seat)) {
      const key = JSON.stringify([post.unit, post.title]);
      this.closed.set(key, [...(this.closed.get(key) ?? []), post]);
    }
  }

  /** @returns the seat number of the row's post */
  write(entry: RosterEntry, seat: StoredSeat | null, person: EntryPerson | null, differs: boolean): number {
    const unitId = this.unit(entry);
    const { id, number } = this.post(entry, seat, unitId, differs);
    this.memberships(entry, seat, id);
    if (!seat || differs) this.tenure(entry, seat, id, person);
    if (person) this.contacts(entry, seat, person);
    this.serve(entry, unitId, id);
    return number;
  }

  finish(gone: readonly StoredSeat[]): void {
    const { writes, options, officers } = this;
    const closed = new Set(gone.map(({ postId }) => postId));
    for (const { postId, holder } of gone) {
      writes.closedPosts.push({ id: postId, on: options.day });
      if (holder) writes.endedTenures.push({ id: holder.tenureId, on: options.day });
    }
    for (const { tenureId, postId } of this.state.others)
      if (closed.has(postId)) writes.endedTenures.push({ id: tenureId, on: options.day });
    for (const { id, postId } of this.state.officers)
      if (postId !== null && closed.has(postId)) writes.endedLiaisons.push({ id, on: options.day });
    writes.newPeople.push(...officers.people);
    for (const { isNew, ...contact } of officers.contacts) {
      if (!isNew) this.remove(contact.personId, 'sms', options.day);
      writes.newContacts.push({ ...contact, kind: 'sms', on: isNew ? null : options.day });
    }
    writes.removedContacts.push(...this.removed.values());
  }

  private unit(entry: RosterEntry): string {
    const known = this.unitIds.get(entry.unit);
    if (known === undefined) {
      const id = this.newId();
      this.unitIds.set(entry.unit, id);
      this.touchedUnits.add(id);
      const kind = entry.unitKind ?? unitKindOf(entry.unit);
      this.writes.newUnits.push({ id, name: entry.unit, sortOrder: entry.order, kind, openedOn: this.opening(entry) });
      return id;
    }
    if (this.touchedUnits.has(known)) return known;
    const unit = this.units.get(known);
    const kind = entry.unitKind ?? unit?.kind;
    if (unit && (unit.closed || kind !== unit.kind)) {
      this.touchedUnits.add(known);
      this.writes.changedUnits.push({ id: known, kind: kind! });
    }
    return known;
  }

  /** Null: since before the list was kept. */
  private opening(entry: RosterEntry): string | null {
    if (this.state.seats.length === 0) return null;
    const { day } = this.options;
    return entry.startsOn !== null && entry.startsOn < day ? entry.startsOn : day;
  }

  private post(entry: RosterEntry, seat: StoredSeat | null, unitId: string, differs: boolean) {
    const { columns } = this.options;
    const common = { unitId, title: entry.post, order: entry.order };
    if (seat) {
      const post = {
        ...common,
        id: seat.postId,
        seat: seat.seat,
        order: columns.has('order') ? entry.order : seat.order,
        kind: columns.has('kind') ? entry.kind : seat.kind,
        level: entry.level ?? seat.level,
        tags: columns.has('tags') ? entry.tags : [...seat.tags],
      };
      if (differs) this.writes.changedPosts.push(post);
      return { id: seat.postId, number: seat.seat };
    }
    const rest = {
      kind: entry.kind,
      level: entry.level ?? levelOfTitle(entry.post),
      tags: entry.tags,
    };
    const reopened = this.closed.get(JSON.stringify([entry.unit, entry.post]))?.pop();
    if (reopened) {
      this.writes.changedPosts.push({ ...common, ...rest, id: reopened.postId, seat: reopened.seat });
      return { id: reopened.postId, number: reopened.seat };
    }
    const post = { ...common, ...rest, id: this.newId(), seat: this.freeNumber(entry.unit, entry.post) };
    this.writes.newPosts.push({ ...post, openedOn: this.opening(entry) });
    return { id: post.id, number: post.seat };
  }

  private tenure(entry: RosterEntry, seat: StoredSeat | null, postId: string, person: EntryPerson | null): void {
    const { writes, options } = this;
    const holder = seat?.holder ?? null;
    const startsOn = entry.startsOn ?? options.day;
    if (seat && holder && isHolder(entry, seat)) {
      const changed = {
        id: holder.tenureId,
        startsOn: entry.startsOn ?? holder.startsOn,
        acting: options.columns.has('acting') ? entry.acting : holder.acting,
      };
      if (changed.startsOn !== holder.startsOn || changed.acting !== holder.acting) writes.changedTenures.push(changed);
      return;
    }
    if (holder) writes.endedTenures.push({ id: holder.tenureId, on: person ? startsOn : options.day });
    if (!person) return;
    const endsOn = seat?.nextStartsOn ?? null;
    const { personId } = person;
    writes.newTenures.push({ id: this.newId(), postId, personId, startsOn, endsOn, acting: entry.acting });
    if (person.isNew) writes.newPeople.push({ id: personId, name: entry.name! });
  }

  private memberships(entry: RosterEntry, seat: StoredSeat | null, postId: string): void {
    const before = new Set(seat?.groups ?? []);
    for (const name of entry.groups) if (!before.delete(name)) this.join(postId, name);
    for (const name of before) this.writes.endedMemberships.push({ postId, groupId: this.groupIds.get(name)! });
  }

  private join(postId: string, name: string): void {
    let groupId = this.groupIds.get(name);
    if (groupId === undefined) {
      groupId = this.newId();
      this.groupIds.set(name, groupId);
      this.writes.newGroups.push({ id: groupId, name });
    }
    this.writes.newMemberships.push({ postId, groupId });
  }

  private contacts(entry: RosterEntry, seat: StoredSeat | null, person: EntryPerson): void {
    const { personId } = person;
    if (this.addressed.has(personId)) return;
    this.addressed.add(personId);
    const mine = seat && isHolder(entry, seat) ? seat.holder!.addresses : null;
    const values = { sms: entry.mobile, email: entry.email, wecom: entry.wecom };
    // Somebody who comes gets the addresses when he begins; somebody in the list already, with everything else.
    const on = person.isNew ? (entry.startsOn ?? this.options.day) : this.options.day;
    for (const kind of this.kinds) {
      const address = entry.addresses[kind];
      if (mine && mine[kind]?.hash === address?.hash) continue;
      const owner = address ? this.state.owners.get(address.hash) : undefined;
      if (owner?.personId === personId) continue;
      if (owner) this.remove(owner.personId, kind, on);
      if (!person.isNew) this.remove(personId, kind, on);
      if (address)
        this.writes.newContacts.push({
          personId,
          kind,
          value: values[kind]!,
          ...address,
          on: owner || !person.isNew ? on : null,
        });
    }
  }

  private remove(personId: string, kind: AddressKind, on: string): void {
    const key = `${personId} ${kind}`;
    const earlier = this.removed.get(key)?.on;
    this.removed.set(key, { personId, kind, on: earlier !== undefined && earlier < on ? earlier : on });
  }

  private serve(entry: RosterEntry, unitId: string, postId: string): void {
    const ofPost = this.officers.ofPosts.get(entry);
    if (ofPost) this.change(ofPost, { unitId: null, postId });
    const ofUnit = this.officers.ofUnits.get(entry.unit);
    if (!ofUnit || this.unitsServed.has(entry.unit)) return;
    this.unitsServed.add(entry.unit);
    this.change(ofUnit, { unitId, postId: null });
  }

  private change({ ends, begins }: OfficerChange, served: { unitId: string | null; postId: string | null }): void {
    const { writes, options } = this;
    for (const { id } of ends) writes.endedLiaisons.push({ id, on: options.day });
    for (const officer of begins)
      writes.newLiaisons.push({ id: this.newId(), ...served, ...officer, startsOn: options.day });
  }

  private freeNumber(unit: string, title: string): number {
    const taken = this.numbersOf(unit, title);
    let number = 1;
    while (taken.has(number)) number += 1;
    taken.add(number);
    return number;
  }

  private numbersOf(unit: string, title: string): Set<number> {
    const key = JSON.stringify([unit, title]);
    const known = this.seatNumbers.get(key) ?? new Set<number>();
    this.seatNumbers.set(key, known);
    return known;
  }
}
