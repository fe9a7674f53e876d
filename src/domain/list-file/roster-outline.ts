import { comparedEntries, ListSpelling } from './roster-entries.js';
import { RosterIndex } from './indexed-roster.js';
import { officerRows } from './roster-officer-rows.js';
import { noOfficers, type OfficerPlan, planOfficers } from './roster-officers.js';
import { RosterPeople } from './roster-people.js';
import type { RosterOptions } from './roster-options.js';
import { addressKinds, type RosterEntries, type RosterEntry, type SeatMark, type StoredList } from './roster-state.js';

/** Rows whose addresses are asked for together. */
const together = 1000;

/** Each row is looked at twice: once to find out who it is, once to be compared; each time is half of it. */
export type Reached = (rows: number) => Promise<void>;

/** What is known of the whole file before its rows are compared one by one. */
export interface RosterOutline {
  list: StoredList;
  entries: RosterEntries;
  index: RosterIndex;
  people: RosterPeople;
  /** Posts that end, in protocol order. */
  gone: readonly SeatMark[];
  /** People whose addresses may go to others. */
  giving: ReadonlySet<string>;
  officers: OfficerPlan;
}

/** Reads a file over several times instead of keeping it: first which row is which post, then who is who, then what differs. */
export async function outlineRoster(
  list: StoredList,
  given: RosterEntries,
  options: RosterOptions,
  newId: () => string,
  reached: Reached,
): Promise<RosterOutline> {
  const index = new RosterIndex();
  const spelling = new ListSpelling(list.units.map(({ name }) => name));
  for await (const mark of list.marks()) {
    spelling.addTitle(mark.unit, mark.title);
    index.addSeat(mark);
  }
  for (let at = 0; at < given.length; at += 1) index.addRow(spelling.of(given.row(at)));
  const entries = comparedEntries(given, list.groups, index.lastOrder, options, spelling);
  await index.match(list, (at) => entries.entry(at));
  const people = await peopleOf(list, entries, index, newId, reached);
  const unmatched = index.unmatched();
  const gone = options.mode === 'whole' ? unmatched : [];
  const staying = options.mode === 'whole' ? [] : unmatched;
  const giving = givingPeople(given.length, index, people, gone, staying);
  const unitsLeft = new Set(staying.map(({ unit }) => unit));
  const officers = options.columns.has('proxy')
    ? planOfficers(await officerRows(list, entries, index, people, unitsLeft), list, options.day, newId)
    : noOfficers;
  return { list, entries, index, people, gone, giving, officers };
}

async function peopleOf(
  list: StoredList,
  entries: RosterEntries,
  index: RosterIndex,
  newId: () => string,
  reached: Reached,
): Promise<RosterPeople> {
  const people = new RosterPeople(entries.length, newId);
  let asked: { at: number; entry: RosterEntry }[] = [];
  const find = async () => {
    const owners = await list.owners(
      asked.flatMap(({ entry: { addresses } }) => addressKinds.flatMap((kind) => addresses[kind]?.hash ?? [])),
    );
    for (const { at, entry } of asked) people.find(at, entry, owners);
    asked = [];
  };
  for (let at = 0; at < entries.length; at += 1) {
    if (at % together === 0) await reached(at / 2);
    if (index.keepsHolder(at)) people.keep(at, index.seatOf(at)!.personId!);
    else if (index.nameOf(at) !== null) asked.push({ at, entry: entries.entry(at) });
    if (asked.length >= together) await find();
  }
  await find();
  return people;
}

/** People of the file, and those who leave: their addresses may go to others. */
function givingPeople(
  rows: number,
  index: RosterIndex,
  people: RosterPeople,
  gone: readonly SeatMark[],
  staying: readonly SeatMark[],
): ReadonlySet<string> {
  const giving = new Set<string>();
  for (const { personId } of gone) if (personId !== null) giving.add(personId);
  for (let at = 0; at < rows; at += 1) {
    const holder = index.seatOf(at)?.personId ?? null;
    if (holder !== null) giving.add(holder);
  }
  for (const { personId } of staying) if (personId !== null) giving.delete(personId);
  for (let at = 0; at < rows; at += 1) {
    const personId = people.idOf(at);
    if (personId !== null) giving.add(personId);
  }
  return giving;
}
