/** Every state machine of the system is a table of words: from each state, the states it may move to. */

export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

/** A move that the table forbids. Callers check first; reaching this is a bug or a lost race. */
export class IllegalTransition extends Error {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super(`no transition from ${from} to ${to}`);
    this.name = 'IllegalTransition';
  }
}

export interface Machine<S extends string> {
  readonly table: Transitions<S>;
  readonly can: (from: S, to: S) => boolean;
  readonly next: (from: S) => readonly S[];
  readonly isFinal: (state: S) => boolean;
  /** Returns `to`, or throws IllegalTransition. */
  readonly move: (from: S, to: S) => S;
}

export function machine<S extends string>(table: Transitions<S>): Machine<S> {
  const can = (from: S, to: S): boolean => table[from].includes(to);
  return {
    table,
    can,
    next: (from) => table[from],
    isFinal: (state) => table[state].length === 0,
    move(from, to) {
      if (!can(from, to)) throw new IllegalTransition(from, to);
      return to;
    },
  };
}

/** The table as a Mermaid state diagram; the first state of the table is the one things start in. */
export function mermaid<S extends string>(table: Transitions<S>): string {
  const rows = Object.entries<readonly S[]>(table);
  const start = rows.slice(0, 1).map(([first]) => `[*] --> ${first}`);
  const moves = rows.flatMap(([from, targets]) => targets.map((to) => `${from} --> ${to}`));
  const ends = rows.filter(([, targets]) => targets.length === 0).map(([last]) => `${last} --> [*]`);
  return ['stateDiagram-v2', ...[...start, ...moves, ...ends].map((line) => `  ${line}`)].join('\n');
}
