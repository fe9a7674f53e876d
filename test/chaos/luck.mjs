/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function luckOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is killed when: each target in turn in a shuffled order, at a share of the way in (0, 1). */
export function killPlan(seed, kills, targets) {
  const luck = luckOf(seed);
  const plan = [];
  let bag = [];
  for (let i = 0; i < kills; i++) {
    if (bag.length === 0) bag = [...targets];
    const [target] = bag.splice(Math.floor(luck() * bag.length), 1);
    plan.push({ target, at: ((i + luck()) / kills) * 0.95, downMs: 200 + Math.round(luck() * 1800) });
  }
  return plan;
}
