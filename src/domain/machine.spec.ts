import { deliveryMachine } from './sending/delivery-state.js';
import { issueMachine } from './issue/issue-state.js';
import { IllegalTransition, machine, mermaid, type Transitions } from './machine.js';
import { readingMachine } from './reading/reading.js';

const tables: Record<string, Transitions<string>> = {
  issue: issueMachine.table,
  delivery: deliveryMachine.table,
  reading: readingMachine.table,
};

describe.each(Object.entries(tables))('the %s machine', (name, table) => {
  const [start = ''] = Object.keys(table);

  function reachableFrom(state: string): Set<string> {
    const reached = new Set<string>();
    const ahead = [state];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      ahead.push(...(table[next] ?? []));
    }
    return reached;
  }

  it('reaches every state from the first one', () => {
    expect([...reachableFrom(start)].sort()).toEqual(Object.keys(table).sort());
  });

  // An office can take back whatever it did with an issue; a message and what its reader did come to an end.
  it(`${name === 'issue' ? 'has no' : 'leads from every state to a'} final state`, () => {
    const { isFinal } = machine(table);
    const ends = Object.keys(table).filter((state) => [...reachableFrom(state)].some(isFinal));
    expect(ends).toEqual(name === 'issue' ? [] : Object.keys(table));
  });

  it('names each move once and never stands still', () => {
    for (const [from, targets] of Object.entries(table)) {
      expect(new Set(targets).size).toBe(targets.length);
      expect(targets).not.toContain(from);
    }
  });
});

describe('machine', () => {
  const light = machine({ green: ['red'], red: ['green', 'off'], off: [] });

  it('moves along its table only', () => {
    expect(light.move('green', 'red')).toBe('red');
    expect(() => light.move('green', 'off')).toThrow(IllegalTransition);
    expect(light.can('off', 'green')).toBe(false);
    expect(light.next('red')).toEqual(['green', 'off']);
    expect(light.isFinal('off')).toBe(true);
    expect(light.isFinal('red')).toBe(false);
  });

  it('names both ends of an illegal transition', () => {
    expect(new IllegalTransition('green', 'off')).toMatchObject({ from: 'green', to: 'off' });
  });
});

describe('mermaid', () => {
  it('draws the issue', () => {
    expect(mermaid(issueMachine.table)).toBe(
      `stateDiagram-v2
  [*] --> drafting
  drafting --> reviewing
  drafting --> withdrawn
  reviewing --> awaitingSignOff
  reviewing --> drafting
  reviewing --> withdrawn
  awaitingSignOff --> signedOff
  awaitingSignOff --> drafting
  awaitingSignOff --> withdrawn
  signedOff --> dispatched
  signedOff --> drafting
  signedOff --> withdrawn
  dispatched --> archived
  dispatched --> withdrawn
  archived --> dispatched
  archived --> withdrawn
  withdrawn --> drafting`,
    );
  });

  it('draws the delivery', () => {
    expect(mermaid(deliveryMachine.table)).toBe(
      `stateDiagram-v2
  [*] --> planned
  planned --> sending
  planned --> held
  planned --> cancelled
  planned --> failed
  planned --> delivered
  sending --> sent
  sending --> planned
  sending --> failed
  sending --> held
  sending --> delivered
  sent --> delivered
  sent --> failed
  held --> planned
  held --> sent
  held --> cancelled
  held --> delivered
  held --> failed
  failed --> planned
  failed --> delivered
  cancelled --> delivered
  delivered --> [*]`,
    );
  });
});
