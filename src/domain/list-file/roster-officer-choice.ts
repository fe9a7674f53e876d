import type { RosterFault } from './roster-row.js';
import type { AddressOwner, EntryOfficer, Namesake, StoredOfficer } from './roster-state.js';
import type { RosterWrites } from './roster-writes.js';
import { isSame, sameKey } from '../text/same-text.js';

/** Who a cell means. */
export interface ChosenOfficer {
  personId: string;
  /** As the dry run shows it: with what tells a person from others of the name. */
  text: string;
  /** The file gives somebody who serves already another number. */
  renumbered: boolean;
}

/** A number that the file gives an officer. */
export interface OfficerContact {
  personId: string;
  value: string;
  hash: string;
  masked: string;
  isNew: boolean;
}

type Numbered = NonNullable<EntryOfficer['mobile']>;

/** A row of the file, for its column of liaison officers. */
export interface OfficerRow {
  /** Line of the file. */
  row: number;
  unit: string;
  /** Of the known post, else as the row says. */
  kind: string;
  /** Null: a new post. */
  postId: string | null;
  officers: readonly EntryOfficer[];
}

/** Whom the names and numbers in the column of officers may mean. */
export interface Known {
  /** In the list before. */
  namesakes: readonly Namesake[];
  owners: ReadonlyMap<string, AddressOwner>;
  /** In rows of the file, with the hash of the mobile number. */
  inFile: readonly (Namesake & { hash: string | null })[];
}

/**
 * Finds the person behind each name and number: who serves already, whose number it is, who else in the file or in the list
 * is called so. A name that nobody has is a new person; a name that several have needs a number.
 */
export class OfficerChooser {
  readonly faults: RosterFault[] = [];
  readonly newPeople: RosterWrites['newPeople'] = [];
  readonly contacts: OfficerContact[] = [];
  private readonly byNumber = new Map<string, Namesake>();
  private readonly byName = new Map<string, Map<string, Namesake>>();
  private readonly made = new Map<string, string>();

  constructor(
    { namesakes, owners, inFile }: Known,
    private readonly newId: () => string,
  ) {
    for (const namesake of namesakes) this.know(namesake);
    for (const [hash, { personId, name, holds }] of owners)
      this.byNumber.set(hash, { personId, name, holds: holds?.trim() ?? null });
    for (const { hash, ...person } of inFile) {
      this.know(person);
      if (hash !== null) this.byNumber.set(hash, person);
    }
  }

  /** @param serving those who serve the row's post now */
  choose(row: OfficerRow, serving: readonly StoredOfficer[]): ChosenOfficer[] {
    return row.officers.flatMap((officer) => {
      const choice = officer.mobile
        ? this.byItsNumber(officer.name, officer.mobile, serving)
        : this.byItsName(row.unit, officer.name!, serving);
      if (typeof choice !== 'string') return [choice];
      this.faults.push({ row: row.row, column: 'proxy', position: null, message: choice });
      return [];
    });
  }

  private byItsName(unit: string, name: string, serving: readonly StoredOfficer[]): ChosenOfficer | string {
    const current = serving.find((officer) => isSame(officer.name, name));
    if (current) return chosen(current.personId, name);
    const namesakes = [...(this.byName.get(sameKey(name))?.values() ?? [])];
    if (namesakes.length > 1)
      return `名单里有${namesakes.length}位${name}，请在姓名后面写明手机号码，如“${name}（11位手机号码）”。`;
    const [only] = namesakes;
    return only ? knownPerson(only) : this.newcomer(JSON.stringify([unit, sameKey(name)]), name, null);
  }

  private byItsNumber(
    name: string | null,
    mobile: Numbered,
    serving: readonly StoredOfficer[],
  ): ChosenOfficer | string {
    const owner = this.byNumber.get(mobile.hash);
    if (owner) {
      const current = serving.some(({ personId }) => personId === owner.personId);
      if (name === null || isSame(name, owner.name))
        return current ? chosen(owner.personId, owner.name) : knownPerson(owner);
      return `联络员“${name}”的手机号已登记在${owner.holds ?? ''}${owner.name}名下，请核对后改正姓名或号码。`;
    }
    if (name === null) return '没有人登记过这个联络员的手机号，请写成“姓名（11位手机号码）”。';
    const current = serving.find((officer) => isSame(officer.name, name));
    if (!current) return this.newcomer(JSON.stringify([mobile.hash, sameKey(name)]), name, mobile);
    this.number(current.personId, mobile, name, false);
    return { ...chosen(current.personId, `${name}（手机${mobile.masked}）`), renumbered: true };
  }

  private newcomer(key: string, name: string, mobile: Numbered | null): ChosenOfficer {
    const known = this.made.get(key);
    if (known !== undefined) return chosen(known, `${name}（新登记）`);
    const personId = this.newId();
    this.made.set(key, personId);
    this.newPeople.push({ id: personId, name });
    if (mobile) this.number(personId, mobile, name, true);
    return chosen(personId, `${name}（新登记）`);
  }

  private number(personId: string, { value, hash, masked }: Numbered, name: string, isNew: boolean): void {
    this.byNumber.set(hash, { personId, name, holds: null });
    this.contacts.push({ personId, value, hash, masked, isNew });
  }

  private know(namesake: Namesake): void {
    const known = this.byName.get(sameKey(namesake.name)) ?? new Map<string, Namesake>();
    this.byName.set(sameKey(namesake.name), known.set(namesake.personId, namesake));
  }
}

const chosen = (personId: string, text: string): ChosenOfficer => ({ personId, text, renumbered: false });

const knownPerson = ({ personId, name, holds }: Namesake): ChosenOfficer =>
  chosen(personId, `${name}（${holds ?? '已登记人员'}）`);
