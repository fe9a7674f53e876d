/** The best way through a chain of positions, each of which may be one of several kinds. */

export interface Chain {
  length: number;
  kinds: number;
  /** How well position `at` fits `kind`; -Infinity where it cannot be one. */
  weight: (at: number, kind: number) => number;
  /** How well `to` follows `from`; the same everywhere. */
  step: (from: number, to: number) => number;
  /** How well a chain begins with a kind. */
  first: (kind: number) => number;
}

export interface BestPath {
  kinds: Uint8Array;
  /** For each position and kind, what the best path that has this kind there falls short of the best of all. */
  loss: (at: number, kind: number) => number;
}

/**
 * Viterbi's algorithm, forwards and backwards, so that for every position the cost of any other reading is known as well.
 * Work grows with length × kinds².
 */
export function bestPath({ length, kinds, weight, step, first }: Chain): BestPath {
  const steps = Float64Array.from({ length: kinds * kinds }, (_, index) =>
    step(Math.floor(index / kinds), index % kinds),
  );
  const weights = new Float64Array(length * kinds);
  const upTo = new Float64Array(length * kinds);
  const from = new Float64Array(length * kinds);
  const came = new Uint8Array(length * kinds);
  for (let at = 0; at < length; at += 1)
    for (let to = 0; to < kinds; to += 1) {
      const own = weight(at, to);
      let best = at === 0 ? first(to) : -Infinity;
      for (let kind = 0; at > 0 && kind < kinds; kind += 1) {
        const sum = (upTo[(at - 1) * kinds + kind] ?? 0) + (steps[kind * kinds + to] ?? 0);
        if (sum > best) {
          best = sum;
          came[at * kinds + to] = kind;
        }
      }
      weights[at * kinds + to] = own;
      upTo[at * kinds + to] = best + own;
    }
  for (let at = length - 2; at >= 0; at -= 1)
    for (let kind = 0; kind < kinds; kind += 1) {
      let best = -Infinity;
      for (let to = 0; to < kinds; to += 1) {
        const next = (at + 1) * kinds + to;
        best = Math.max(best, (steps[kind * kinds + to] ?? 0) + (weights[next] ?? 0) + (from[next] ?? 0));
      }
      from[at * kinds + kind] = best;
    }
  const path = new Uint8Array(length);
  let whole = -Infinity;
  for (let kind = 0; length > 0 && kind < kinds; kind += 1)
    if ((upTo[(length - 1) * kinds + kind] ?? 0) > whole) {
      whole = upTo[(length - 1) * kinds + kind] ?? 0;
      path[length - 1] = kind;
    }
  for (let at = length - 1; at > 0; at -= 1) path[at - 1] = came[at * kinds + (path[at] ?? 0)] ?? 0;
  const loss = (at: number, kind: number): number => {
    const index = at * kinds + kind;
    return whole - ((upTo[index] ?? 0) + (from[index] ?? 0));
  };
  return { kinds: path, loss };
}
