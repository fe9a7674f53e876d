import { Injectable } from '@nestjs/common';
import { readName } from '../domain/list-file/people-cell.js';
import { PersonRepository } from '../organisation/person.repository.js';
import { TenureRepository } from '../organisation/tenure.repository.js';
import type { PersonChoice } from '../organisation/tenure.service.js';
import { isId } from '../platform/new-id.js';

const namesakesShown = 20;

export interface Namesake {
  id: string;
  text: string;
}

export type ChosenPerson =
  | { kind: 'fault'; message: string }
  /** `known` when the list already has the person. */
  | { kind: 'one'; name: string; choice: PersonChoice; known: Namesake | null }
  | { kind: 'several'; name: string; namesakes: Namesake[] };

/** The button by which somebody new of a known name is registered. */
export const notThisOne = { name: 'other', value: 'yes', text: '不是此人，登记为新的同名人员' };

/** The question which of several people is meant, as a fault of the form. */
export const whichOf = ({ name, namesakes }: Extract<ChosenPerson, { kind: 'several' }>) => ({
  field: 'person',
  message: `名单里有${namesakes.length}位${name}，请选择是哪一位。`,
});

/** A typed name as a person: somebody in the list, somebody new, or a question which of several. */
@Injectable()
export class PersonPicker {
  constructor(
    private readonly people: PersonRepository,
    private readonly tenures: TenureRepository,
  ) {}

  /** @param person id of one of the namesakes, or `new`; empty to look the name up */
  async choose(typedName: string, person: string): Promise<ChosenPerson> {
    const reading = readName(typedName);
    if ('fault' in reading) return { kind: 'fault', message: '请填写姓名，不超过100个字。' };
    const name = reading.value;
    if (person === 'new') return { kind: 'one', name, choice: { newName: name }, known: null };
    const namesakes = await this.namesakes(name);
    const wanted = isId(person) ? namesakes.find(({ id }) => id === person) : undefined;
    const one = wanted ?? (namesakes.length === 1 ? namesakes[0] : undefined);
    if (one) return { kind: 'one', name, choice: { id: one.id }, known: one };
    if (namesakes.length === 0) return { kind: 'one', name, choice: { newName: name }, known: null };
    return { kind: 'several', name, namesakes };
  }

  /** Told apart by what they hold and held. */
  private async namesakes(name: string): Promise<Namesake[]> {
    const people = await this.people.named(name, namesakesShown);
    const tenures = await this.tenures.ofPeople(people.map(({ id }) => id));
    return people.map(({ id }) => {
      const [newest] = tenures.filter(({ personId }) => personId === id);
      const where = newest
        ? `${newest.unitName} ${newest.postTitle}${newest.endsOn === null ? '' : '（曾任）'}`
        : '没有任职记录';
      return { id, text: `${name}，${where}` };
    });
  }
}
