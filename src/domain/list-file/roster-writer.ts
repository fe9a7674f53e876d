import { levelOfTitle } from './roster-cells.js';
import { addressKindsIn } from './roster-diff.js';
import type { RosterColumn } from './roster-header.js';
import { isHolder, postKey } from './roster-match.js';
import type { RosterIndex } from './indexed-roster.js';
import type { OfficerChange, OfficerPlan } from './roster-officers.js';
import type { EntryPerson } from './roster-people.js';
import type { AddressKind, AddressOwner, ClosedPost, RosterEntry, StoredList, StoredSeat } from './roster-state.js';
import { noWrites, type RosterWrites } from './roster-writes.js';
import { unitKindOf } from '../people/unit-kind.js';

interface WriterOptions {
  columns: ReadonlySet<RosterColumn>;
  day: string;
}

/** Turns rows into writes, one after the other; `take` hands over what has come together. */
export class RosterWriter {
  private readonly unitIds: Map<string, string>;
  private readonly units: ReadonlyMap<string, StoredList['units'][number]>;
  private readonly touchedUnits = new Set<string>();
  private readonly groupIds: Map<string, string>;
  private readonly closed = new Map<string, { free: ClosedPost[]; taken: number[] }>();
  private readonly lastNumbers = new Map<string, number>();
  private readonly addressed = new Set<string>();
  private readonly unitsServed = new Set<string>();
  private readonly kinds: readonly AddressKind[];
  private owners: ReadonlyMap<string, AddressOwner> = new Map();
  private removed = new Map<string, RosterWrites['removedContacts'][number]>();
  private writes = noWrites();

  constructor(
    list: StoredList,
    private readonly index: RosterIndex,
    private readonly officers: OfficerPlan,
    private readonly options: WriterOptions,
    private readonly newId: () => string,
  ) {
    this.unitIds = new Map(list.units.map(({ id, name }) => [name, id]));
    this.units = new Map(list.units.map((unit) => [unit.id, unit]));
    this.groupIds = new Map(list.groups.map(({ id, name }) => [name, id]));
    this.kinds = addressKindsIn(options.columns);
    this.registerOfficers();
  }

  /** What the next rows need to be known of the list: whose their addresses are, and the closed posts of their titles. */
  learn(owners: ReadonlyMap<string, AddressOwner>, closed: readonly ClosedPost[]): void {
    this.owners = owners;
    for (const post of closed) {
      const key = postKey(post.unit, post.title);
      const { free, taken } = this.closed.get(key) ?? { free: [], taken: [] };
      if (taken.includes(post.seat)) continue;
      free.push(post);
      free.sort((a, b) => b.seat - a.seat);
      this.closed.set(key, { free, taken: [...taken, post.seat] });
    }
  }

  /** Everything since it was last asked. */
  take(): RosterWrites {
    const taken = { ...this.writes, removedContacts: [...this.removed.values()] };
    this.writes = noWrites();
    this.removed = new Map();
    return taken;
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

  /** A post ends, and with it whoever holds it, was to hold it or serves it. */
  end(
    { postId, holder }: StoredSeat,
    others: readonly { tenureId: string }[],
    officers: readonly { id: string }[],
  ): void {
    const { writes } = this;
    const on = this.options.day;
    writes.closedPosts.push({ id: postId, on });
    if (holder) writes.endedTenures.push({ id: holder.tenureId, on });
    for (const { tenureId } of others) writes.endedTenures.push({ id: tenureId, on });
    for (const { id } of officers) writes.endedLiaisons.push({ id, on });
  }

  private registerOfficers(): void {
    const { writes, officers } = this;
    const { day } = this.options;
    writes.newPeople.push(...officers.people);
    for (const { isNew, ...contact } of officers.contacts) {
      if (!isNew) this.remove(contact.personId, 'sms', null, day);
      writes.newContacts.push({ ...contact, kind: 'sms', on: isNew ? null : day });
    }
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
    if (this.index.before === 0) return null;
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
    const reopened = this.closed.get(postKey(entry.unit, entry.post))?.free.pop();
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
      const owner = address ? this.owners.get(address.hash) : undefined;
      if (owner?.personId === personId) continue;
      if (owner) this.remove(owner.personId, kind, address!.hash, on);
      if (!person.isNew) this.remove(personId, kind, mine?.[kind]?.hash ?? null, on);
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

  /** Whoever loses an address to several, or both to the file and to somebody, loses it on the first day of them. */
  private remove(personId: string, kind: AddressKind, hash: string | null, on: string): void {
    const key = `${personId} ${kind}`;
    const earlier = this.removed.get(key);
    this.removed.set(key, {
      personId,
      kind,
      hash: earlier ? (earlier.hash ?? hash) : hash,
      on: earlier !== undefined && earlier.on < on ? earlier.on : on,
    });
  }

  private serve(entry: RosterEntry, unitId: string, postId: string): void {
    const ofPost = this.officers.ofPosts.get(entry.row);
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
    const key = postKey(unit, title);
    const taken = [...this.index.numbersOf(unit, title), ...(this.closed.get(key)?.taken ?? [])];
    let number = (this.lastNumbers.get(key) ?? 0) + 1;
    while (taken.includes(number)) number += 1;
    this.lastNumbers.set(key, number);
    return number;
  }
}
